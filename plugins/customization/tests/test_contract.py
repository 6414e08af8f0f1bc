from backoffice.testing import ServiceTypeContract
from backoffice_customization import Customization


class TestContract(ServiceTypeContract):
    service_type = Customization
    requests = (
        {},
        {"wish": "گزارش ماهانه", "needed_by": "2026-12-01"},
    )
    results = (
        {},
        {"delivered_version": "7.2-c1"},
    )
    refused_requests = ({"needed_by": "soon"},)
    refused_results = ({"delivered_version": 7},)
