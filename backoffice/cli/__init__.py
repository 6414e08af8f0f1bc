"""The command line: ``backoffice COMMAND``. One module per subject; each command says what it did and how it failed.

Exit codes: 0 done, 1 the work found something wrong, 2 the command or a setting was wrong.
"""

import sys

import click
from typing_extensions import override

from backoffice import __version__
from backoffice.cli.command_table import COMMANDS, command_named

ENDINGS = (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError)
"""What click ends a command by itself with; whoever read the output and broke the pipe has seen enough."""


class Backoffice(click.Group):
    """The group of all commands, each imported when it is run; what a person can mend is told without a trace."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return command_named(cmd_name)

    @override
    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        listed = {name: click.Command(name, help=entry.summary) for name, entry in COMMANDS.items()}
        click.Group(commands=listed).format_commands(ctx, formatter)

    @override
    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ENDINGS:
            raise
        except Exception as error:
            from backoffice.cli.endings import told

            lines = told(error)
            if not lines:
                raise
        for line in lines:
            click.echo(f"error: {line}", err=True)
        sys.exit(1)


@click.group(cls=Backoffice, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__)
def main() -> None:
    """The after-sales support desk: services recorded, decided and explained."""
