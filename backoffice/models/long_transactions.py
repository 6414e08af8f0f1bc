"""Transactions that may take as long as they need."""

from sqlalchemy import Connection


def take_the_time(connection: Connection) -> None:
    """Let the statements of this transaction take as long as they need: they read or write every row there is."""
    if connection.dialect.name != "sqlite":
        from backoffice.models.connection_timeouts import wait_for_ever  # and with it PostgreSQL's driver

        wait_for_ever(connection)
