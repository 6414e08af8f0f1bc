"""What is asked, made definite: the service type, the asset, whose it is, how far, in bounds and in UTC."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, TypeAlias

from backoffice.domain.coverage import ServiceAsked
from backoffice.domain.label import Label
from backoffice.domain.override import Override
from backoffice.domain.problem import ErrorCode
from backoffice.domain.service import Mode, Subject
from backoffice.models import Asset, Customer
from backoffice.operations import lookups
from backoffice.operations.command import Command, Given
from backoffice.operations.kinds import METRES, MINUTES, Called, Choice, Id, Instant, PastInstant, PluginData
from backoffice.operations.result import Refusal, refuse
from backoffice.operations.site_distances import distance_of, site_of
from backoffice.operations.work import Work
from backoffice.plugins import Part, ServiceType, calls


def installed(work: Work, code: str, path: str = "service_type") -> ServiceType:
    """The service type of this code; INVALID when no plugin brings it."""
    service_type = work.desk.registry.get(code)
    if service_type is None:
        raise refuse(ErrorCode.INVALID, "service_type", path=(path,), service_type=code)
    return service_type


PerformedAt: TypeAlias = Annotated[
    datetime | None,
    Given(
        PastInstant(),
        Label(fa="زمان انجام", en="Performed at"),
        about="When it was done: it is priced on this day.",
    ),
]
Minutes: TypeAlias = Annotated[
    int | None,
    Given(
        MINUTES,
        Label(fa="مدت کار (دقیقه)", en="Minutes of work"),
        about="How long it took; the mode's minimum is priced when left out.",
    ),
]
DistanceMetres: TypeAlias = Annotated[
    int | None,
    Given(METRES, Label(fa="فاصلهٔ جاده‌ای (متر)", en="Road distance (metres)"), about="By road, one way, in metres."),
]


@dataclass(frozen=True, kw_only=True)
class Asking(Command):
    """What a preview and a recording have in common.

    ``requested_at`` is now unless given, or ``performed_at`` where that is earlier; ``subject`` the type's default;
    ``distance_metres`` (by road, from the origin office) that of the site, and the site that of the asset. ``request``
    holds the values of the service type's schema.
    """

    service_type: Annotated[
        str,
        Given(
            Called(entity="ServiceType", find=installed),
            Label(fa="خدمت", en="Service type"),
            about="The code of the service type.",
        ),
    ]
    mode: Annotated[Mode, Given(Choice(), Label(fa="شیوهٔ ارائه", en="Mode"), about="How it is delivered.")]
    asset_id: Annotated[int | None, Given(Id("Asset"), Label(fa="دستگاه", en="Asset"), about="For which asset.")] = None
    customer_id: Annotated[
        int | None,
        Given(Id("Customer"), Label(fa="مشتری", en="Customer"), about="For which customer, where there is no asset."),
    ] = None
    subject: Annotated[
        Subject | None,
        Given(
            Choice(),
            Label(fa="موضوع", en="Subject"),
            about="What it is done to; software where the type offers it.",
        ),
    ] = None
    site_id: Annotated[
        int | None,
        Given(Id("Site"), Label(fa="محل", en="Site"), about="Where; its distance counts unless another is given."),
    ] = None
    requested_at: Annotated[
        datetime | None,
        Given(
            Instant(),
            Label(fa="زمان درخواست", en="Requested at"),
            about="When it was asked for: coverage is judged on this day; now when left out.",
        ),
    ] = None
    performed_at: PerformedAt = None
    minutes: Minutes = None
    distance_metres: DistanceMetres = None
    request: Annotated[
        Mapping[str, object] | None,
        Given(
            PluginData(Part.REQUEST), Label(fa="درخواست", en="Request"), about="What is asked for, when it is known."
        ),
    ] = None


@dataclass(frozen=True, kw_only=True)
class Question:
    """A definite question for a decision; ``request`` holds loaded values.

    ``record_id`` is of a record that is decided again, ``override`` what a supervisor has decided about it.
    """

    service_type: ServiceType
    asked: ServiceAsked
    asset: Asset | None
    customer: Customer | None
    site_id: int | None
    request: Mapping[str, object]
    record_id: int | None = None
    override: Override | None = None


def ask(work: Work, asking: Asking) -> Question:
    """The question that ``asking`` puts.

    INVALID or NOT_FOUND, at the field, for what is not there or not the customer's. ``asking`` has been read.
    """
    service_type = installed(work, asking.service_type)
    asset = None if asking.asset_id is None else lookups.asset(work, asking.asset_id)
    customer = _whose(work, asking, asset)
    site_id = _where(work, asking, asset, customer)
    distance, performed_at = asking.distance_metres, asking.performed_at
    asked = ServiceAsked(
        service_type=service_type.code,
        mode=asking.mode,
        subject=asking.subject or service_type.offering.default_subject,
        requested_at=_requested(work, asking.requested_at, performed_at),
        performed_at=performed_at,
        minutes=asking.minutes,
        distance_metres=distance_of(work, site_id) if distance is None else distance,
    )
    request = {} if asking.request is None else loaded(service_type, Part.REQUEST, asking.request)
    return Question(
        service_type=service_type, asked=asked, asset=asset, customer=customer, site_id=site_id, request=request
    )


def loaded(service_type: ServiceType, part: Part, raw: Mapping[str, object]) -> Mapping[str, object]:
    """The values of a request or result; the problems of its schema stand at ``request.<code>.<field>``."""
    answer = calls.load(service_type, part, raw, path=(part, service_type.code))
    if answer.problems:
        raise Refusal(*answer.problems)
    return answer.values


def _requested(work: Work, given: datetime | None, performed_at: datetime | None) -> datetime:
    """When it was asked for: now unless given, or when it was done where that is earlier."""
    if given is not None:
        return given
    return work.now if performed_at is None else min(work.now, performed_at)


def _whose(work: Work, asking: Asking, asset: Asset | None) -> Customer | None:
    customer_id = asking.customer_id
    if asset is not None and customer_id is None:
        customer_id = asset.customer_id
    customer = None if customer_id is None else lookups.customer(work, customer_id)
    if asset is not None and customer is not None and asset.customer_id != customer.id:
        raise refuse(ErrorCode.INVALID, "not_the_customers", path=("asset_id",))
    return customer


def _where(work: Work, asking: Asking, asset: Asset | None, customer: Customer | None) -> int | None:
    """The site named, which must be the customer's, else where the asset stands."""
    if asking.site_id is None:
        return None if asset is None else asset.site_id
    if customer is None:
        return lookups.site(work, asking.site_id).id
    site_of(work, asking.site_id, customer)
    return asking.site_id
