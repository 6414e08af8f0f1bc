from backoffice.testing import ServiceTypeContract
from backoffice_on_site_visit import OnSiteVisit


class TestContract(ServiceTypeContract):
    service_type = OnSiteVisit
    requests = (
        {},
        {"purpose": "تنظیم دستگاه"},
    )
    results = (
        {},
        {"work_done": "تنظیم شد", "follow_up_needed": False},
    )
    refused_requests = ({"purpose": {}},)
    refused_results = ({"follow_up_needed": "گاهی"},)
