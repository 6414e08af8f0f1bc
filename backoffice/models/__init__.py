"""The tables of the desk, one module per aggregate, and the database they live in."""

from backoffice.domain.charge import ChargeStatus
from backoffice.domain.delivery import DeliveryStatus
from backoffice.domain.override import OverrideStatus
from backoffice.domain.suggestion import SuggestionStatus
from backoffice.models.addendum import PlanAddendum
from backoffice.models.asset import Asset
from backoffice.models.audit import AuditEntry
from backoffice.models.base import Base
from backoffice.models.channel import Channel
from backoffice.models.charge import Charge
from backoffice.models.customer import Customer, CustomerKind, CustomerPhone, CustomerStage
from backoffice.models.decision import CoverageDecision
from backoffice.models.delivery import Consumer, Delivery
from backoffice.models.idempotency import IdempotencyKey
from backoffice.models.office import Office, OfficeKind
from backoffice.models.outbox import Outbox
from backoffice.models.override import OverrideRequest
from backoffice.models.period import Allowance, SupportPeriod
from backoffice.models.plan import DocumentKind, FrozenDocument, SupportPlan
from backoffice.models.product import Product, ProductUpgrade, ProductVersion
from backoffice.models.record import DecisionRole, RecordDecision, ServiceRecord
from backoffice.models.sessions_and_tokens import ApiToken, StaffSession
from backoffice.models.site import Site, SiteDistance
from backoffice.models.slot import AllowanceSlot, SlotLedger, SlotState, SlotStep
from backoffice.models.staff import Role, Staff, StaffRole
from backoffice.models.suggestion import RatingSuggestion
from backoffice.models.summary import RecordChange, RecordSummary
from backoffice.models.tariff import BillingRule, TariffEdition, TariffLine, TariffMapping, TaxRate
from backoffice.models.transfer import AssetTransfer

__all__ = [
    "Allowance",
    "AllowanceSlot",
    "ApiToken",
    "Asset",
    "AssetTransfer",
    "AuditEntry",
    "Base",
    "BillingRule",
    "Channel",
    "Charge",
    "ChargeStatus",
    "Consumer",
    "CoverageDecision",
    "Customer",
    "CustomerKind",
    "CustomerPhone",
    "CustomerStage",
    "DecisionRole",
    "Delivery",
    "DeliveryStatus",
    "DocumentKind",
    "FrozenDocument",
    "IdempotencyKey",
    "Office",
    "OfficeKind",
    "Outbox",
    "OverrideRequest",
    "OverrideStatus",
    "PlanAddendum",
    "Product",
    "ProductUpgrade",
    "ProductVersion",
    "RatingSuggestion",
    "RecordChange",
    "RecordDecision",
    "RecordSummary",
    "Role",
    "ServiceRecord",
    "Site",
    "SiteDistance",
    "SlotLedger",
    "SlotState",
    "SlotStep",
    "Staff",
    "StaffRole",
    "StaffSession",
    "SuggestionStatus",
    "SupportPeriod",
    "SupportPlan",
    "TariffEdition",
    "TariffLine",
    "TariffMapping",
    "TaxRate",
]
