from backoffice.testing import ServiceTypeContract
from backoffice_demo import Demo


class TestContract(ServiceTypeContract):
    service_type = Demo
    requests = (
        {},
        {"contact": "مدیر خرید", "product_of_interest": "P-300"},
    )
    results = (
        {},
        {"attendees": 3, "interested": True},
    )
    refused_requests = ({"contact": 1},)
    refused_results = ({"attendees": 1001},)
