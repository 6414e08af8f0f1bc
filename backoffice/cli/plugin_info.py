"""``backoffice plugin info``: what a service type offers and asks, or where it failed."""

from collections.abc import Iterator, Mapping

import click

from backoffice.cli.command_desk import CommandRefused, judged_plugins, settings
from backoffice.cli.output import TOLD, Teller
from backoffice.cli.plugin import plugin as plugins
from backoffice.domain.spelling import camel, pascal
from backoffice.plugins import FieldKind, FieldSpec, Part, Registry, ServiceType, describe, json_schema


@plugins.command()
@click.argument("code")
@TOLD
def info(code: str, told: Teller) -> None:
    """Say what the service type CODE offers and asks; exit with 1 when it is refused or not installed."""
    registry = judged_plugins(settings())
    kind = registry.get(code)
    if kind is None:
        raise CommandRefused(*_why_not(registry, code))
    offered = _offered(kind, registry.owners[code])
    told.text(offered | {part.value: json_schema(kind.schema(part)) for part in Part}, _lines(kind, offered))


def _why_not(registry: Registry, code: str) -> list[str]:
    """A line for each plugin of this code that was refused, or one that says which codes there are."""
    unknown = f"no service type {code} is loaded; there are {', '.join(registry.service_types) or 'none'}"
    return [str(refused) for refused in registry.refused if refused.name == code] or [unknown]


def _offered(kind: ServiceType, owner: str) -> dict[str, object]:
    return {
        "code": kind.code,
        "label": kind.label.to_document(),
        "distribution": owner,
        "version": kind.version,
        "modes": sorted(kind.modes),
        "subjects": sorted(kind.subjects),
        "needsAsset": kind.needs_asset,
        "recordType": f"{pascal(kind.code)}Record",
        "inputField": camel(kind.code),
    }


def _lines(kind: ServiceType, offered: Mapping[str, object]) -> Iterator[str]:
    facts = {
        "code": kind.code,
        "label": f"{kind.label.en} · {kind.label.fa}",
        "distribution": offered["distribution"],
        "version": f"{kind.version} (of its request and result)",
        "modes": ", ".join(sorted(kind.modes)),
        "subjects": ", ".join(sorted(kind.subjects)),
        "needs asset": "yes" if kind.needs_asset else "no",
        "in GraphQL": f"{offered['recordType']}; {offered['inputField']} in requests and results",
    }
    yield from (f"{name:<13} {value}" for name, value in facts.items())
    for part in Part:
        yield part.value
        yield from _fields(describe(kind.schema(part)))


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
