"""``backoffice plugin info``: what a service type offers and asks."""

from collections.abc import Iterator

import click

from backoffice.cli.desk import Refused, loaded_plugins, settings
from backoffice.plugins import FieldSpec, Part, Registry, ServiceType, describe


@click.command()
@click.argument("code")
def info(code: str) -> None:
    """Say what the service type CODE offers and asks; exit with 1 when it is refused or not installed."""
    registry = loaded_plugins(settings())
    kind = registry.get(code)
    if kind is None:
        raise Refused(_why_not(registry, code))
    for name, value in _offered(kind, registry.owners[code]).items():
        click.echo(f"{name:<13} {value}")
    for part in Part:
        click.echo(part.value)
        for line in _fields(describe(kind.schema(part))):
            click.echo(f"  {line}")


def _why_not(registry: Registry, code: str) -> str:
    refused = [one for one in registry.refused if one.name == code]
    if refused:
        return str(refused[0])
    return f"no service type {code} is loaded; there are {', '.join(registry.service_types) or 'none'}"


def _offered(kind: ServiceType, owner: str) -> dict[str, str]:
    return {
        "code": kind.code,
        "label": f"{kind.label.en} · {kind.label.fa}",
        "distribution": owner,
        "version": f"{kind.version} (of its request and result)",
        "modes": ", ".join(sorted(kind.modes)),
        "subjects": ", ".join(sorted(kind.subjects)),
        "needs asset": "yes" if kind.needs_asset else "no",
    }


def _fields(specs: tuple[FieldSpec, ...]) -> Iterator[str]:
    if not specs:
        yield "no fields"
    for spec in specs:
        choices = f" ({', '.join(choice.value for choice in spec.choices)})" if spec.choices else ""
        required = ", required" if spec.required else ""
        yield f"{spec.name:<24} {spec.kind}{choices}{required}: {spec.label.en}"
