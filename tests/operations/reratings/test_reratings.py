"""Pricing again what was priced provisionally, once a late edition is approved and somebody accepts."""

from datetime import UTC, datetime
from threading import Thread

import pytest

from backoffice.access.viewer import Forbidden, Viewer
from backoffice.access.viewers import system_viewer
from backoffice.domain.coverage import Outcome
from backoffice.domain.service import Mode
from backoffice.models import (
    AuditEntry,
    Charge,
    ChargeStatus,
    CoverageDecision,
    DecisionRole,
    RatingSuggestion,
    RecordDecision,
    ServiceRecord,
    SuggestionStatus,
)
from backoffice.operations.operation import foresee
from backoffice.operations.overrides.override_coverage import OverrideCoverage, override_coverage
from backoffice.operations.proofs.reconcile import reconcile
from backoffice.operations.proofs.replay import replay
from backoffice.operations.reratings.accept_reratings import AcceptReratings, accept_reratings
from backoffice.operations.reratings.dismiss_reratings import DismissReratings, dismiss_reratings
from backoffice.operations.reratings.preview_reratings import SeeReratings
from backoffice.operations.result import Decided, Result
from backoffice.operations.services import record_service as recording_module
from backoffice.operations.services.stored_decisions import store_decision
from backoffice.operations.services.void_service import VoidService, void_service
from backoffice.operations.work import Work
from tests.builders import Kit, problem_codes
from tests.operations.reratable import SPRING, charge_in, late_edition, provisional

WINTER = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
"""10 Esfand 1404, priced by an edition of its own year."""


def suggested(kit: Kit, edition_id: int) -> list[int]:
    return [row.id for row in kit.rows(RatingSuggestion, edition_id=edition_id)]


def accept(kit: Kit, edition_id: int, ids: list[int] | None = None, viewer: Viewer | None = None) -> Result:
    chosen = suggested(kit, edition_id) if ids is None else ids
    return accept_reratings(kit.desk, viewer or kit.staff("finance"), AcceptReratings(ids=tuple(chosen)))


def statuses(kit: Kit, edition_id: int) -> list[SuggestionStatus]:
    return [row.status for row in kit.rows(RatingSuggestion, edition_id=edition_id)]


def test_a_late_edition_suggests_and_prices_nothing_by_itself(fresh_kit: Kit):
    record_id = provisional(fresh_kit)
    before = fresh_kit.row(ServiceRecord, record_id)
    edition_id = late_edition(fresh_kit)
    (suggestion,) = fresh_kit.rows(RatingSuggestion)
    assert (suggestion.record_id, suggestion.edition_id, suggestion.against_id) == (
        record_id,
        edition_id,
        before.coverage_id,
    )
    after = fresh_kit.row(ServiceRecord, record_id)
    assert (after.amount, after.version) == (before.amount, before.version)


def test_what_is_priced_while_the_edition_is_approved_is_suggested_too(fresh_kit: Kit, monkeypatch: pytest.MonkeyPatch):
    approval = Thread(target=late_edition, args=(fresh_kit,))

    def store(work: Work, decided: Decided) -> CoverageDecision:
        approval.start()
        approval.join(1)  # who approves waits for whoever has decided
        return store_decision(work, decided)

    monkeypatch.setattr(recording_module, "store_decision", store)
    record_id = provisional(fresh_kit)
    approval.join()
    assert [one.record_id for one in fresh_kit.rows(RatingSuggestion)] == [record_id]


def test_accepting_decides_again_and_charges_anew(fresh_kit: Kit):
    record_id = provisional(fresh_kit)
    told = fresh_kit.row(ServiceRecord, record_id).amount
    edition_id = late_edition(fresh_kit)
    ids = suggested(fresh_kit, edition_id)
    seen = foresee(accept_reratings, fresh_kit.desk, fresh_kit.staff("finance"), SeeReratings(ids=ids))
    (foreseen,) = seen.told
    result = accept(fresh_kit, edition_id)
    record = fresh_kit.row(ServiceRecord, record_id)
    decision = fresh_kit.row(CoverageDecision, record.coverage_id)
    assert (result.id, result.problems, foreseen.before.amount) == (ids[0], (), told)
    assert (record.amount, decision.provisional, decision.edition_id) == (foreseen.after.amount, False, edition_id)
    assert record.amount != told
    charges = [(charge.status, charge.amount) for charge in fresh_kit.rows(Charge, record_id=record_id)]
    assert charges == [(ChargeStatus.REVERSED, told), (ChargeStatus.PROPOSED, record.amount)]
    roles = [row.role for row in fresh_kit.rows(RecordDecision, record_id=record_id)]
    assert roles == [DecisionRole.ESTIMATE, DecisionRole.RERATING]
    assert statuses(fresh_kit, edition_id) == [SuggestionStatus.ACCEPTED]


def test_only_what_is_done_provisional_and_in_its_days_is_suggested(fresh_kit: Kit):
    kit = fresh_kit
    expected = provisional(kit)
    provisional(kit, WINTER)
    provisional(kit, kit.clock.now)
    provisional(kit, mode=Mode.REMOTE, distance_metres=None)
    voided, overridden = provisional(kit), provisional(kit)
    kit.recorded(kit.purchase(), mode=Mode.ON_SITE, distance_metres=90_000, requested_at=SPRING)
    void_service(kit.desk, kit.supervisor, VoidService(id=voided, version=1, reason="اشتباه"))
    command = OverrideCoverage(id=overridden, version=1, outcome=Outcome.FREE, reason="وعده")
    override_coverage(kit.desk, kit.supervisor, command)
    late_edition(kit)
    assert [row.record_id for row in kit.rows(RatingSuggestion)] == [expected]


