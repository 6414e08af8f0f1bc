"""Flask-SQLAlchemy's thin edge: the web application's engine, which is one of ``engine_for`` like every other."""

from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine
from typing_extensions import override

from backoffice.models.base import Base
from backoffice.models.database import engine_for


class EngineOfTheDesk(SQLAlchemy):
    """Flask-SQLAlchemy with the desk's own way to an engine; what it would add by itself is left out."""

    @override
    def _apply_driver_defaults(self, options: dict[str, Any], app: Flask) -> None:
        """Nothing: a file of SQLite would be looked for beside the application."""

    @override
    def _make_engine(self, bind_key: str | None, options: dict[str, Any], app: Flask) -> Engine:
        return engine_for(options["url"])


db = EngineOfTheDesk(model_class=Base)
"""The extension. Models inherit from ``Base``, not ``db.Model``; sessions are ``Database``'s, not ``db.session``."""


def init_engine(app: Flask, url: str) -> Engine:
    """Give ``app`` its engine on ``url``, which the caller disposes of."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    db.init_app(app)
    with app.app_context():
        return db.engine
