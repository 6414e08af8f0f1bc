"""The command line: ``backoffice COMMAND``. One module per subject; each command says what it did and how it failed.

Exit codes: 0 done, 1 the work found something wrong, 2 the command or a setting was wrong.
"""

import sys
from typing import NoReturn

import click
from typing_extensions import override

from backoffice import __version__
from backoffice.cli import (
    allowance,
    audit,
    cases,
    channel,
    config,
    database,
    decision,
    demo,
    office,
    plan,
    plan_lists,
    plugin,
    plugin_info,
    plugin_new,
    product,
    product_version,
    role,
    schema,
    serving,
    state,
    suggestion,
    tariff,
    tariff_lists,
    tariff_mapping,
    tax,
    token,
    user,
)
from backoffice.cli.desk import Refused
from backoffice.cli.opening import Unusable
from backoffice.migrations import UnknownRevision
from backoffice.migrations.broken_references import BrokenReferences
from backoffice.operations.retrying import DatabaseBusy
from backoffice.settings import SettingsError
from backoffice.signin.keys import WeakSecretKey


class Backoffice(click.Group):
    """The group of all commands; what a person can mend is told in one line, without a trace."""

    @override
    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (SettingsError, WeakSecretKey) as error:
            raise click.UsageError(str(error)) from error
        except Refused as refusal:
            _fail(*refusal.lines)
        except (Unusable, UnknownRevision, BrokenReferences) as error:
            _fail(str(error))
        except DatabaseBusy:
            _fail("the database is busy with the work of others; nothing was changed, try again")
        except BrokenPipeError:
            raise  # whoever read the output has seen enough: click ends quietly
        except OSError as error:
            _fail(f"{error.filename}: {error.strerror}" if error.filename else str(error))


def _fail(*lines: str) -> NoReturn:
    for line in lines:
        click.echo(f"error: {line}", err=True)
    sys.exit(1)


@click.group(cls=Backoffice, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__)
def main() -> None:
    """The after-sales support desk: services recorded, decided and explained."""


for command in (
    serving.run,
    serving.serve,
    database.init,
    database.upgrade,
    database.reconcile,
    user.user,
    role.role,
    token.token,
    plugin.plugin,
    schema.schema,
    demo.demo,
    cases.cases,
    decision.decision,
    office.office,
    channel.channel,
    allowance.allowance,
    product.product,
    plan.plan,
    tariff.tariff,
    tax.tax,
    suggestion.suggestion,
    audit.audit,
    config.config,
    state.health,
    state.version,
):
    main.add_command(command)
for group, members in (
    (plan.plan, (plan_lists.list_plans, plan_lists.show)),
    (plugin.plugin, (plugin_info.info, plugin_new.new)),
    (product.product, (product_version.versions, product_version.release, product_version.withdraw)),
    (tariff.tariff, (tariff_lists.list_editions, tariff_lists.show)),
    (tariff.tariff, (tariff_mapping.mapping, tariff_mapping.map_service, tariff_mapping.unmap)),
):
    for member in members:
        group.add_command(member)
