from backoffice.testing import ServiceTypeContract
from backoffice_access_codes import AccessCodes


class TestContract(ServiceTypeContract):
    service_type = AccessCodes
    requests = (
        {},
        {"code_kind": "SERIAL", "requested_by": "مسئول سالن"},
    )
    results = (
        {},
        {"identity_check": "CALL_BACK"},
    )
    refused_requests = ({"code_kind": "OTHER"},)
    refused_results = ({"identity_check": 1},)
