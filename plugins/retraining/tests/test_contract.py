from backoffice.testing import ServiceTypeContract
from backoffice_retraining import Retraining


class TestContract(ServiceTypeContract):
    service_type = Retraining
    requests = (
        {},
        {"topic": "کار با دستگاه"},
    )
    results = (
        {},
        {"text_guides_sent": 1, "video_guides_sent": 2},
    )
    refused_requests = ({"topic": 5},)
    refused_results = ({"video_guides_sent": 101},)
