"""What a command imports: the help nothing of the desk, and a desk of one machine nothing that Windows lacks."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from backoffice.cli.command_table import COMMANDS, command_named

FRAMEWORKS = {
    "alembic",
    "backoffice.domain",
    "backoffice.models",
    "flask",
    "marshmallow",
    "sqlalchemy",
    "strawberry",
    "structlog",
}

NOT_ON_WINDOWS = ("fcntl", "grp", "gunicorn", "pwd", "resource", "termios")

HELP = """
import sys
from backoffice.cli import main
main(sys.argv[1:], standalone_mode=False)
print(*sys.modules, file=sys.stderr)
"""

ON_WINDOWS = f"""
import sys
sys.modules.update(dict.fromkeys({NOT_ON_WINDOWS!r}))
import backoffice.app, backoffice.cli.servers, backoffice.cli.serving
"""

SERVES = {"run", "serve"}

NOT_SERVING = """
import sys
from backoffice.cli.command_table import command_named
for name in sys.argv[1:]:
    command_named(name)
print(*sys.modules)
"""


def python(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_telling_what_there_is_imports_nothing_of_the_desk(option: str):
    imported = set(python(HELP, option).stderr.split())

    assert "backoffice.cli" in imported
    assert imported & FRAMEWORKS == set()


def test_a_command_that_does_not_serve_imports_neither_the_log_nor_the_edge_to_flask():
    imported = set(python(NOT_SERVING, *COMMANDS.keys() - SERVES).stdout.split())

    assert "backoffice.models.database" in imported
    assert imported & {"flask_sqlalchemy", "structlog"} == set()


def test_a_desk_on_sqlite_imports_no_driver_of_another_database(tmp_path: Path):
    program = """
import sys
from backoffice.app import create_app
from backoffice.settings import Settings

create_app(Settings.from_environment({"BACKOFFICE_VAR": sys.argv[1]}))
print(*sys.modules)
"""
    assert set(python(program, str(tmp_path)).stdout.split()) & {"psycopg", "psycopg_pool"} == set()


def test_a_module_that_windows_lacks_cannot_be_imported_in_this_test():
    with pytest.raises(subprocess.CalledProcessError):
        python(ON_WINDOWS + "import gunicorn")


def test_a_desk_on_one_machine_needs_nothing_that_windows_lacks():
    python(ON_WINDOWS)


@pytest.mark.parametrize("name", list(COMMANDS))
@pytest.mark.parametrize("room", [45, 200])
def test_the_help_of_all_commands_says_what_the_help_of_each_says(name: str, room: int):
    command = command_named(name)

    assert command is not None
    listed = click.Command(name, help=COMMANDS[name].summary)
    assert listed.get_short_help_str(room) == command.get_short_help_str(room)


def test_there_is_no_command_of_an_unknown_name():
    assert command_named("fly") is None
