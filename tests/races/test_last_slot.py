"""Two processes want the last free use of an allowance: one gets it, the other is decided again or refused."""

from dataclasses import replace

import pytest

from backoffice.models import AllowanceSlot, Charge, ServiceRecord
from backoffice.operations.customers.set_opening_balances import OpeningBalance, SetOpeningBalances
from backoffice.operations.operation import foresee
from backoffice.operations.proofs.reconcile import reconcile
from backoffice.operations.services.record_service import PreviewService, record_service
from tests.builders import Kit, decision_of, recording
from tests.races.racing import race, race_apart

pytestmark = pytest.mark.races

ROUNDS = 20


def training_now(kit: Kit) -> list:
    """A recording of the only remote training of an asset's period, for each of so many assets."""
    customer_id, product_id = kit.customer(), kit.product()
    assets = [kit.purchase(customer_id=customer_id, product_id=product_id) for _ in range(ROUNDS)]
    usual = {"service_type": "training", "performed_at": kit.clock.now, "minutes": 60}
    return [recording(asset_id, **usual) for asset_id in assets]


def test_exactly_one_of_two_processes_gets_the_last_slot_and_the_other_pays(kit: Kit):
    rounds = race(kit.desk.database.engine, kit.agent, training_now(kit))
    assert [sorted(answer.outcome for answer in answers) for answers in rounds] == [["allowance", "tariff"]] * ROUNDS
    assert len(kit.rows(ServiceRecord)) == 2 * ROUNDS
    assert len(kit.rows(AllowanceSlot)) == len(kit.rows(Charge)) == ROUNDS
    with kit.desk.database.reading() as session:
        assert reconcile(session) == ()


def test_whoever_expects_the_last_slot_and_loses_it_is_refused_with_the_new_decision(kit: Kit):
    commands = training_now(kit)
    first = commands[0]
    seen = foresee(
        record_service,
        kit.desk,
        kit.agent,
        PreviewService(
            service_type=first.service_type,
            mode=first.mode,
            asset_id=first.asset_id,
            requested_at=first.performed_at,
            performed_at=first.performed_at,
            minutes=60,
        ),
    )
    expecting = [replace(first, expected_fingerprint=decision_of(seen).fingerprint)]
    rounds = race(kit.desk.database.engine, kit.agent, expecting)
    answers = sorted(rounds[0], key=lambda answer: answer.outcome)
    assert [(answer.outcome, answer.problems) for answer in answers] == [
        ("allowance", ()),
        ("tariff", ("DECISION_CHANGED",)),
    ]
    assert [record.id for record in kit.rows(ServiceRecord)] == [answers[0].record_id]


def test_a_use_from_before_the_desk_and_a_service_do_not_share_the_last_slot(kit: Kit):
    services = training_now(kit)
    balances = (OpeningBalance(key="training.remote", used=1), OpeningBalance(key="installation.remote", used=2))
    entered = [
        SetOpeningBalances(asset_id=service.asset_id, balances=balances, reason="کارت خدمات") for service in services
    ]
    rounds = race_apart(kit.desk.database.engine, kit.supervisor, list(zip(services, entered, strict=True)))
    came = {(service.outcome, balance.problems) for service, balance in rounds}
    assert came <= {("tariff", ()), ("allowance", ("CONFLICT",))}
    opened = sum(not balance.problems for _, balance in rounds)
    assert len(kit.rows(AllowanceSlot, record_id=None)) == 3 * opened
    assert len(kit.rows(AllowanceSlot)) == 3 * opened + ROUNDS - opened
    with kit.desk.database.reading() as session:
        assert reconcile(session) == ()
