"""What a service type offers: its modes, its subjects, whether it needs an asset."""

from dataclasses import dataclass
from enum import StrEnum


class Mode(StrEnum):
    """How a service is delivered."""

    REMOTE = "remote"
    PHONE = "phone"
    ON_SITE = "on_site"
    """At the customer's place: what is done there is a visit, and the way there costs."""
    AT_COMPANY = "at_company"
    AT_AGENCY = "at_agency"


class Subject(StrEnum):
    """What a service is done to. Reinstalling a device is not reinstalling its software."""

    SOFTWARE = "software"
    DEVICE = "device"


@dataclass(frozen=True)
class Offering:
    """What one service type can be asked for: its code, modes and subjects (at least one), and its need of an asset."""

    code: str
    modes: frozenset[Mode]
    subjects: frozenset[Subject] = frozenset({Subject.SOFTWARE})
    needs_asset: bool = True

    def __post_init__(self) -> None:
        if not self.subjects:
            raise ValueError(f"service type {self.code} has no subject: give it software, device or both")

    @property
    def default_subject(self) -> Subject:
        """The subject meant when none is named: software where it is offered, else the only one."""
        return Subject.SOFTWARE if Subject.SOFTWARE in self.subjects else Subject.DEVICE
