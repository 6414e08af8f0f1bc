"""``/healthz`` says that the process lives, ``/readyz`` that it can work: database, migrations, plugins, queue."""

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, jsonify
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from backoffice.migrations.revisions import current_revision, wrong_form
from backoffice.models import Outbox
from backoffice.operations.desk import Desk
from backoffice.plugins import list_plugins

Check = Mapping[str, object]
RETRY_AFTER_SECONDS = "5"
AWAY: Check = {"ok": False, "error": "the database is away"}


def health_blueprint(desk: Desk) -> Blueprint:
    """The two addresses; neither needs a sign-in nor tells more than states and names of plugins."""
    blueprint = Blueprint("health", __name__)

    @blueprint.get("/healthz")
    def healthz() -> Response:
        return jsonify(status="ok")

    @blueprint.get("/readyz")
    def readyz() -> tuple[Response, int, Mapping[str, str]]:
        checks = readiness(desk)
        if all(check["ok"] for check in checks.values()):
            return jsonify(status="ready", checks=checks), 200, {}
        return jsonify(status="not ready", checks=checks), 503, {"Retry-After": RETRY_AFTER_SECONDS}

    return blueprint


def readiness(desk: Desk) -> Mapping[str, Check]:
    """What each check says, by its name; the desk is ready when every one of them is ``ok``.

    The first look waits as long as a database may take to answer: while it is away nothing else is asked of it.
    """
    database = _tried(_database, desk)

    def asked(check: Callable[[Desk], Check]) -> Check:
        return _tried(check, desk) if database["ok"] else AWAY

    return {"database": database, "migrations": asked(_migrations), "plugins": _plugins(desk), "queue": asked(_queue)}


def _tried(check: Callable[[Desk], Check], desk: Desk) -> Check:
    try:
        return check(desk)
    except SQLAlchemyError as error:
        return {"ok": False, "error": type(error).__name__}


def _database(desk: Desk) -> Check:
    with desk.database.reading() as session:
        session.execute(text("SELECT 1"))
    return {"ok": True}


def _migrations(desk: Desk) -> Check:
    engine = desk.database.engine
    wrong = wrong_form(engine)
    return {"ok": wrong is None, "revision": current_revision(engine)} | ({} if wrong is None else {"error": wrong})


def _plugins(desk: Desk) -> Check:
    """A plugin that is refused or stopped spoils its own services only, so the desk stays ready."""
    rows = list_plugins(desk.registry)
    return {
        "ok": True,
        "loaded": [row.code for row in rows if row.reason is None],
        "stopped": [row.code for row in rows if row.reason and row.label],
        "refused": {row.code: row.reason for row in rows if row.reason and not row.label},
    }


def _queue(desk: Desk) -> Check:
    with desk.database.reading() as session:
        waiting = session.scalar(select(func.count()).select_from(Outbox).where(Outbox.delivered_at.is_(None)))
    return {"ok": True, "waiting": waiting}
