from backoffice.testing import ServiceTypeContract
from backoffice_guidance import Guidance


class TestContract(ServiceTypeContract):
    service_type = Guidance
    requests = (
        {},
        {"question": "چگونه گزارش بگیریم؟"},
    )
    results = (
        {},
        {"answer": "از منوی گزارش", "solved": True},
    )
    refused_requests = ({"question": []},)
    refused_results = ({"solved": "x"},)
