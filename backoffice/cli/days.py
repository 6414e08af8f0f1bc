"""Days as the command line takes them."""

from datetime import date

import click
from typing_extensions import override

from backoffice.domain import cell_text


class _Day(click.ParamType[date]):
    name = "day"

    @override
    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return cell_text.day(str(value))
        except cell_text.BadText:
            self.fail(f"{value!r} is no day: write 1405/07/01, or 2026-09-23 for a Gregorian one", param, ctx)


DAY = _Day()
"""A Jalali day, 1405/07/01, or a Gregorian one in ISO 8601, 2026-09-23."""
