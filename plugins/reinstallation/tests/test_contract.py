from backoffice.testing import ServiceTypeContract
from backoffice_reinstallation import Reinstallation


class TestContract(ServiceTypeContract):
    service_type = Reinstallation
    requests = (
        {},
        {"cause": "NEW_COMPUTER"},
    )
    results = (
        {},
        {"software_version": "7.2", "data_restored": True},
    )
    refused_requests = ({"cause": "MOON"},)
    refused_results = ({"data_restored": "perhaps"},)
