"""What the desk has before the bulk demo's first step: its plan, tariffs, staff and products."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from backoffice.demo.words import words
from backoffice.domain.actor import Actor, ActorKind
from backoffice.domain.coverage import ServiceAsked
from backoffice.domain.period import Track
from backoffice.domain.plan import AllowanceRule, SupportPlan
from backoffice.domain.tariff import TariffBook
from backoffice.domain.tax import TaxTable
from backoffice.models import Office, Product, Staff
from backoffice.operations.customers.period_rows import granted
from backoffice.operations.rules import published_plans
from backoffice.operations.rules.addenda import AnsweringPlans, answering_plans
from backoffice.operations.rules.tariff_books import tariff_book, tax_table


@dataclass(frozen=True)
class Clerk:
    """A member of staff, and the office whose records are theirs."""

    id: int
    name: str
    office_id: int

    @property
    def actor(self) -> Actor:
        """Whose act it is what they do."""
        return Actor(ActorKind.STAFF, self.id, self.name)


@dataclass(frozen=True)
class SoldPlan:
    """The newest published plan: its row's id, the plan as frozen, and its addenda."""

    id: int
    plan: SupportPlan
    answering: AnsweringPlans

    def answers(self, asked: ServiceAsked) -> SupportPlan:
        """The plan as it answers on the day that is asked about."""
        return self.answering.for_question(self.id, self.plan.content_hash, asked)

    @cached_property
    def grants(self) -> Mapping[Track, Sequence[AllowanceRule]]:
        """The allowances that come with a period of each track."""
        return {track: granted(self.plan, track) for track in Track}

    @cached_property
    def keys(self) -> Mapping[Track, tuple[str, ...]]:
        """Their keys, in the same order."""
        return {track: tuple(rule.key for rule in rules) for track, rules in self.grants.items()}


@dataclass(frozen=True, kw_only=True)
class DeskAtStart:
    """All of it; ``products`` by SKU, ``staff`` by user name."""

    sold: SoldPlan
    book: TariffBook
    taxes: TaxTable
    origin_id: int
    products: Mapping[str, int]
    staff: Mapping[str, Clerk]
    supervisor: Clerk


def desk_at_start(session: Session, default_plan: str, skus: Iterable[str]) -> DeskAtStart:
    """What is there, of the products those with these SKUs."""
    row = published_plans.newest_published(session, default_plan, path="support_plan")
    answering = answering_plans(session, {(row.id, row.document_hash)})
    people = words("desk")["staff"]
    chosen = select(Staff).where(Staff.username.in_([one["username"] for one in people]))
    staff = {one.username: Clerk(one.id, one.name, one.office_id) for one in session.scalars(chosen)}
    known = dict(session.execute(select(Product.sku, Product.id)).all())
    return DeskAtStart(
        sold=SoldPlan(row.id, answering.frozen[row.document_hash], answering),
        book=tariff_book(session),
        taxes=tax_table(session),
        origin_id=session.scalars(select(Office.id).where(Office.is_origin)).one(),
        products={sku: known[sku] for sku in skus},
        staff=staff,
        supervisor=next(staff[one["username"]] for one in people if one["role"] == "supervisor"),
    )
