from backoffice.testing import ServiceTypeContract
from backoffice_troubleshooting import Troubleshooting


class TestContract(ServiceTypeContract):
    service_type = Troubleshooting
    requests = (
        {},
        {"error_message": "E-21", "software_version": "7.1"},
    )
    results = (
        {},
        {"cause": "تنظیمات", "resolved": True, "files_sent": 2},
    )
    refused_requests = ({"error_message": False},)
    refused_results = ({"files_sent": -1},)
