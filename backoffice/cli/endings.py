"""What ended a command, in the words of the person at the keyboard."""

import click

from backoffice.cli.command_desk import CommandRefused
from backoffice.cli.opened_database import Unusable
from backoffice.migrations.broken_references import BrokenReferences
from backoffice.migrations.revisions import UnknownRevision
from backoffice.operations.retrying import DatabaseBusy
from backoffice.settings import SettingsError
from backoffice.signin.secret_key import WeakSecretKey

BUSY = "the database is busy with the work of others; nothing was changed, try again"


def told(error: Exception) -> tuple[str, ...]:
    """What to print of an error that a person can mend, a line each; nothing for a fault of the desk's own.

    Raises ``click.UsageError`` for a wrong setting, which ends like a wrong option.
    """
    match error:
        case SettingsError() | WeakSecretKey():
            raise click.UsageError(str(error)) from error
        case CommandRefused():
            return error.lines
        case Unusable() | UnknownRevision() | BrokenReferences():
            return (str(error),)
        case DatabaseBusy():
            return (BUSY,)
        case OSError():
            return (f"{error.filename}: {error.strerror}" if error.filename else str(error),)
    return ()
