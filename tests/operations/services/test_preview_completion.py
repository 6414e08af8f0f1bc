"""Asking before completing."""

from backoffice.domain.coverage import Outcome
from backoffice.domain.record import RecordStatus
from backoffice.domain.service import Mode
from backoffice.models import ServiceRecord
from backoffice.operations.operation import foresee
from backoffice.operations.services.complete_service import CompleteService, complete_service
from tests.builders import Kit, decision_of, problem_codes

VISIT = {"service_type": "on_site_visit", "mode": Mode.ON_SITE, "distance_metres": 39_000}


def test_what_is_said_beforehand_is_what_completing_decides(kit: Kit):
    record_id = kit.recorded(kit.purchase(), **VISIT)
    for metres, outcome in ((38_000, Outcome.ALLOWANCE), (41_000, Outcome.TARIFF)):
        command = CompleteService(id=record_id, version=1, distance_metres=metres, minutes=60)
        assert decision_of(foresee(complete_service, kit.desk, kit.agent, command)).outcome is outcome
    assert kit.row(ServiceRecord, record_id).status is RecordStatus.REQUESTED
    seen = decision_of(foresee(complete_service, kit.desk, kit.agent, command))
    done = kit.complete(record_id, distance_metres=41_000, minutes=60, expected_fingerprint=seen.fingerprint)
    assert decision_of(done) == seen


def test_a_record_that_cannot_be_completed_has_no_answer(kit: Kit):
    record_id = kit.done(kit.purchase())
    result = foresee(complete_service, kit.desk, kit.agent, CompleteService(id=record_id, version=1))
    assert (problem_codes(result), result.decision) == ([("CONFLICT", "status", ("id",))], None)
