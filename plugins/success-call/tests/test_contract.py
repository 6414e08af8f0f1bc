from backoffice.testing import ServiceTypeContract
from backoffice_success_call import SuccessCall


class TestContract(ServiceTypeContract):
    service_type = SuccessCall
    requests = (
        {},
        {"topic": "سه ماه نخست"},
    )
    results = (
        {},
        {"reached": "YES", "satisfaction": 5},
    )
    refused_requests = ({"topic": 1},)
    refused_results = (
        {"satisfaction": 6},
        {"satisfaction": 0},
    )
