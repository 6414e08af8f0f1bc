from backoffice.testing import ServiceTypeContract
from backoffice_model_upgrade import ModelUpgrade


class TestContract(ServiceTypeContract):
    service_type = ModelUpgrade
    requests = (
        {},
        {"target_model": "P-300"},
    )
    results = (
        {},
        {"installed_model": "P-300"},
    )
    refused_requests = ({"target_model": 300},)
    refused_results = ({"model": "P-300"},)
