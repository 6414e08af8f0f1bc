"""The admin's screens as they are put together, for tests that look at what they declare."""

from typing import Any, cast

from backoffice.admin.views import core_screens

AROUND: Any = None
"""No desk: what a screen declares asks for none."""

SCREENS = core_screens(cast(Any, AROUND))
