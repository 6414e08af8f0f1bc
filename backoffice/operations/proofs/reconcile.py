"""Prove that slots, ledger, records, decisions, charges and sums tell one story (domain invariants 1, 4, 5, 7)."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from backoffice.domain.record import record_number
from backoffice.models.long_transactions import take_the_time
from backoffice.operations.progress_watch import Watch, unwatched
from backoffice.operations.proofs.checks import all_checks
from backoffice.operations.proofs.summary_proof import miscounts, misplaced


@dataclass(frozen=True)
class Difference:
    """One thing that two tables tell differently."""

    what: str
    entity: str
    entity_id: int

    def __str__(self) -> str:
        name = record_number(self.entity_id) if self.entity == "ServiceRecord" else f"{self.entity} {self.entity_id}"
        return f"{name}: {self.what}"


def reconcile(session: Session, watch: Watch = unwatched) -> tuple[Difference, ...]:
    """Every difference there is, in the order of the checks; empty when all is well. Reads only.

    It reads every row there is: no statement of the transaction is given up for the time it takes.
    """
    take_the_time(session.connection())
    found = (
        Difference(check.what, check.entity, entity_id)
        for check in watch(tuple(all_checks()))
        for entity_id in session.scalars(check.offenders)
    )
    return (*found, *_summary_differences(session, watch))


def _summary_differences(session: Session, watch: Watch) -> Iterator[Difference]:
    for record_id in misplaced(session):
        yield Difference("its Jalali month is not that of its request", "ServiceRecord", record_id)
    for miscount in miscounts(session, watch):
        yield Difference(str(miscount), "RecordSummary", miscount.grain)
