from backoffice.plugins import Part, describe
from backoffice.testing import ServiceTypeContract
from backoffice_installation import Installation


class TestContract(ServiceTypeContract):
    service_type = Installation
    requests = (
        {},
        {"note": "دو رایانه"},
    )
    results = (
        {},
        {"software_version": "7.2", "note": "نصب شد"},
    )
    refused_requests = (
        {"note": 7},
        {"remark": "x"},
    )
    refused_results = ({"software_version": "7" * 201},)


def test_what_the_published_schema_names_is_there():
    fields = {part: {spec.name: spec.kind for spec in describe(Installation().schema(part))} for part in Part}
    assert fields[Part.REQUEST].items() >= {"note": "text"}.items()
    assert fields[Part.RESULT].items() >= {"software_version": "string", "note": "text"}.items()
