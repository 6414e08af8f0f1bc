"""``backoffice tariff mapping``, ``map`` and ``unmap``: which lines of the tariff price which service."""

import click

from backoffice.access.viewers import system_viewer
from backoffice.cli.command_desk import opened_desk, reading, refuse_problems, unknown
from backoffice.cli.output import TOLD, Columns, Teller
from backoffice.cli.selecting import want
from backoffice.cli.tariff import tariff as tariffs
from backoffice.domain.term import ANY_SERVICE
from backoffice.operations.desk import Desk
from backoffice.operations.tariffs.map_tariff import MapTariff, UnmapTariff, map_tariff, unmap_tariff

MAPPING = want("serviceType", "labour", "callOut", "kilometre")
COLUMNS: Columns = {"SERVICE": "serviceType", "LABOUR": "labour", "CALL-OUT": "callOut", "KILOMETRE": "kilometre"}


@tariffs.command()
@TOLD
def mapping(told: Teller) -> None:
    """The lines by which services are priced; "*" is every service that has none of its own."""
    with opened_desk() as desk, reading(desk) as reader:
        told.rows(reader.list("TariffMapping", MAPPING), COLUMNS)


@tariffs.command("map")
@click.argument("service")
@click.option("--labour", required=True, metavar="LINE", help="Code of the line that prices the work.")
@click.option("--call-out", metavar="LINE", help="Code of the line that prices a visit; without it that costs nothing.")
@click.option(
    "--kilometre", metavar="LINE", help="Code of the line that prices the way; without it that costs nothing."
)
def map_service(service: str, labour: str, call_out: str | None, kilometre: str | None) -> None:
    """Price SERVICE by these lines from now on; "*" is every service that has none of its own.

    What was decided stays as it was.
    """
    command = MapTariff(service_type=service, labour=labour, call_out=call_out, kilometre=kilometre)
    with opened_desk() as desk:
        if service not in (ANY_SERVICE, *desk.registry.service_types):
            raise unknown("service", service, desk.registry.service_types)
        result = map_tariff(desk, system_viewer(), command)
    refuse_problems(result.problems)
    click.echo(f"{service} is priced by {', '.join(filter(None, (labour, call_out, kilometre)))}.")


@tariffs.command()
@click.argument("service")
def unmap(service: str) -> None:
    """Take the lines of its own from SERVICE: from now on it is priced like any other."""
    with opened_desk() as desk:
        _refuse_unmapped(desk, service)
        result = unmap_tariff(desk, system_viewer(), UnmapTariff(service_type=service))
    refuse_problems(result.problems)
    click.echo(f"{service} is priced like any other service.")


def _refuse_unmapped(desk: Desk, service: str) -> None:
    with reading(desk) as reader:
        mapped = [str(row["serviceType"]) for row in reader.list("TariffMapping", MAPPING)]
    if service not in mapped:
        raise unknown("mapping of", service, mapped)
