"""What a service type is: the class that plugin authors subclass, and the frozen facts its methods get."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from marshmallow import Schema

from backoffice.domain import coverage
from backoffice.domain.coverage import Decision, Facts
from backoffice.domain.label import Label
from backoffice.domain.problem import Problem
from backoffice.domain.record import RecordStatus
from backoffice.domain.service import Mode, Offering, Subject

CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z][a-z0-9]*)*")
"""How codes and field names are written. In camelCase no two of them become one name."""


class Part(StrEnum):
    """The two things a service type declares a schema for."""

    REQUEST = "request"
    RESULT = "result"


@dataclass(frozen=True, kw_only=True)
class RecordFacts:
    """A service record as a service type sees it. Instants are UTC; ``request`` holds the loaded request."""

    id: int
    status: RecordStatus
    mode: Mode
    subject: Subject
    customer_id: int
    asset_id: int | None
    requested_at: datetime
    performed_at: datetime | None
    minutes: int | None
    distance_metres: int | None
    request: Mapping[str, object]


class Effect:
    """Something a completed service asks the desk to do. Only the classes in ``EFFECTS`` are carried out."""


EFFECTS: frozenset[type[Effect]] = frozenset()
"""The effects the desk can carry out: none yet. One is added together with what carries it out."""


class ServiceType:
    """One kind of service. It decides and the desk acts: methods get frozen values and return values.

    Instances hold no state: one is made when the plugin is loaded and shared by all threads. The methods have no
    session, no request and no clock, and must not change what they are given.
    """

    code: ClassVar[str]
    """Stored with every record, and the name of the plugin's entry point; lower_snake_case. It never changes."""
    label: ClassVar[Label]
    icon: ClassVar[str] = "tool"
    """The name of an icon of the admin's sprite."""
    version: ClassVar[int] = 1
    """Of the two schemas together. Raised when stored data no longer fits them, with the ``upgrade_`` methods."""
    modes: ClassVar[frozenset[Mode]]
    subjects: ClassVar[frozenset[Subject]] = frozenset({Subject.SOFTWARE})
    needs_asset: ClassVar[bool] = True
    """Whether a record must name an asset."""
    request: ClassVar[type[Schema]]
    """What is asked when a record is opened."""
    result: ClassVar[type[Schema]]
    """What is recorded when the work is done."""

    @property
    def offering(self) -> Offering:
        """What the domain needs to know of this type."""
        return Offering(self.code, modes=self.modes, subjects=self.subjects, needs_asset=self.needs_asset)

    def schema(self, part: Part) -> type[Schema]:
        """The schema of one part."""
        return self.request if part is Part.REQUEST else self.result

    def check(self, request: Mapping[str, object], facts: Facts) -> Iterable[Problem]:
        """What speaks against opening this record. Each problem has a ``text``; its ``path`` begins at a field."""
        return ()

    def decide(self, request: Mapping[str, object], facts: Facts) -> Decision:
        """Whether the service is free, and what it costs. The plan's terms decide; a type rarely overrides this."""
        return coverage.decide(facts)

    def before_complete(self, record: RecordFacts, result: Mapping[str, object], facts: Facts) -> Iterable[Problem]:
        """What speaks against completing this record with this result; problems as in ``check``."""
        return ()

    def complete(self, record: RecordFacts, result: Mapping[str, object], facts: Facts) -> Iterable[Effect]:
        """What is to happen because this record is completed."""
        return ()

    def upgrade_request(self, data: dict[str, object], from_version: int) -> dict[str, object]:
        """A request stored under an earlier ``version``, in today's form. Needed as soon as ``version`` is above 1."""
        raise NotImplementedError(f"{self.code}: write upgrade_request(), records of version {from_version} exist")

    def upgrade_result(self, data: dict[str, object], from_version: int) -> dict[str, object]:
        """A result stored under an earlier ``version``, in today's form. Needed as soon as ``version`` is above 1."""
        raise NotImplementedError(f"{self.code}: write upgrade_result(), records of version {from_version} exist")
