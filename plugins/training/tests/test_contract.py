from backoffice.plugins import Part, describe
from backoffice.testing import ServiceTypeContract
from backoffice_training import Training


class TestContract(ServiceTypeContract):
    service_type = Training
    requests = (
        {},
        {"topic": "گزارش‌گیری"},
    )
    results = (
        {},
        {"attendees": 4, "note": "کامل"},
    )
    refused_requests = ({"topic": ["a"]},)
    refused_results = (
        {"attendees": -1},
        {"attendees": "چهار"},
    )


def test_what_the_published_schema_names_is_there():
    fields = {part: {spec.name: spec.kind for spec in describe(Training().schema(part))} for part in Part}
    assert fields[Part.REQUEST].items() >= {"topic": "string", "note": "text"}.items()
    assert fields[Part.RESULT].items() >= {"attendees": "integer", "note": "text"}.items()
