"""Small wrong changes of Python modules, one at a time: what mutation testing asks the tests to notice."""

import ast
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
REPLACED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}
ORDERING = frozenset({"sorted", "min", "max"})
UNHEARD = frozenset({"annotation", "returns", "decorator_list", "type_comment"})
"""Parts of a module that decide nothing that a test could notice, or decide how it is put together."""

UNHEARD_KEYWORDS = frozenset({"repr"})


@dataclass(frozen=True)
class Mutant:
    """One change of a module: where, what, and the outermost function around it.

    ``function`` is None for what runs when the module is imported. ``number`` finds the change again.
    """

    path: Path
    line: int
    first_line: int
    last_line: int
    what: str
    function: str | None
    number: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


@dataclass(frozen=True)
class _Place:
    """A node, and how to put another in its place: an attribute of its parent's, or a place in a list of its."""

    node: ast.AST
    parent: ast.AST
    attribute: str
    index: int | None
    statement: ast.stmt
    function: str | None

    def put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.parent, self.attribute, node)
        else:
            getattr(self.parent, self.attribute)[self.index] = node


def mutants_of(path: Path) -> list[Mutant]:
    """Every mutant of a module, in the order of its text."""
    changes = _changes(ast.parse(path.read_text(encoding="utf-8")))
    return [_mutant(path, place, node, number) for number, (place, node) in enumerate(changes)]


def mutated(mutant: Mutant) -> ast.Module:
    """The module with that one change."""
    tree = ast.parse(mutant.path.read_text(encoding="utf-8"))
    place, node = list(_changes(tree))[mutant.number]
    place.put(node)
    return ast.fix_missing_locations(tree)


def _mutant(path: Path, place: _Place, node: ast.AST, number: int) -> Mutant:
    what = f"{_shown(place.node)} -> {_shown(node)}"
    line = getattr(place.node, "lineno", place.statement.lineno)
    return Mutant(path, line, place.statement.lineno, _end_of_head(place.statement), what, place.function, number)


def _shown(node: ast.AST) -> str:
    if isinstance(node, ast.comprehension):
        return "for " + " ".join(["...", *(f"if {ast.unparse(one)}" for one in node.ifs)])
    return " ".join(ast.unparse(ast.fix_missing_locations(deepcopy(node))).split())[:90]


def _end_of_head(statement: ast.stmt) -> int:
    """The last line of a statement, without the body of a compound one."""
    body: list[ast.stmt] = getattr(statement, "body", [])
    return max(statement.lineno, body[0].lineno - 1) if body else statement.end_lineno or statement.lineno


def _changes(tree: ast.Module) -> Iterator[tuple[_Place, ast.AST]]:
    for place in _places(tree):
        for node in _instead_of(place.node):
            yield place, node


def _places(module: ast.Module) -> Iterator[_Place]:
    for index, statement in enumerate(module.body):
        yield from _below(_Place(statement, module, "body", index, statement, None), ())


def _below(place: _Place, names: tuple[str, ...]) -> Iterator[_Place]:
    """The place and those below it; ``names`` are those of the classes around it."""
    node = place.node
    if _is_unheard(node):
        return
    yield place
    if isinstance(node, ast.Raise):
        return  # what a programmer is told decides nothing
    for attribute, value in ast.iter_fields(node):
        if attribute in UNHEARD:
            continue
        inside = _function_of(place, attribute, names)
        around = (*names, node.name) if isinstance(node, ast.ClassDef) else names
        for index, child in _children(value):
            below = replace(place, node=child, parent=node, attribute=attribute, index=index, function=inside)
            yield from _below(replace(below, statement=child) if isinstance(child, ast.stmt) else below, around)


def _function_of(place: _Place, attribute: str, names: tuple[str, ...]) -> str | None:
    if place.function is None and isinstance(place.node, ast.FunctionDef) and attribute == "body":
        return ".".join((*names, place.node.name))
    return place.function


def _children(value: Any) -> list[tuple[int | None, ast.AST]]:
    if isinstance(value, ast.AST):
        return [(None, value)]
    return [(n, one) for n, one in enumerate(value) if isinstance(one, ast.AST)] if isinstance(value, list) else []


def _is_unheard(node: ast.AST) -> bool:
    """Whether no answer depends on it: documentation, imports, names of types, the texts of exceptions."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Import() | ast.ImportFrom() | ast.Assert() | ast.JoinedStr():
            return True
        case ast.AnnAssign(annotation=ast.Name(id="TypeAlias")):
            return True
        case ast.Assign(targets=[ast.Name(id="__all__")]) | ast.Call(func=ast.Name(id="TypeVar" | "NewType" | "cast")):
            return True
        case ast.keyword(arg=name):
            return name in UNHEARD_KEYWORDS
    return False


def _instead_of(node: ast.AST) -> list[ast.AST]:
    match node:
        case ast.Compare(left=left, ops=[op], comparators=right):
            return [ast.Compare(left, [other()], right) for other in COMPARED[type(op)]]
        case ast.BoolOp():
            return _other_conditions(node)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return [operand]
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in REPLACED:
            return [ast.BinOp(left, REPLACED[type(operator)](), right)]
        case ast.Constant(value=value):
            return _other_constants(value)
        case ast.IfExp(test=test) | ast.If(test=test) | ast.While(test=test) if not _is_turned_round_below(test):
            turned = deepcopy(node)
            turned.test = ast.UnaryOp(ast.Not(), test)
            return [turned]
        case ast.comprehension(target=target, iter=source, ifs=[_, *_] as conditions, is_async=kind):
            less = [conditions[:at] + conditions[at + 1 :] for at in range(len(conditions))]
            return [ast.comprehension(target, source, fewer, kind) for fewer in less]
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            return [ast.Return(ast.Constant(None))]
        case ast.Expr() | ast.Raise() | ast.AugAssign():
            return [ast.Pass()]
        case ast.Call(func=ast.Name(id=name)):
            return _other_calls(node, name)
        case ast.Lambda(body=ast.Tuple(elts=[_, _, *_] as parts)):
            return [ast.Lambda(node.args, ast.Tuple(parts[::-1], ast.Load()))]
    return []


def _is_turned_round_below(test: ast.expr) -> bool:
    return isinstance(test, ast.UnaryOp) or (isinstance(test, ast.Compare) and len(test.ops) == 1)


def _other_conditions(node: ast.BoolOp) -> list[ast.AST]:
    turned = ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    less = [node.values[:at] + node.values[at + 1 :] for at in range(len(node.values))]
    return [turned, *(one[0] if len(one) == 1 else ast.BoolOp(node.op, one) for one in less)]


def _other_constants(value: object) -> list[ast.AST]:
    match value:
        case bool():
            return [ast.Constant(not value)]
        case int():
            return [ast.Constant(value + 1)]
        case str():
            return [ast.Constant("XX" + value)]
    return []


def _other_calls(call: ast.Call, name: str) -> list[ast.AST]:
    other = [ast.Call(ast.Name(CALLED[name], ast.Load()), call.args, call.keywords)] if name in CALLED else []
    if name not in ORDERING:
        return [*other]
    less = [[one for one in call.keywords if one is not left_out] for left_out in call.keywords]
    unsorted = [ast.Call(ast.Name("list", ast.Load()), call.args, [])] if name == "sorted" else []
    return [*other, *unsorted, *(ast.Call(call.func, call.args, fewer) for fewer in less)]
