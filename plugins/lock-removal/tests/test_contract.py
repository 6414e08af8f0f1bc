from backoffice.testing import ServiceTypeContract
from backoffice_lock_removal import LockRemoval


class TestContract(ServiceTypeContract):
    service_type = LockRemoval
    requests = (
        {},
        {"note": "پس از تعویض برد"},
    )
    results = (
        {},
        {"note": "باز شد"},
    )
    refused_requests = ({"lock": "x"},)
    refused_results = ({"note": 1},)
