"""The maintained summary of service records, from which statistics are read.

Both tables belong to the database's triggers (revision 0002), which write a change for whatever happens to a record and
fold changes into the summary by the hundred. Whoever reads the two together, in one statement, reads the truth.
"""

from collections.abc import Iterable, Mapping
from itertools import combinations
from types import MappingProxyType

from sqlalchemy import BigInteger, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.domain.record import RecordStatus
from backoffice.models.base import Base, Id, Identifier

NOT_COUNTED = (RecordStatus.CANCELLED, RecordStatus.VOIDED)
"""Records that count for nothing unless a status is asked for. A grain without the status leaves them out."""

ALL_OFFICES = 0
"""The ``office_id`` of the rows that sum all offices up."""

WEIGHTS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "product_id": (1, 200),
        "status": (2, 7),
        "outcome": (4, 5),
        "mode": (8, 5),
        "channel_code": (16, 5),
        "service_type": (32, 15),
        "jalali_month": (64, 60),
    }
)
"""What records are summed up by: each column's bit in a grain, and about how many values it has on a large desk.

The columns stand in the order of the summary's primary key, after grain and office.
"""

ABSENT: Mapping[str, str | int] = MappingProxyType(
    {column: 0 if column in ("product_id", "jalali_month") else "" for column in WEIGHTS}
)
"""What a row of the summary holds in a column that its grain lacks."""


def grain_of(columns: Iterable[str]) -> int:
    """The grain that sums records up by these columns of ``WEIGHTS``."""
    return sum(WEIGHTS[column][0] for column in set(columns))


def columns_of(grain: int) -> tuple[str, ...]:
    """The columns by which a grain sums records up."""
    return tuple(column for column, (bit, _) in WEIGHTS.items() if grain & bit)


_SMALL = ("status", "outcome", "mode", "channel_code")

GRAINS = (
    grain_of(("service_type", "outcome", "mode", "channel_code")),
    grain_of(_SMALL),
    grain_of(("service_type", "jalali_month")),
    *(grain_of(("service_type", "status", other)) for other in _SMALL[1:]),
    *(grain_of(("service_type", "jalali_month", other)) for other in _SMALL),
    *(grain_of(("jalali_month", *pair)) for pair in combinations(_SMALL, 2)),
    *(grain_of(("product_id", other)) for other in WEIGHTS if other != "product_id"),
)
"""What is kept for every office: any three columns without the product, and the product with any other column."""

FINE_GRAINS = tuple(
    grain
    for four in combinations((*_SMALL, "service_type", "jalali_month"), 4)
    if (grain := grain_of(four)) not in GRAINS
)
"""What is kept for all offices together besides: any four columns without the product.

The triggers have the same lists; a change of them is a migration that fills the summary anew.
"""


_VALUE = String(32)
"""A value of an enum as text, without its CHECK: a row of the summary holds '' for a column its grain lacks."""


class RecordSummary(Base):
    """How many records share the values of a grain's columns, and their sums in rials; unknown amounts count as 0.

    A column that the grain lacks holds its ``ABSENT``; so does ``product_id`` for records without a product.
    """

    __tablename__ = "record_summary"
    __table_args__ = {"sqlite_with_rowid": False, "postgresql_with": {"fillfactor": 50}}  # noqa: RUF012

    grain: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    office_id: Mapped[int] = mapped_column(Identifier, primary_key=True, autoincrement=False)
    product_id: Mapped[int] = mapped_column(Identifier, primary_key=True, autoincrement=False)
    status: Mapped[str] = mapped_column(_VALUE, primary_key=True)
    outcome: Mapped[str] = mapped_column(_VALUE, primary_key=True)
    mode: Mapped[str] = mapped_column(_VALUE, primary_key=True)
    channel_code: Mapped[str] = mapped_column(primary_key=True)
    service_type: Mapped[str] = mapped_column(primary_key=True)
    jalali_month: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    records: Mapped[int] = mapped_column(BigInteger)
    amount: Mapped[int] = mapped_column(BigInteger)
    shadow_amount: Mapped[int] = mapped_column(BigInteger)


class RecordChange(Base):
    """What a record adds to the summary, or takes from it: ``records`` is 1 or -1, the sums have the same sign."""

    __tablename__ = "record_change"
    __table_args__ = {  # noqa: RUF012
        "postgresql_with": {"autovacuum_vacuum_scale_factor": 0, "autovacuum_vacuum_threshold": 2_000}
    }

    id: Mapped[Id]
    office_id: Mapped[int] = mapped_column(Identifier)
    product_id: Mapped[int] = mapped_column(Identifier)
    status: Mapped[str] = mapped_column(_VALUE)
    outcome: Mapped[str] = mapped_column(_VALUE)
    mode: Mapped[str] = mapped_column(_VALUE)
    channel_code: Mapped[str]
    service_type: Mapped[str]
    jalali_month: Mapped[int]
    records: Mapped[int] = mapped_column(SmallInteger)
    amount: Mapped[int] = mapped_column(BigInteger)
    shadow_amount: Mapped[int] = mapped_column(BigInteger)
