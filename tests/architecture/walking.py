"""A walk through templates: which names they look up in what they are given, through loops, includes and macros."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from jinja2 import Environment, nodes

from backoffice.query.selection import Selection

Shown: TypeAlias = "Selection | Mapping[str, Shown] | None"
"""What is known of a value: the selection of a row, or of each of its rows; the parts of one of our own; nothing."""

Scope: TypeAlias = Mapping[str, Any]
"""The values of the names that a place in a template knows; ``Imported`` and ``Local`` stand for macros."""

KEEPING = {"first", "last", "list", "reverse", "sort", "selectattr", "rejectattr", "shown_periods", "default"}
"""The filters that give back a row, or rows, of what they were given."""

BY_ATTRIBUTE = {"selectattr", "rejectattr"}
"""The filters whose first argument is the name of an attribute of each row."""

NEEDED = {"key": ("id",), "service_icon": ("service_type.code",)}
"""What the filters that take a whole row look up in it."""


@dataclass(frozen=True)
class Imported:
    """The name under which a template imports another."""

    template: str


@dataclass(frozen=True)
class Local:
    """A macro of the template itself."""

    template: str
    macro: nodes.Macro


@dataclass(frozen=True)
class Caller:
    """The block between ``{% call %}`` and its end, with the scope in which it stands."""

    template: str
    block: nodes.CallBlock
    scope: Scope


@dataclass
class Walk:
    """``missing`` is what was looked up and is not there, as "template:line: name"; ``visited`` all templates seen."""

    environment: Environment
    missing: set[str] = field(default_factory=set)
    visited: set[str] = field(default_factory=set)
    _under_way: list[tuple[str, str]] = field(default_factory=list)
    _sources: dict[str, nodes.Template] = field(default_factory=dict)

    def page(self, template: str, shown: Mapping[str, Shown]) -> None:
        """Walk a template that is given these values, and the templates that it extends."""
        tree = self._tree(template)
        scope: dict[str, Any] = dict(shown)
        self._macros(template, tree, scope)
        for statement in tree.body:
            self._statement(template, statement, scope)

    def _tree(self, template: str) -> nodes.Template:
        self.visited.add(template)
        if template not in self._sources:
            loader = self.environment.loader
            assert loader is not None
            source, _, _ = loader.get_source(self.environment, template)
            self._sources[template] = self.environment.parse(source, template)
        return self._sources[template]

    def _macros(self, template: str, tree: nodes.Template, scope: dict[str, Any]) -> None:
        scope.update({macro.name: Local(template, macro) for macro in tree.find_all(nodes.Macro)})

    def _statement(self, template: str, node: nodes.Node, scope: dict[str, Any]) -> None:
        match node:
            case nodes.Extends(template=nodes.Const(value=str(parent))):
                self.page(parent, scope)
            case nodes.Import(template=nodes.Const(value=str(name)), target=str(target)):
                scope[target] = Imported(name)
                self._tree(name)
            case nodes.Include(template=nodes.Const(value=str(name))):
                self.page(name, scope)
            case nodes.Extends() | nodes.Include() | nodes.Import() | nodes.FromImport():
                raise AssertionError(f"{template}:{node.lineno}: the walk follows names that stand there, one by one")
            case nodes.Assign(target=target, node=value):
                self._bind(target, self._value(template, value, scope), scope)
            case nodes.For():
                self._loop(template, node, scope)
            case nodes.Macro():
                pass  # walked where it is called, with what it is given there
            case nodes.CallBlock():
                self._call(template, node.call, scope, Caller(template, node, dict(scope)))
            case nodes.Expr():
                self._value(template, node, scope)
            case _:
                self._inside(template, node, scope)

    def _inside(self, template: str, node: nodes.Node, scope: dict[str, Any]) -> None:
        """A block, a condition, output: what is set within it is known within it."""
        inner = dict(scope) if isinstance(node, nodes.Block) else scope
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Expr):
                self._value(template, child, inner)
            else:
                self._statement(template, child, inner)

    def _loop(self, template: str, node: nodes.For, scope: dict[str, Any]) -> None:
        inner = dict(scope)
        self._bind(node.target, self._value(template, node.iter, scope), inner)
        inner["loop"] = None
        if node.test is not None:
            self._value(template, node.test, inner)
        for child in (*node.body, *node.else_):
            self._statement(template, child, inner)

    def _bind(self, target: nodes.Node, value: Any, scope: dict[str, Any]) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = value
        elif isinstance(target, nodes.Tuple):
            for one in target.items:
                self._bind(one, None, scope)

    def _value(self, template: str, node: nodes.Node | None, scope: Scope) -> Any:
        """What is known of an expression's value; each look-up within it is judged."""
        match node:
            case nodes.Name(name=name):
                return scope.get(name)
            case nodes.Getattr(node=inner, attr=attr) | nodes.Getitem(node=inner, arg=nodes.Const(value=str(attr))):
                return self._found(template, node, self._value(template, inner, scope), attr)
            case nodes.Getitem(node=inner):
                self._value(template, node.arg, scope)
                return self._value(template, inner, scope)
            case nodes.Filter():
                return self._filtered(template, node, scope)
            case nodes.Call():
                return self._call(template, node, scope)
            case nodes.CondExpr():
                self._value(template, node.test, scope)
                return self._either(template, (node.expr1, node.expr2), scope)
            case nodes.And() | nodes.Or():
                return self._either(template, (node.left, node.right), scope)
            case nodes.Node():
                for child in node.iter_child_nodes():
                    self._value(template, child, scope)
        return None

    def _either(self, template: str, each: Iterable[nodes.Node | None], scope: Scope) -> Any:
        values = [self._value(template, one, scope) for one in each]
        known = [value for value in values if value is not None]
        return known[0] if known and all(value == known[0] for value in known) else None

    def _found(self, template: str, node: nodes.Node, value: Any, attr: str) -> Any:
        match value:
            case Selection():
                fields = [one for fields in value.fields.values() for one in fields if one.key == attr]
                if not fields:
                    self.missing.add(f"{template}:{node.lineno}: {_written(node)}")
                return fields[0].selection if fields else None
            case Mapping():
                return value.get(attr)
        return None

    def _filtered(self, template: str, node: nodes.Filter, scope: Scope) -> Any:
        if node.name == "default" and isinstance(node.node, nodes.Getattr):
            self._value(template, node.node.node, scope)  # it says itself what holds where there is no such name
            return None
        value = self._value(template, node.node, scope)
        for argument in (*node.args, *(one.value for one in node.kwargs)):
            self._value(template, argument, scope)
        for name in _attributes(node):
            inner = value
            for attr in name.split("."):
                inner = self._found(template, nodes.Getattr(node, attr, "load", lineno=node.lineno), inner, attr)
            if node.name == "map":
                return inner
        return value if node.name in KEEPING else None

    def _call(self, template: str, node: nodes.Call, scope: Scope, caller: Caller | None = None) -> Any:
        called, given = self._macro(node.node, scope), [self._value(template, one, scope) for one in node.args]
        named = {one.key: self._value(template, one.value, scope) for one in node.kwargs}
        if isinstance(called, Local):
            self._enter(called, given, named, caller, outer=scope if called.template == template else {})
        elif isinstance(called, Caller):
            inner = {**called.scope, **_bound(called.block.args, given, {})}
            for child in called.block.body:
                self._statement(called.template, child, inner)
        else:
            self._value(template, node.node, scope)
            if caller is not None:
                for child in caller.block.body:
                    self._statement(caller.template, child, dict(caller.scope))
        return None

    def _macro(self, node: nodes.Node, scope: Scope) -> Any:
        match node:
            case nodes.Name(name=name):
                return scope.get(name)
            case nodes.Getattr(node=nodes.Name(name=module), attr=name) if isinstance(scope.get(module), Imported):
                source = scope[module].template
                found = {macro.name: macro for macro in self._tree(source).find_all(nodes.Macro)}
                if name in found:
                    return Local(source, found[name])
                self.missing.add(f"{source}: there is no macro {name}")
        return None

    def _enter(
        self, called: Local, given: Sequence[Any], named: Mapping[str, Any], caller: Caller | None, outer: Scope
    ) -> None:
        """Walk a macro's body with what it is given; one that calls itself is walked once."""
        place = (called.template, called.macro.name)
        if self._under_way.count(place):
            return
        self._under_way.append(place)
        scope: dict[str, Any] = {**self._module(called.template), **outer}
        scope.update(_bound(called.macro.args, given, named))
        scope["caller"] = caller
        for child in called.macro.body:
            self._statement(called.template, child, scope)
        self._under_way.pop()

    def _module(self, template: str) -> dict[str, Any]:
        """What a template's macros know of it: its imports and its other macros."""
        scope: dict[str, Any] = {}
        tree = self._tree(template)
        self._macros(template, tree, scope)
        for node in tree.find_all(nodes.Import):
            self._statement(template, node, scope)
        return scope


def _bound(names: Sequence[nodes.Name], given: Sequence[Any], named: Mapping[str, Any]) -> dict[str, Any]:
    bound: dict[str, Any] = dict.fromkeys(name.name for name in names)
    bound.update(zip((name.name for name in names), given, strict=False))
    return {**bound, **named}


def _attributes(node: nodes.Filter) -> Iterator[str]:
    """The attributes that a filter looks up in the row, or in each of the rows."""
    yield from NEEDED.get(node.name, ())
    named = [*(node.args[:1] if node.name in BY_ATTRIBUTE else ())]
    named += [one.value for one in node.kwargs if one.key == "attribute"]
    yield from (one.value for one in named if isinstance(one, nodes.Const) and isinstance(one.value, str))


def _written(node: nodes.Node | None) -> str:
    match node:
        case nodes.Name(name=name):
            return name
        case nodes.Getattr(node=inner, attr=attr):
            return f"{_written(inner)}.{attr}"
        case nodes.Getitem(node=inner):
            return f"{_written(inner)}[…]"
        case nodes.Filter(node=inner, name=name):
            return f"{_written(inner)}|{name}"
        case nodes.Call(node=inner):
            return f"{_written(inner)}()"
    return "…"
