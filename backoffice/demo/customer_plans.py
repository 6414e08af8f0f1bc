"""The demo's customers: people and companies in the cities, with phones, sites and how far away those are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from backoffice.demo.chance import Chance
from backoffice.demo.words import words
from backoffice.domain.text import to_persian_digits
from backoffice.models import CustomerKind

COMPANY_SHARE = 0.45
UNMEASURED_SHARE = 0.15
SECOND_SITE_SHARE = 0.3


@dataclass(frozen=True, kw_only=True)
class SitePlan:
    """A place of a customer; ``metres`` is by road from the head office, None while nobody has measured it."""

    key: str
    title: str
    address: str
    metres: int | None


@dataclass(frozen=True, kw_only=True)
class CustomerPlan:
    """Somebody who buys or may buy, a prospect at first; ``office`` is the code of the office that serves them."""

    code: str
    name: str
    kind: CustomerKind
    city: str
    office: str
    phones: tuple[str, ...]
    sites: tuple[SitePlan, ...]


def customers(chance: Chance, count: int, *, first: int = 1) -> Iterator[CustomerPlan]:
    """``count`` customers, their codes numbered from ``first``."""
    cities = {position: city["share"] for position, city in enumerate(words("places")["cities"])}
    for number in range(first, first + count):
        city = words("places")["cities"][chance.weighted(cities)]
        kind = CustomerKind.COMPANY if chance.happens(COMPANY_SHARE) else CustomerKind.PERSON
        code = f"DEMO-{number:04d}"
        yield CustomerPlan(
            code=code,
            name=_company(chance) if kind is CustomerKind.COMPANY else _person(chance),
            kind=kind,
            city=city["name"],
            office=city["office"],
            phones=tuple(_phones(chance, kind, city["code"])),
            sites=tuple(_sites(chance, code, kind, city)),
        )


def _person(chance: Chance) -> str:
    names = words("names")
    return f"{chance.choice(names[chance.choice(['women', 'men'])])} {chance.choice(names['families'])}"


def _company(chance: Chance) -> str:
    names = words("names")
    return f"{chance.choice(names['company_kinds'])} {chance.choice(names['company_names'])}"


def _phones(chance: Chance, kind: CustomerKind, area_code: str) -> Iterator[str]:
    yield f"{chance.choice(words('names')['mobiles'])}000{chance.randrange(10_000):04d}"
    if kind is CustomerKind.COMPANY or chance.happens(0.2):
        yield f"{area_code}0000{chance.randrange(10_000):04d}"


def _sites(chance: Chance, code: str, kind: CustomerKind, city: Mapping[str, Any]) -> Iterator[SitePlan]:
    places = words("places")
    company = kind is CustomerKind.COMPANY
    titles = chance.sample(places["company_sites" if company else "person_sites"], 2)
    for title in titles[: 2 if company and chance.happens(SECOND_SITE_SHARE) else 1]:
        nearest, farthest = city["kilometres"]
        yield SitePlan(
            key=f"{code} {title}",
            title=title,
            address=_address(city["name"], chance.choice(places["streets"]), chance.randint(1, 400)),
            metres=None if chance.happens(UNMEASURED_SHARE) else chance.randint(nearest * 10, farthest * 10) * 100,
        )


def _address(city: str, street: str, number: int) -> str:
    return to_persian_digits(f"{city}، خیابان {street}، پلاک {number}")
