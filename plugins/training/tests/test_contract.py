from backoffice.testing import ServiceTypeContract
from backoffice_training import Training


class TestContract(ServiceTypeContract):
    service_type = Training
    requests = (
        {},
        {"topic": "گزارش‌گیری"},
    )
    results = (
        {},
        {"attendees": 4, "note": "کامل"},
    )
    refused_requests = ({"topic": ["a"]},)
    refused_results = (
        {"attendees": -1},
        {"attendees": "چهار"},
    )