def test_an_edition_that_holds_later_suggests_nothing(fresh_kit: Kit):
    provisional(fresh_kit)
    assert suggested(fresh_kit, late_edition(fresh_kit, "1405/02/01")) == []


def test_a_dismissed_suggestion_leaves_what_was_told(fresh_kit: Kit):
    record_id = provisional(fresh_kit)
    told = fresh_kit.row(ServiceRecord, record_id).amount
    edition_id = late_edition(fresh_kit)
    command = DismissReratings(ids=tuple(suggested(fresh_kit, edition_id)), reason="وعده دادیم")
    assert dismiss_reratings(fresh_kit.desk, fresh_kit.supervisor, command).problems == ()
    assert fresh_kit.row(ServiceRecord, record_id).amount == told
    assert statuses(fresh_kit, edition_id) == [SuggestionStatus.DISMISSED]
    assert problem_codes(accept(fresh_kit, edition_id)) == [("CONFLICT", "rerating_settled", ("ids",))]


def test_a_record_that_changed_meanwhile_makes_its_suggestion_obsolete(fresh_kit: Kit):
    changed, other = provisional(fresh_kit), provisional(fresh_kit)
    edition_id = late_edition(fresh_kit)
    void_service(fresh_kit.desk, fresh_kit.supervisor, VoidService(id=changed, version=1, reason="اشتباه"))
    assert accept(fresh_kit, edition_id).problems == ()
    assert fresh_kit.row(ServiceRecord, changed).amount == 0
    assert statuses(fresh_kit, edition_id) == [SuggestionStatus.OBSOLETE, SuggestionStatus.ACCEPTED]
    assert fresh_kit.row(ServiceRecord, other).version == 2


def test_a_confirmed_charge_is_replaced_and_one_in_the_books_stays(fresh_kit: Kit):
    record_id, in_the_books = provisional(fresh_kit), provisional(fresh_kit)
    edition_id = late_edition(fresh_kit)
    confirmed, _ = suggested(fresh_kit, edition_id)
    charge_in(fresh_kit, in_the_books, ChargeStatus.PAID)
    charge_in(fresh_kit, record_id, ChargeStatus.CONFIRMED)
    refused = accept(fresh_kit, edition_id)
    assert problem_codes(refused) == [("CONFLICT", "rerating_charge_settled", ("ids",))]
    assert refused.problems[0].params["record"] == f"SR-{in_the_books:06d}"
    assert accept(fresh_kit, edition_id, [confirmed]).problems == ()
    assert statuses(fresh_kit, edition_id) == [SuggestionStatus.ACCEPTED, SuggestionStatus.SUGGESTED]


def test_an_edition_without_the_line_prices_nothing_again(fresh_kit: Kit):
    provisional(fresh_kit)
    edition_id = late_edition(fresh_kit, lines="code,unit,rate_rials\nhour,hour,9000000\nkm,kilometre,45000")
    assert problem_codes(accept(fresh_kit, edition_id)) == [("NO_TARIFF", "rerating_unpriced", ("ids",))]
    assert statuses(fresh_kit, edition_id) == [SuggestionStatus.SUGGESTED]


@pytest.mark.parametrize("ids", [[0], [999_999], [2**64]])
def test_a_suggestion_that_is_not_there_is_not_found(fresh_kit: Kit, ids: list[int]):
    assert problem_codes(accept(fresh_kit, 1, ids)) == [("NOT_FOUND", None, ("ids",))]


@pytest.mark.parametrize("ids", [[], list(range(1, 202))], ids=["none", "too many"])
def test_a_batch_has_its_bounds(fresh_kit: Kit, ids: list[int]):
    assert problem_codes(accept(fresh_kit, 1, ids)) == [("INVALID", "rerating_batch", ("ids",))]


def test_an_agent_prices_nothing_again(fresh_kit: Kit):
    with pytest.raises(Forbidden):
        accept(fresh_kit, 1, [1], fresh_kit.agent)
    with pytest.raises(Forbidden):
        foresee(accept_reratings, fresh_kit.desk, fresh_kit.agent, SeeReratings(ids=(1,)))


def test_each_record_and_each_suggestion_stand_in_the_audit_trail(fresh_kit: Kit):
    record_id = provisional(fresh_kit)
    edition_id = late_edition(fresh_kit)
    accept(fresh_kit, edition_id, viewer=system_viewer())
    trail = fresh_kit.rows(AuditEntry, operation="accept_reratings")
    assert [(entry.entity, entry.entity_id) for entry in trail] == [
        ("ServiceRecord", record_id),
        ("RatingSuggestion", suggested(fresh_kit, edition_id)[0]),
    ]
    assert trail[1].after["status"] == "accepted"
    approval = fresh_kit.rows(AuditEntry, operation="approve_tariff")[0]
    assert approval.after["reratings_suggested"] == 1


def test_what_was_priced_again_reconciles_and_replays(fresh_kit: Kit):
    for _ in range(3):
        provisional(fresh_kit)
    accept(fresh_kit, late_edition(fresh_kit))
    with fresh_kit.desk.database.reading() as session:
        assert reconcile(session) == ()
        ids = [row.id for row in fresh_kit.rows(CoverageDecision)]
        assert len(ids) == 6
        assert [row_id for row_id in ids if not replay(session, row_id).same] == []
