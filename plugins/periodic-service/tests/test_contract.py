from backoffice.testing import ServiceTypeContract
from backoffice_periodic_service import PeriodicService


class TestContract(ServiceTypeContract):
    service_type = PeriodicService
    requests = (
        {},
        {"last_serviced_on": "2025-11-22"},
    )
    results = (
        {},
        {"work_done": "تمیزکاری", "next_due_on": "2027-05-22"},
    )
    refused_requests = ({"last_serviced_on": "1404/09/01"},)
    refused_results = ({"next_due_on": 5},)
