from backoffice.testing import ServiceTypeContract
from backoffice_installation import Installation


class TestContract(ServiceTypeContract):
    service_type = Installation
    requests = (
        {},
        {"note": "دو رایانه"},
    )
    results = (
        {},
        {"software_version": "7.2", "note": "نصب شد"},
    )
    refused_requests = (
        {"note": 7},
        {"remark": "x"},
    )
    refused_results = ({"software_version": "7" * 201},)
