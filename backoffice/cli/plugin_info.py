"""``backoffice plugin info``: what a service type offers and asks, or where it failed."""

from collections.abc import Iterator

import click

from backoffice.cli.desk import Refused, judged_plugins, settings
from backoffice.plugins import FieldKind, FieldSpec, Part, Registry, ServiceType, describe
from backoffice.schema.names import camel, pascal


@click.command()
@click.argument("code")
def info(code: str) -> None:
    """Say what the service type CODE offers and asks; exit with 1 when it is refused or not installed."""
    registry = judged_plugins(settings())
    kind = registry.get(code)
    if kind is None:
        raise Refused(*_why_not(registry, code))
    for name, value in _offered(kind, registry.owners[code]).items():
        click.echo(f"{name:<13} {value}")
    for part in Part:
        click.echo(part.value)
        for line in _fields(describe(kind.schema(part))):
            click.echo(line)


def _why_not(registry: Registry, code: str) -> list[str]:
    """A line for each plugin of this code that was refused, or one that says which codes there are."""
    unknown = f"no service type {code} is loaded; there are {', '.join(registry.service_types) or 'none'}"
    return [str(refused) for refused in registry.refused if refused.name == code] or [unknown]


def _offered(kind: ServiceType, owner: str) -> dict[str, str]:
    return {
        "code": kind.code,
        "label": f"{kind.label.en} · {kind.label.fa}",
        "distribution": owner,
        "version": f"{kind.version} (of its request and result)",
        "modes": ", ".join(sorted(kind.modes)),
        "subjects": ", ".join(sorted(kind.subjects)),
        "needs asset": "yes" if kind.needs_asset else "no",
        "in GraphQL": f"{pascal(kind.code)}Record; {camel(kind.code)} in requests and results",
    }


def _fields(specs: tuple[FieldSpec, ...], indent: str = "  ") -> Iterator[str]:
    """A line for each field, and below it, further indented, for those inside it."""
    if not specs:
        yield f"{indent}no fields"
    for spec in specs:
        required = ", required" if spec.required else ""
        yield f"{indent}{spec.name:<{26 - len(indent)}} {_kind(spec)}{required}: {spec.label.en}"
        inner = (spec.item or spec).fields
        if inner:
            yield from _fields(inner, f"{indent}  ")


def _kind(spec: FieldSpec) -> str:
    if spec.item:
        return f"list of {_kind(spec.item)}"
    if spec.choices:
        return f"{spec.kind} ({', '.join(choice.value for choice in spec.choices)})"
    return f"{spec.kind} ({spec.minimum} to {spec.maximum})" if spec.kind is FieldKind.INTEGER else spec.kind
