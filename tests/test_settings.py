"""Settings: what the environment may say, and what is said back when it may not."""

from pathlib import Path

import pytest

from backoffice.settings import MASK, Environment, Settings, SettingsError


def test_an_empty_environment_gives_a_desk_on_sqlite_under_var():
    settings = Settings.from_environment({"PATH": "/bin"})

    assert settings.database_url == f"sqlite:///{Path('var') / 'backoffice.sqlite'}"
    assert settings.environment is Environment.DEVELOPMENT
    assert settings.plugins is None


def test_the_database_moves_with_var():
    assert Settings.from_environment({"BACKOFFICE_VAR": "state"}).database_url == "sqlite:///state/backoffice.sqlite"


@pytest.mark.parametrize(("text", "names"), [("", ()), ("demo", ("demo",)), ("demo, training", ("demo", "training"))])
def test_plugins_are_exactly_those_listed(text, names):
    assert Settings.from_environment({"BACKOFFICE_PLUGINS": text}).plugins == names


@pytest.mark.parametrize(
    ("key", "text", "accepts"),
    [
        ("BACKOFFICE_ENV", "staging", "development or production"),
        ("BACKOFFICE_DATABASE_URL", "mysql://root@localhost/x", "sqlite:///FILE"),
        ("BACKOFFICE_DATABASE_URL", "postgresql+psycopg://u@h:port/x", "postgresql+psycopg://USER"),
        ("BACKOFFICE_DATABASE_URL", "postgresql+psycopg://u@h", "postgresql+psycopg://USER"),
        ("BACKOFFICE_DATABASE_URL", "sqlite:///", "sqlite:///FILE"),
        ("BACKOFFICE_DATABASE_URL", "sqlite:///:memory:", "sqlite:///FILE"),
        ("BACKOFFICE_TRUSTED_PROXIES", "9" * 5000, "a whole number"),
        ("BACKOFFICE_TRUSTED_PROXIES", "-1", "a whole number"),
        ("BACKOFFICE_TRUSTED_PROXIES", "۲", "a whole number"),
        ("BACKOFFICE_GRAPHIQL", "yes", "on or off"),
        ("BACKOFFICE_COLOUR", "blue", "The settings are: BACKOFFICE_ENV"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name_with_what_is_accepted(key, text, accepts):
    with pytest.raises(SettingsError, match=key) as refusal:
        Settings.from_environment({key: text})

    assert accepts in str(refusal.value)


def test_the_tests_own_settings_are_none_of_the_products():
    assert Settings.from_environment({"BACKOFFICE_TEST_POSTGRES_URL": "x"}) == Settings.from_environment({})


@pytest.mark.parametrize(
    ("environ", "served"),
    [
        ({}, True),
        ({"BACKOFFICE_ENV": "production"}, False),
        ({"BACKOFFICE_ENV": "production", "BACKOFFICE_GRAPHIQL": "on"}, True),
        ({"BACKOFFICE_GRAPHIQL": "off"}, False),
    ],
)
def test_graphiql_is_off_in_production_unless_switched_on(environ, served):
    assert Settings.from_environment(environ).graphiql is served


def test_secrets_are_masked_in_the_table_of_settings():
    settings = Settings.from_environment(
        {"BACKOFFICE_SECRET_KEY": "k" * 32, "BACKOFFICE_DATABASE_URL": "postgresql+psycopg://u:p@h/d"}
    )

    table = settings.table()

    assert table["BACKOFFICE_SECRET_KEY"] == table["BACKOFFICE_DATABASE_URL"] == MASK
    assert table["BACKOFFICE_ENV"] == "development"
