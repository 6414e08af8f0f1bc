"""A service type that fails, or objects, spoils only its own records."""

from dataclasses import replace
from types import MappingProxyType

from marshmallow import Schema, fields

from backoffice.domain.coverage import Outcome
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.record import RecordStatus
from backoffice.domain.service import Mode
from backoffice.models import AllowanceSlot, ServiceRecord
from backoffice.plugins import Registry, ServiceType
from tests.builders import Kit, decision_of, problem_codes


class Noted(Schema):
    note = fields.String(metadata={"label": Label("یادداشت", "Note")})


class Installation(ServiceType):
    code = "installation"
    label = Label("نصب", "Installation")
    modes = frozenset({Mode.REMOTE})
    request = Noted
    result = Noted


NO = Problem(ErrorCode.CONFLICT, "not_today", ("note",), text=Label("امروز نه", "Not today"))


class Objecting(Installation):
    def check(self, request, facts):
        return [NO] if request.get("note") == "today" else []

    def before_complete(self, record, result, facts):
        return [NO] if result.get("note") == "today" else []


class Free(Installation):
    def decide(self, request, facts):
        return replace(super().decide(request, facts), outcome=Outcome.QUOTE, amount=None, vat=None, allowance=None)


class Failing(Installation):
    def decide(self, request, facts):
        raise RuntimeError("out of order")


class Dreaming(Installation):
    def complete(self, record, result, facts):
        return ["an effect that nobody knows"]


def with_type(kit: Kit, service_type: ServiceType | None) -> Kit:
    types = {} if service_type is None else {"installation": service_type}
    return Kit(replace(kit.desk, registry=Registry(MappingProxyType(types))), kit.clock)


def test_an_objection_to_the_request_leaves_no_record_and_stands_at_its_field(kit: Kit):
    desk = with_type(kit, Objecting())
    asset_id = kit.purchase()
    result = desk.record(asset_id, request={"note": "today"})
    assert problem_codes(result) == [("CONFLICT", "not_today", ("request", "installation", "note"))]
    assert decision_of(result).outcome is Outcome.ALLOWANCE
    assert kit.rows(ServiceRecord, asset_id=asset_id) == []


def test_an_objection_to_the_result_leaves_the_record_open_and_its_slot_reserved(kit: Kit):
    desk = with_type(kit, Objecting())
    record_id = desk.recorded(kit.purchase())
    result = desk.complete(record_id, result={"note": "today"})
    assert problem_codes(result) == [("CONFLICT", "not_today", ("result", "installation", "note"))]
    assert kit.row(ServiceRecord, record_id).status is RecordStatus.REQUESTED
    assert [slot.state.value for slot in kit.rows(AllowanceSlot, record_id=record_id)] == ["reserved"]


def test_a_type_may_decide_for_itself(kit: Kit):
    record_id = with_type(kit, Free()).recorded(kit.purchase())
    assert kit.row(ServiceRecord, record_id).outcome is Outcome.QUOTE
    assert kit.rows(AllowanceSlot, record_id=record_id) == []


def test_a_type_that_fails_is_a_problem_with_its_name(kit: Kit):
    asset_id = kit.purchase()
    result = with_type(kit, Failing()).record(asset_id)
    assert [problem.code for problem in result.problems] == [ErrorCode.PLUGIN_FAILURE]
    assert result.problems[0].params["service_type"] == "installation"
    assert kit.rows(ServiceRecord, asset_id=asset_id) == []


def test_an_effect_that_cannot_be_carried_out_undoes_the_completion(kit: Kit):
    desk = with_type(kit, Dreaming())
    record_id = desk.recorded(kit.purchase())
    assert [problem.code for problem in desk.complete(record_id).problems] == [ErrorCode.PLUGIN_FAILURE]
    assert kit.row(ServiceRecord, record_id).status is RecordStatus.REQUESTED


def test_a_record_of_a_removed_type_is_not_completed(kit: Kit):
    record_id = kit.recorded(kit.purchase())
    result = with_type(kit, None).complete(record_id)
    assert problem_codes(result) == [("CONFLICT", "service_type_retired", ("id",))]
