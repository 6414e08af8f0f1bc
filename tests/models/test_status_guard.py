"""A row's status goes the ways of its table of transitions."""

import pytest

from backoffice import models
from backoffice.domain.transitions import ImpossibleStep

CASES = [
    pytest.param(model, old, new, id=f"{model.__tablename__} {old} to {new}")
    for model, states in (
        (models.Charge, models.ChargeStatus),
        (models.OverrideRequest, models.OverrideStatus),
        (models.RatingSuggestion, models.SuggestionStatus),
        (models.Delivery, models.DeliveryStatus),
    )
    for old in states
    for new in states
]


@pytest.mark.parametrize(("model", "old", "new"), CASES)
def test_a_status_follows_the_one_before_or_is_refused(model, old, new):
    row = model(status=old)
    if model.steps.allow(old, new):
        row.status = new
        assert row.status is new
    else:
        with pytest.raises(ImpossibleStep):
            row.status = new
        assert row.status is old


def test_values_are_changed_only_along_the_table_too():
    row = models.ServiceRecord(status="voided")
    with pytest.raises(ImpossibleStep):
        row.change({"status": "done"})


def test_every_table_with_a_status_steps():
    with_status = {mapper.class_ for mapper in models.Base.registry.mappers if "status" in mapper.columns}
    assert {model for model in with_status if not hasattr(model, "steps")} == {
        models.RecordChange,
        models.RecordSummary,
    }
