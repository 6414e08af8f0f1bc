"""What the database itself refuses to change or remove."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import IntegrityError

from backoffice import models

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

APPEND_ONLY = {
    models.FrozenDocument: {"kind": models.DocumentKind.TARIFF_BOOK},
    models.CoverageDecision: {"term": "other"},
    models.RecordDecision: {"role": models.DecisionRole.OVERRIDE},
    models.SlotLedger: {"step": models.SlotStep.RELEASED},
    models.AuditEntry: {"actor": "nobody"},
    models.Allowance: {"quantity": 9},
    models.AssetTransfer: {"reason": "other"},
    models.PlanAddendum: {"effective_from": date(2026, 3, 1)},
}
ON_POSTGRESQL = pytest.mark.parametrize(
    "backend", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True, scope="session"
)
NEVER_DELETED = [
    models.ServiceRecord,
    models.SupportPeriod,
    models.AllowanceSlot,
    models.Charge,
    models.OverrideRequest,
    models.RatingSuggestion,
    models.ProductVersion,
]
FINAL_ONCE_AGREED = [models.SupportPlan, models.TariffEdition, models.TariffLine]


def named(model):
    return model.__tablename__


@pytest.mark.parametrize("model", APPEND_ONLY, ids=named)
def test_a_row_of_an_append_only_table_cannot_be_changed(rows, model):
    rows.add(model)

    with pytest.raises(IntegrityError, match=f"{model.__tablename__} is append-only"):
        rows.session.execute(update(model).values(APPEND_ONLY[model]))


@pytest.mark.parametrize("model", APPEND_ONLY, ids=named)
def test_a_row_of_an_append_only_table_cannot_be_removed(rows, model):
    rows.add(model)

    with pytest.raises(IntegrityError, match=f"{model.__tablename__} is append-only"):
        rows.session.execute(delete(model))


@pytest.mark.parametrize("model", NEVER_DELETED, ids=named)
def test_a_row_that_is_kept_cannot_be_removed(rows, model):
    rows.add(model)

    with pytest.raises(IntegrityError, match=f"rows of {model.__tablename__} are kept"):
        rows.session.execute(delete(model))


WITHDRAWN = {"withdrawn_on": date(2026, 3, 1), "withdrawal_reason": "a slip"}


@pytest.mark.parametrize(
    "changed",
    [{"label": "5.3"}, {"label_folded": "5.3"}, {"released_on": date(2025, 1, 1)}, {"notes": "other"}],
    ids=lambda changed: next(iter(changed)),
)
def test_a_released_version_cannot_be_changed(rows, changed):
    rows.add(models.ProductVersion)

    with pytest.raises(IntegrityError, match="a released version can only be withdrawn"):
        rows.session.execute(update(models.ProductVersion).values(**changed))


def test_a_released_version_cannot_become_another_products(rows):
    rows.add(models.ProductVersion)
    other = rows.add(models.Product, sku="P-2")

    with pytest.raises(IntegrityError, match="a released version can only be withdrawn"):
        rows.session.execute(update(models.ProductVersion).values(product_id=other.id))


def test_a_released_version_is_withdrawn_once(rows):
    rows.add(models.ProductVersion)
    rows.session.execute(update(models.ProductVersion).values(**WITHDRAWN))

    with pytest.raises(IntegrityError, match="a released version can only be withdrawn, once"):
        rows.session.execute(update(models.ProductVersion).values(withdrawn_on=None, withdrawal_reason=None))


@pytest.mark.parametrize(
    ("model", "settled", "changed"),
    [
        (models.OverrideRequest, {"status": "declined", "settled_at": NOW}, {"reason": "other"}),
        (models.RatingSuggestion, {"status": "dismissed", "settled_at": NOW}, {"status": "accepted"}),
        (
            models.Delivery,
            {"status": "discarded", "next_try_at": None, "settled_at": NOW},
            {"status": "waiting", "next_try_at": NOW, "settled_at": None},
        ),
    ],
    ids=["a request", "a suggestion", "a delivery"],
)
def test_what_is_settled_stays_so(rows, model, settled, changed):
    rows.add(model, **settled)

    with pytest.raises(IntegrityError, match="is final"):
        rows.session.execute(update(model).values(**changed))


@pytest.mark.parametrize("status", ["exported", "paid"])
@pytest.mark.parametrize("back", ["proposed", "confirmed", "reversed"])
def test_a_charge_in_the_books_is_not_taken_back(rows, status, back):
    rows.add(models.Charge, status=status)
    taken_back = {"status": back, "reversed_at": NOW if back == "reversed" else None}

    with pytest.raises(IntegrityError, match="charge in the books"):
        rows.session.execute(update(models.Charge).values(**taken_back))


def test_an_exported_charge_is_paid(rows):
    charge = rows.add(models.Charge, status=models.ChargeStatus.EXPORTED)
    charge.status = models.ChargeStatus.PAID

    rows.session.flush()


def test_an_append_only_row_cannot_be_replaced_on_sqlite(sqlite_database):
    columns = "at, actor, actor_kind, actor_id, operation, entity, entity_id, content_hash"
    row = f"INTO audit_entry (id, {columns}) VALUES (1, '2026-11-22', 'a', 'system', 0, 'o', 'Office', 1, 'h')"

    with sqlite_database.engine.begin() as connection:
        connection.execute(text(f"INSERT {row}"))
        with pytest.raises(IntegrityError, match="audit_entry is append-only"):
            connection.execute(text(f"INSERT OR REPLACE {row}"))


@ON_POSTGRESQL
@pytest.mark.parametrize("model", [*APPEND_ONLY, *NEVER_DELETED, *FINAL_ONCE_AGREED], ids=named)
def test_a_table_whose_rows_are_kept_cannot_be_emptied_at_once(rows, model):
    with pytest.raises(IntegrityError, match=f"rows of {model.__tablename__} are kept"):
        rows.session.execute(text(f"TRUNCATE {model.__tablename__} CASCADE"))


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        (update(models.SupportPlan).values(name="other"), "published support plan"),
        (update(models.SupportPlan).values(published_at=None), "published support plan"),
        (delete(models.SupportPlan), "published support plan"),
    ],
    ids=["renamed", "withdrawn", "removed"],
)
def test_a_published_plan_cannot_be(rows, statement, message):
    rows.add(models.SupportPlan, published_at=NOW)

    with pytest.raises(IntegrityError, match=message):
        rows.session.execute(statement)


def test_a_plan_can_be_published(rows):
    plan = rows.add(models.SupportPlan)
    plan.name, plan.published_at = "better", NOW

    rows.session.flush()


def test_a_draft_of_a_plan_can_be_removed(rows):
    rows.session.delete(rows.add(models.SupportPlan))

    rows.session.flush()


@pytest.mark.parametrize(
    "statement",
    [
        update(models.TariffEdition).values(effective_from=date(2026, 1, 1)),
        update(models.TariffEdition).values(approved_at=None),
        delete(models.TariffEdition),
        update(models.TariffLine).values(rate=2),
        delete(models.TariffLine),
    ],
    ids=["edition changed", "approval taken back", "edition removed", "line changed", "line removed"],
)
def test_an_approved_edition_cannot_be_touched(rows, statement):
    rows.add(models.TariffLine)
    approve(rows)

    with pytest.raises(IntegrityError, match="approved tariff edition is immutable"):
        rows.session.execute(statement)


def test_an_approved_edition_gets_no_further_line(rows):
    approve(rows)

    with pytest.raises(IntegrityError, match="approved tariff edition is immutable"):
        rows.add(models.TariffLine)


def test_a_line_cannot_be_moved_into_an_approved_edition(rows):
    line = rows.add(models.TariffLine, edition_id=rows.add(models.TariffEdition, version=2).id)
    approve(rows)
    line.edition_id = rows.the(models.TariffEdition).id

    with pytest.raises(IntegrityError, match="approved tariff edition is immutable"):
        rows.session.flush()


def test_the_lines_of_a_draft_can_be_changed_and_removed(rows):
    line = rows.add(models.TariffLine)
    line.rate = 2
    rows.session.flush()

    rows.session.delete(line)
    rows.session.flush()


def test_the_plan_of_a_period_is_frozen(rows):
    rows.add(models.SupportPeriod)
    later = rows.add(models.SupportPlan, version=2)

    with pytest.raises(IntegrityError, match="plan of a support period is frozen"):
        rows.session.execute(update(models.SupportPeriod).values(plan_id=later.id))


def test_a_period_can_be_cancelled(rows):
    period = rows.add(models.SupportPeriod)
    period.cancelled_at = NOW

    rows.session.flush()


def approve(rows):
    rows.the(models.TariffEdition).approved_at = NOW
    rows.session.flush()
