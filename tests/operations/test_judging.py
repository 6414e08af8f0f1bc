"""All that is wrong with an input is said at once, each fault at its field."""

from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import pytest

from backoffice.domain.coverage import Outcome
from backoffice.domain.record import RecordStatus
from backoffice.domain.service import Mode
from backoffice.models import ServiceRecord
from backoffice.operations.overrides.override_coverage import OverrideCoverage, override_coverage
from backoffice.operations.services.complete_service import complete_service
from backoffice.operations.services.record_service import RecordService, record_service
from backoffice.operations.services.void_service import VoidService, void_service
from tests.builders import NOW, Kit, problem_codes

UNKNOWN = 999_999
RECORDING = RecordService(service_type="installation", mode=Mode.REMOTE, channel="phone", request={})
FAULTS = {
    "service_type": "nothing",
    "asset_id": UNKNOWN,
    "customer_id": UNKNOWN,
    "site_id": UNKNOWN,
    "performed_at": NOW + timedelta(days=1),
    "minutes": -1,
    "distance_metres": 10**9,
    "channel": "pigeon",
    "expected_fingerprint": "\x00",
}


def test_a_faulty_field_is_one_problem_at_its_path(kit: Kit):
    answers = {
        name: record_service(kit.desk, kit.agent, replace(RECORDING, **{name: value})) for name, value in FAULTS.items()
    }
    assert {name: [problem.path for problem in answer.problems] for name, answer in answers.items()} == {
        name: [(name,)] for name in FAULTS
    }


@pytest.mark.parametrize("several", [2, 5, len(FAULTS)])
def test_as_many_faulty_fields_are_as_many_problems(kit: Kit, several: int):
    for names in list(combinations(FAULTS, several))[:6]:
        answer = record_service(kit.desk, kit.agent, replace(RECORDING, **{name: FAULTS[name] for name in names}))
        assert {problem.path for problem in answer.problems} == {(name,) for name in names}


def test_problems_come_in_the_order_of_the_fields(kit: Kit):
    answer = record_service(kit.desk, kit.agent, replace(RECORDING, **FAULTS))
    assert [problem.path[0] for problem in answer.problems] == list(FAULTS)


def test_what_the_state_forbids_is_said_beside_what_is_missing(kit: Kit):
    record_id = kit.recorded(kit.purchase())
    answer = void_service(kit.desk, kit.supervisor, VoidService(id=record_id, version=1, reason=" "))
    assert problem_codes(answer) == [("CONFLICT", "status", ("id",)), ("INVALID", "required", ("reason",))]


def test_a_stale_record_is_not_judged_by_its_state(kit: Kit):
    record_id = kit.recorded(kit.purchase())
    answer = void_service(kit.desk, kit.supervisor, VoidService(id=record_id, version=9, reason=""))
    assert problem_codes(answer) == [("STALE", None, ("version",)), ("INVALID", "required", ("reason",))]
    assert answer.id == record_id


def test_fields_that_contradict_each_other_are_a_fault_among_the_others(kit: Kit):
    command = OverrideCoverage(id=UNKNOWN, version=1, outcome=Outcome.FREE, amount=5, reason="")
    assert problem_codes(override_coverage(kit.desk, kit.supervisor, command)) == [
        ("NOT_FOUND", None, ("id",)),
        ("INVALID", "override_amount", ("amount",)),
        ("INVALID", "required", ("reason",)),
    ]


def test_a_faulty_key_is_a_fault_among_the_others(kit: Kit):
    answer = kit.complete(kit.recorded(kit.purchase()), minutes=-1, idempotency_key="")
    assert problem_codes(answer) == [
        ("INVALID", "required", ("idempotency_key",)),
        ("INVALID", "out_of_range", ("minutes",)),
    ]


def test_a_body_is_given_texts_without_the_blanks_around_them(kit: Kit):
    record_id = kit.done(kit.purchase())
    void_service(kit.desk, kit.supervisor, VoidService(id=record_id, version=1, reason="  why \n"))
    record = kit.row(ServiceRecord, record_id)
    assert (record.status, record.end_reason) == (RecordStatus.VOIDED, "why")


def test_a_step_that_is_sent_again_is_taken_once(kit: Kit):
    record_id = kit.done(kit.purchase())
    command = VoidService(id=record_id, version=1, reason="why", idempotency_key="void once")
    first, again = (void_service(kit.desk, kit.supervisor, command) for _ in range(2))
    assert [(one.id, one.changed, one.problems) for one in (first, again)] == [
        (record_id, True, ()),
        (record_id, False, ()),
    ]


def test_the_fields_of_an_operation_are_those_of_its_command():
    assert {field.name for field in complete_service.fields} >= {"id", "version", "performed_at", "minutes"}
