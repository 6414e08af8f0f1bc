"""Foreseeing: what doing it would come to, by the same path, leaving nothing."""

from dataclasses import replace

import pytest

from backoffice.access.permissions import PERMISSIONS
from backoffice.access.viewer import Forbidden
from backoffice.domain.coverage import Outcome
from backoffice.models import AuditEntry, Customer, CustomerKind, IdempotencyKey, Outbox, ServiceRecord
from backoffice.operations.customers.create_customer import CreateCustomer, create_customer
from backoffice.operations.operation import foresee
from backoffice.operations.overrides.override_coverage import OverrideCoverage, override_coverage
from backoffice.operations.services.complete_service import CompleteService, complete_service
from backoffice.operations.services.void_service import VoidService, void_service
from backoffice.operations.staff.create_token import CreateToken, create_token
from tests.builders import Kit, decision_of, problem_codes


def test_what_was_foreseen_leaves_nothing(fresh_kit: Kit):
    tables = (AuditEntry, Outbox, IdempotencyKey, Customer)
    before = [len(fresh_kit.rows(table)) for table in tables]
    command = CreateCustomer(name="x", kind=CustomerKind.PERSON, idempotency_key="foreseen")
    answer = foresee(create_customer, fresh_kit.desk, fresh_kit.agent, command)
    assert (answer.id, answer.changed, answer.problems) == (None, False, ())
    assert [len(fresh_kit.rows(table)) for table in tables] == before


def test_a_record_is_as_it_was(kit: Kit):
    record_id = kit.done(kit.purchase())
    before = kit.row(ServiceRecord, record_id)
    foresee(void_service, kit.desk, kit.supervisor, VoidService(id=record_id, version=1, reason="why"))
    after = kit.row(ServiceRecord, record_id)
    assert (after.status, after.version) == (before.status, before.version)


def test_what_would_be_refused_is_refused_with_the_same_problems(kit: Kit):
    command = VoidService(id=kit.recorded(kit.purchase()), version=1, reason="")
    foreseen = foresee(void_service, kit.desk, kit.supervisor, command)
    assert problem_codes(foreseen) == problem_codes(void_service(kit.desk, kit.supervisor, command)) != []


def test_the_decision_is_the_one_that_would_be_made(kit: Kit):
    record_id = kit.done(kit.purchase())
    command = OverrideCoverage(id=record_id, version=1, outcome=Outcome.QUOTE, reason="why")
    foreseen = decision_of(foresee(override_coverage, kit.desk, kit.supervisor, command))
    assert foreseen == decision_of(override_coverage(kit.desk, kit.supervisor, command))


def test_it_needs_the_permission_of_doing_it(kit: Kit):
    with pytest.raises(Forbidden):
        foresee(create_token, kit.desk, kit.agent, CreateToken(username="agent"))


def test_a_preview_needs_its_own(kit: Kit):
    reader = replace(kit.agent, permissions=frozenset({"record.read"}))
    command = CompleteService(id=kit.recorded(kit.purchase()), version=9)
    assert foresee(complete_service, kit.desk, reader, command).decision is not None
    with pytest.raises(Forbidden):
        foresee(complete_service, kit.desk, replace(reader, permissions=PERMISSIONS.keys() - {"record.read"}), command)
