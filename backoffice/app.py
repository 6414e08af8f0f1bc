"""The application: the one place where settings, database, plugins, access and the two faces meet."""

from flask import Flask
from flask_babel import Babel
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from backoffice.admin import create_admin
from backoffice.domain.calendar import Clock, system_clock
from backoffice.models.database import Database
from backoffice.operations.desk import Desk
from backoffice.plugins import load, log_refused
from backoffice.schema import fitting, graphql_blueprint
from backoffice.settings import Settings
from backoffice.signin import init_signin
from backoffice.signin.current_viewer import language_of_viewer
from backoffice.signin.secret_key import secret_key
from backoffice.web.application_engine import init_engine
from backoffice.web.database_away import answer_failures
from backoffice.web.headers import add_headers
from backoffice.web.health import health_blueprint

MEGABYTE = 1_000_000


def create_app(settings: Settings, *, clock: Clock = system_clock) -> Flask:
    """The desk as a WSGI application. ``app.extensions["backoffice"]`` is its ``Desk``."""
    app = Flask("backoffice", static_folder=None)
    app.jinja_options = {"undefined": StrictUndefined}
    app.config.update(SECRET_KEY=secret_key(settings), MAX_CONTENT_LENGTH=MEGABYTE, MAX_FORM_MEMORY_SIZE=MEGABYTE)
    _trust_proxies(app, settings.trusted_proxies)
    desk = app.extensions["backoffice"] = _desk(app, settings, clock)

    add_headers(app)
    answer_failures(app)
    viewers = init_signin(app, desk, in_production=settings.in_production)
    Babel(app, default_locale="fa", default_timezone="Asia/Tehran", locale_selector=language_of_viewer)
    create_admin(app, desk, viewers.by_session)
    graphiql, in_production = bool(settings.graphiql), settings.in_production
    app.register_blueprint(
        graphql_blueprint(desk, viewers.by_token_or_session, graphiql=graphiql, in_production=in_production)
    )
    app.register_blueprint(health_blueprint(desk))
    return app


def _desk(app: Flask, settings: Settings, clock: Clock) -> Desk:
    """The desk on the database of the settings, with every plugin that fits."""
    registry = fitting(load(enabled=settings.plugins, strict=False))
    log_refused(registry)
    return Desk(
        database=Database(init_engine(app, settings.database_url)),
        registry=registry,
        clock=clock,
        default_plan=settings.default_plan,
        override_limit=settings.override_limit,
    )


def _trust_proxies(app: Flask, hops: int) -> None:
    """Believe the ``X-Forwarded-`` headers of the last ``hops`` proxies, and of nobody without one."""
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
