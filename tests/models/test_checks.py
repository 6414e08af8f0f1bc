"""The CHECK constraints: what no row may say."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import CheckConstraint, literal_column
from sqlalchemy.exc import IntegrityError

from backoffice import models
from backoffice.models.base import Base

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
NONSENSE = literal_column("'nonsense'")
TOO_MUCH = 2**53

TARIFF = {"outcome": "tariff", "amount": 110, "vat": 10, "term": None, "overridden": True, "override_reason": "-"}
ALLOWANCE = {"outcome": "allowance", "overridden": True, "override_reason": "-"}
ENGINES = {"overridden": False, "override_reason": None}
VOIDED = {"status": "voided", "performed_at": NOW, "end_reason": "twice"}
WITHDRAWN = {"withdrawn_on": date(2026, 2, 1), "withdrawal_reason": "a slip"}

MODELS = sorted((mapper.class_ for mapper in Base.registry.mappers), key=lambda model: model.__name__)
SPOILT = {
    "ck_allowance_quantity": (models.Allowance, {"quantity": 0}),
    "ck_allowance_slot_committed_at": (models.AllowanceSlot, {"committed_at": NOW}),
    "ck_allowance_slot_slot_no": (models.AllowanceSlot, {"slot_no": 0}),
    "ck_allowance_slot_state": (models.AllowanceSlot, {"state": NONSENSE}),
    "ck_asset_serial_number": (models.Asset, {"serial_number": ""}),
    "ck_asset_transfer_owners": (models.AssetTransfer, {"from_customer_id": 7, "to_customer_id": 7}),
    "ck_asset_version": (models.Asset, {"version": 0}),
    "ck_audit_entry_actor_id": (models.AuditEntry, {"actor_kind": "staff", "actor_id": 7}),
    "ck_audit_entry_actor_kind": (models.AuditEntry, {"actor_kind": NONSENSE, "actor_id": 7}),
    "ck_billing_rule_minimum_minutes": (models.BillingRule, {"minimum_minutes": -1}),
    "ck_billing_rule_mode": (models.BillingRule, {"mode": NONSENSE}),
    "ck_billing_rule_step_minutes": (models.BillingRule, {"step_minutes": 0}),
    "ck_charge_amount": (models.Charge, {"amount": 0}),
    "ck_charge_reversed_at": (models.Charge, {"status": models.ChargeStatus.REVERSED}),
    "ck_charge_status": (models.Charge, {"status": NONSENSE}),
    "ck_consumer_begins_after": (models.Consumer, {"begins_after": -1}),
    "ck_consumer_code": (models.Consumer, {"code": ""}),
    "ck_coverage_decision_allowance_named": (models.CoverageDecision, {**ALLOWANCE, **ENGINES}),
    "ck_coverage_decision_allowance_used": (
        models.CoverageDecision,
        {**ALLOWANCE, "allowance_limit": 2, "allowance_used": 3},
    ),
    "ck_coverage_decision_amount": (models.CoverageDecision, {**TARIFF, "amount": TOO_MUCH}),
    "ck_coverage_decision_billed_minutes": (models.CoverageDecision, {"billed_minutes": -1}),
    "ck_coverage_decision_exhausted": (models.CoverageDecision, {"exhausted": "training.remote"}),
    "ck_coverage_decision_free": (models.CoverageDecision, {"outcome": "free", "amount": None, "vat": None}),
    "ck_coverage_decision_free_term": (models.CoverageDecision, {"term": None}),
    "ck_coverage_decision_outcome": (models.CoverageDecision, {"outcome": NONSENSE}),
    "ck_coverage_decision_shadow_amount": (models.CoverageDecision, {"shadow_amount": -1}),
    "ck_coverage_decision_override_reason": (models.CoverageDecision, {"overridden": True}),
    "ck_coverage_decision_priced": (models.CoverageDecision, {**TARIFF, "amount": None, "vat": None}),
    "ck_coverage_decision_price_source": (models.CoverageDecision, {**TARIFF, **ENGINES}),
    "ck_coverage_decision_vat": (models.CoverageDecision, {**TARIFF, "vat": 111}),
    "ck_coverage_decision_vat_with_amount": (models.CoverageDecision, {"outcome": "quote", "amount": None}),
    "ck_customer_code": (models.Customer, {"code": ""}),
    "ck_customer_kind": (models.Customer, {"kind": NONSENSE}),
    "ck_customer_name": (models.Customer, {"name": ""}),
    "ck_customer_phone_number": (models.CustomerPhone, {"number": "0912"}),
    "ck_customer_phone_position": (models.CustomerPhone, {"position": -1}),
    "ck_customer_stage": (models.Customer, {"stage": NONSENSE}),
    "ck_customer_version": (models.Customer, {"version": 0}),
    "ck_delivery_attempts": (models.Delivery, {"attempts": -1}),
    "ck_delivery_delivered": (models.Delivery, {"status": "delivered", "next_try_at": None, "settled_at": NOW}),
    "ck_delivery_next_try_at": (models.Delivery, {"next_try_at": None}),
    "ck_delivery_parked_at": (models.Delivery, {"status": "parked", "next_try_at": None}),
    "ck_delivery_settled_at": (models.Delivery, {"settled_at": NOW}),
    "ck_delivery_status": (models.Delivery, {"status": NONSENSE, "next_try_at": None}),
    "ck_frozen_document_kind": (models.FrozenDocument, {"kind": NONSENSE}),
    "ck_idempotency_key_actor_id": (models.IdempotencyKey, {"actor_kind": "system"}),
    "ck_idempotency_key_actor_kind": (models.IdempotencyKey, {"actor_kind": NONSENSE}),
    "ck_office_kind": (models.Office, {"kind": NONSENSE}),
    "ck_outbox_dispatched_at": (models.Outbox, {"delivered_at": NOW}),
    "ck_override_request_amount": (models.OverrideRequest, {"amount": 0}),
    "ck_override_request_approver": (models.OverrideRequest, {"status": "approved", "settled_at": NOW}),
    "ck_override_request_outcome": (models.OverrideRequest, {"outcome": NONSENSE, "amount": None}),
    "ck_override_request_priced": (models.OverrideRequest, {"outcome": "free"}),
    "ck_override_request_settled_at": (models.OverrideRequest, {"status": "declined"}),
    "ck_override_request_status": (models.OverrideRequest, {"status": NONSENSE, "settled_at": NOW}),
    "ck_product_name": (models.Product, {"name": ""}),
    "ck_product_sku": (models.Product, {"sku": ""}),
    "ck_product_upgrade_target_id": (models.ProductUpgrade, {"product_id": 7, "target_id": 7}),
    "ck_product_version": (models.Product, {"version": 0}),
    "ck_product_version_label": (models.ProductVersion, {"label": ""}),
    "ck_product_version_withdrawal_reason": (models.ProductVersion, {"withdrawn_on": date(2026, 1, 1)}),
    "ck_product_version_withdrawn_on": (models.ProductVersion, {**WITHDRAWN, "withdrawn_on": date(2025, 12, 31)}),
    "ck_rating_suggestion_cause": (models.RatingSuggestion, {"edition_id": None}),
    "ck_rating_suggestion_settled_at": (models.RatingSuggestion, {"settled_at": NOW}),
    "ck_rating_suggestion_status": (models.RatingSuggestion, {"status": NONSENSE, "settled_at": NOW}),
    "ck_record_decision_role": (models.RecordDecision, {"role": NONSENSE}),
    "ck_service_record_amount": (models.ServiceRecord, {"amount": -1}),
    "ck_service_record_distance_metres": (models.ServiceRecord, {"distance_metres": -1}),
    "ck_service_record_end_reason": (models.ServiceRecord, {**VOIDED, "end_reason": None}),
    "ck_service_record_ended_amount": (models.ServiceRecord, {**VOIDED, "amount": 1}),
    "ck_service_record_jalali_month": (models.ServiceRecord, {"jalali_month": 140513}),
    "ck_service_record_minutes": (models.ServiceRecord, {"minutes": -1}),
    "ck_service_record_mode": (models.ServiceRecord, {"mode": NONSENSE}),
    "ck_service_record_outcome": (models.ServiceRecord, {"outcome": NONSENSE}),
    "ck_service_record_performed_at": (models.ServiceRecord, {"status": "done"}),
    "ck_service_record_recorded_by_id": (models.ServiceRecord, {"recorded_by_kind": "staff", "recorded_by_id": 10**6}),
    "ck_service_record_recorded_by_kind": (models.ServiceRecord, {"recorded_by_kind": NONSENSE}),
    "ck_service_record_result": (models.ServiceRecord, {"result_data": {}}),
    "ck_service_record_shadow_amount": (models.ServiceRecord, {"shadow_amount": -1}),
    "ck_service_record_status": (models.ServiceRecord, {"status": NONSENSE}),
    "ck_service_record_subject": (models.ServiceRecord, {"subject": NONSENSE}),
    "ck_service_record_version": (models.ServiceRecord, {"version": 0}),
    "ck_site_distance_metres": (models.SiteDistance, {"metres": -1}),
    "ck_site_title": (models.Site, {"title": ""}),
    "ck_site_version": (models.Site, {"version": 0}),
    "ck_slot_ledger_step": (models.SlotLedger, {"step": NONSENSE}),
    "ck_staff_failed_sign_ins": (models.Staff, {"failed_sign_ins": -1}),
    "ck_staff_language": (models.Staff, {"language": "de"}),
    "ck_staff_session_actor": (models.StaffSession, {"actor_kind": "customer"}),
    "ck_staff_session_actor_id": (models.StaffSession, {"actor_kind": "customer", "actor_id": 7, "staff_id": 1}),
    "ck_staff_session_actor_kind": (models.StaffSession, {"actor_kind": NONSENSE, "actor_id": 7}),
    "ck_support_period_anchor_on": (models.SupportPeriod, {"anchor_on": date(2026, 1, 2)}),
    "ck_support_period_days": (models.SupportPeriod, {"ends_before": date(2026, 1, 1)}),
    "ck_support_period_kind": (models.SupportPeriod, {"kind": NONSENSE}),
    "ck_support_period_track": (models.SupportPeriod, {"track": NONSENSE}),
    "ck_support_plan_version": (models.SupportPlan, {"version": 0}),
    "ck_tariff_edition_jalali_year": (models.TariffEdition, {"jalali_year": 2026}),
    "ck_tariff_edition_version": (models.TariffEdition, {"version": 0}),
    "ck_tariff_line_rate": (models.TariffLine, {"rate": -1}),
    "ck_tariff_line_unit": (models.TariffLine, {"unit": NONSENSE}),
    "ck_tax_rate_basis_points": (models.TaxRate, {"basis_points": 10_001}),
    "ck_tax_rate_days": (models.TaxRate, {"ends_before": date(2026, 3, 21)}),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_row_that_breaks_the_rule_is_refused(rows, name):
    model, values = SPOILT[name]

    with pytest.raises(IntegrityError, match=rf"\b{name}\b"):
        rows.add(model, **values)


def test_a_suggestion_has_one_cause(rows):
    slot = rows.add(models.AllowanceSlot, released_at=NOW)

    with pytest.raises(IntegrityError, match="ck_rating_suggestion_cause"):
        rows.add(models.RatingSuggestion, freed_slot_id=slot.id)


def test_every_rule_has_a_row_that_breaks_it():
    rules = {
        str(rule.name)
        for table in Base.metadata.tables.values()
        for rule in table.constraints
        if isinstance(rule, CheckConstraint)
    }

    assert rules == SPOILT.keys()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_row_that_breaks_nothing_is_taken(rows, model):
    assert rows.add(model) in rows.session


@pytest.mark.parametrize(
    "values",
    [
        {**TARIFF},
        {"outcome": "quote", "amount": None, "vat": None},
        {**ALLOWANCE, "term": None},
        {"outcome": "free", "shadow_amount": 2**53 - 1, "billed_minutes": 0},
    ],
    ids=["overridden tariff", "quote", "overridden allowance", "largest amount"],
)
def test_a_decision_at_the_edge_of_the_rules_is_taken(rows, values):
    assert rows.add(models.CoverageDecision, **values) in rows.session
