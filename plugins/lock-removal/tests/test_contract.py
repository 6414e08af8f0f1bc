from backoffice.plugins import Part, describe
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


def test_what_the_published_schema_names_is_there():
    fields = {part: {spec.name: spec.kind for spec in describe(LockRemoval().schema(part))} for part in Part}
    assert fields[Part.REQUEST].items() >= {"note": "text"}.items()
    assert fields[Part.RESULT].items() >= {"note": "text"}.items()
