"""The dashboard of the day: what came in, what waits, whose support ends, what was free and what was charged."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from flask_admin.base import expose
from werkzeug.wrappers import Response

from backoffice.admin.dashboard_chart import chart_of
from backoffice.admin.dashboard_figures import twelve_months
from backoffice.admin.record_line import RECORD_ROW
from backoffice.admin.screen import Screen
from backoffice.domain.calendar import TEHRAN
from backoffice.domain.period import Track
from backoffice.domain.record import OPEN, WORKED, RecordStatus
from backoffice.models import OverrideStatus
from backoffice.operations.overrides.approve_override import approve_override
from backoffice.pages.rows import Row
from backoffice.query.reader import Reader
from backoffice.query.selection import listing, want

ENDING = want(
    "last_day",
    asset=want("id", "serial_number", product=want("name"), customer=want("name")),
)

WAITING_OVERRIDE = want(
    "key",
    "outcome",
    "amount",
    "reason",
    "requested_at",
    requested_by=want("name"),
    record=want("id", "number", "mode", service_type=want("code", "label"), customer=want("name")),
)


OLDEST_FIRST = {"field": "REQUESTED_AT", "direction": "ASC"}
SOONEST_FIRST = {"field": "ENDS_BEFORE", "direction": "ASC"}
SHOWN = 8
ENDING_WITHIN = timedelta(days=30)


class DashboardScreen(Screen):
    """The first page."""

    title = "میز کار"
    path = "admin"
    address = "/admin"
    icon = "home"
    permissions = {"index": "record.read"}

    @expose("/")
    def index(self) -> Response:
        today = self.around.today
        with self.reading() as reader:
            figures = {name: _count(reader, chosen) for name, chosen in _counted(today).items()}
            mine, others = self._mine(reader), self._open(reader)
            overrides = self._overrides(reader) if self.viewer.may(approve_override.permission) else ()
            ending = _ending(reader, today)
            months = twelve_months(reader, today) if self.viewer.may("stats.read") else ()
        return self.page(
            "dashboard/index.html",
            figures=figures,
            mine=mine,
            others=others,
            overrides=overrides,
            ending=ending,
            months=months,
            chart=chart_of(months),
        )

    def _mine(self, reader: Reader) -> Sequence[Row]:
        """The oldest services that are mine to do."""
        return _oldest(reader, {"status": OPEN, "assignee_id": self.viewer.staff_id})

    def _open(self, reader: Reader) -> Sequence[Row]:
        """The oldest open services of others, and of nobody."""
        return _oldest(reader, {"status": OPEN, "not_assignee_id": self.viewer.staff_id})

    def _overrides(self, reader: Reader) -> Sequence[Row]:
        """What other supervisors decided and somebody else has to approve; the longest waiting first."""
        chosen = {"status": (OverrideStatus.WAITING,), "by_others_than": self.viewer.staff_id}
        arguments = {"filter": chosen, "first": SHOWN}
        return reader.page("OverrideRequest", arguments, listing(WAITING_OVERRIDE))["nodes"]


def _counted(today: date) -> Mapping[str, Mapping[str, object]]:
    """What the figures at the top count, as filters of the records' list."""
    day = {"gte": _start_of(today), "lt": _start_of(today + timedelta(days=1))}
    return {
        "open": {"status": OPEN},
        "in_progress": {"status": (RecordStatus.IN_PROGRESS,)},
        "today": {"requested_at": day},
        "done_today": {"requested_at": day, "status": WORKED},
    }


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), TEHRAN)


def _count(reader: Reader, chosen: Mapping[str, object]) -> int:
    return int(str(reader.page("ServiceRecord", {"filter": chosen, "first": 1}, want("total_count"))["total_count"]))


def _oldest(reader: Reader, chosen: Mapping[str, object]) -> Sequence[Row]:
    arguments = {"filter": chosen, "order_by": OLDEST_FIRST, "first": SHOWN}
    return reader.page("ServiceRecord", arguments, listing(RECORD_ROW))["nodes"]


def _ending(reader: Reader, today: date) -> Sequence[Row]:
    """The support periods that end soonest and were not renewed."""
    soon = {"gte": today, "lt": today + ENDING_WITHIN}
    chosen = {"track": (Track.SUPPORT,), "ends_on": soon, "renewed": False}
    arguments = {"filter": chosen, "order_by": SOONEST_FIRST, "first": SHOWN}
    return reader.page("SupportPeriod", arguments, listing(ENDING))["nodes"]
