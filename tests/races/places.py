"""A desk whose plan gives away three free trainings in a period, on the machine's clock as a server has it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from backoffice.access.viewers import system_viewer
from backoffice.domain.calendar import business_day, system_clock
from backoffice.domain.plan_file import shipped_plan
from backoffice.models.database import Database
from backoffice.operations.desk import Desk
from backoffice.operations.plans.publish_plan import PublishPlan, publish_plan
from backoffice.operations.staff.create_token import CreateToken, create_token
from backoffice.query.global_id import to_global_id
from tests.builders import Kit, StillClock, installed_plugins, prepare_desk

PLACES = 3
PLAN = "three-places"
ALLOWANCE = "training.remote"

Input = dict[str, object]


def prepare_places(database: Database) -> None:
    """A prepared desk with the plan ``PLAN``: the shipped one, but with ``PLACES`` remote trainings."""
    prepare_desk(database)
    shipped = shipped_plan()
    rules = tuple(replace(rule, quantity=PLACES) if rule.key == ALLOWANCE else rule for rule in shipped.allowances)
    plan = replace(shipped, code=PLAN, version=1, allowances=rules)
    assert publish_plan(_desk(database), system_viewer(), PublishPlan(plan=plan)).problems == ()


def kit_of_today(database: Database) -> Kit:
    """A kit whose desk goes by the machine's clock."""
    return Kit(_desk(database), StillClock(datetime.now(UTC)))


def token_of(kit: Kit, username: str) -> str:
    """An API token with which a program acts for a member of staff."""
    made = create_token(kit.desk, system_viewer(), CreateToken(username=username))
    assert made.told
    return made.told


def assets_of(kit: Kit, number: int) -> list[int]:
    """The ids of so many assets, sold a month ago to one customer, each with its own three places."""
    sold = {
        "customer_id": kit.customer(),
        "product_id": kit.product(),
        "support_plan": PLAN,
        "purchased_on": business_day(system_clock()) - timedelta(days=30),
    }
    return [kit.purchase(**sold) for _ in range(number)]


def training(asset_id: int, **given: object) -> Input:
    """The input that records a remote training of an asset."""
    usual: Input = {
        "assetId": to_global_id("Asset", asset_id),
        "mode": "REMOTE",
        "channel": "phone",
        "request": {"training": {"topic": uuid4().hex}},
        "minutes": 60,
    }
    return usual | given


def now() -> str:
    """This moment, as an input has it."""
    return datetime.now(UTC).isoformat()


def _desk(database: Database) -> Desk:
    return Desk(database, installed_plugins(), system_clock)
