"""The dashboard of the day: what came in, what waits, whose support ends, what was free and what was charged."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from flask_admin.base import expose
from werkzeug.wrappers import Response

from backoffice.admin import wants
from backoffice.admin.base import Row, Screen, nodes_of, rows_of
from backoffice.admin.chart import chart_of
from backoffice.admin.figures import twelve_months
from backoffice.domain.calendar import TEHRAN
from backoffice.domain.record import RecordStatus
from backoffice.query.reader import Reader
from backoffice.query.selection import listing, want

OPEN = (RecordStatus.REQUESTED, RecordStatus.SCHEDULED, RecordStatus.IN_PROGRESS)
OLDEST_FIRST = {"field": "REQUESTED_AT", "direction": "ASC"}
QUEUE = 8
ENDING_WITHIN = timedelta(days=30)
ENDING_READ, ENDING_SHOWN = 100, 8


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
            queue = self._queue(reader)
            ending = _ending(reader, today)
            months = twelve_months(reader, today) if self.viewer.may("stats.read") else ()
        return self.page(
            "dashboard/index.html", figures=figures, queue=queue, ending=ending, months=months, chart=chart_of(months)
        )

    def _queue(self, reader: Reader) -> Row:
        """The oldest open services: mine where there are any, else everybody's that I may see."""
        everybody = {"status": OPEN}
        mine = _open(reader, everybody | {"assignee_id": self.viewer.staff_id})
        return {"mine": True, "rows": mine} if mine else {"mine": False, "rows": _open(reader, everybody)}


def _counted(today: date) -> Mapping[str, Mapping[str, object]]:
    """What the figures at the top count, as filters of the records' list."""
    day = {"gte": _start_of(today), "lt": _start_of(today + timedelta(days=1))}
    return {
        "open": {"status": OPEN},
        "in_progress": {"status": (RecordStatus.IN_PROGRESS,)},
        "today": {"requested_at": day},
        "done_today": {"requested_at": day, "status": (RecordStatus.DONE, RecordStatus.CLOSED)},
    }


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), TEHRAN)


def _count(reader: Reader, chosen: Mapping[str, object]) -> int:
    return int(str(reader.page("ServiceRecord", {"filter": chosen, "first": 1}, want("totalCount"))["totalCount"]))


def _open(reader: Reader, chosen: Mapping[str, object]) -> list[Row]:
    arguments = {"filter": chosen, "order_by": OLDEST_FIRST, "first": QUEUE}
    return list(nodes_of(reader.page("ServiceRecord", arguments, listing(wants.RECORD_ROW))))


def _ending(reader: Reader, today: date) -> list[Row]:
    """The assets whose periods end soonest; read up to a hundred, since their list has no order by end."""
    chosen = {"period_ends_on": {"gte": today, "lt": today + ENDING_WITHIN}}
    found = nodes_of(reader.page("Asset", {"filter": chosen, "first": ENDING_READ}, listing(wants.ASSET_ROW)))
    by_end = [(min(_last_days(asset)), asset) for asset in found if _last_days(asset)]
    by_end.sort(key=lambda pair: pair[0])
    return [{"lastDay": day, **asset} for day, asset in by_end[:ENDING_SHOWN]]


def _last_days(asset: Row) -> list[date]:
    return [day for period in rows_of(asset, "currentPeriods") if isinstance(day := period["lastDay"], date)]
