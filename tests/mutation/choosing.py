"""Which small changes may be made of a Python file?

A place is a node of the syntax tree with the changes that may be made of it. It is
known by its number in the order of reading: another process finds it again.
"""

import ast
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from types import CodeType

type Node = ast.AST
SWAPPED = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
CONDITIONS = {"test", "guard", "ifs"}
ANNOTATIONS = {"annotation", "returns", "type_params"}
# What a translator reads is left alone.
TRANSLATED = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
TRANSLATED |= {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
# Without them the same is done, at another price or for other readers.
ONLY_FASTER = {"cache", "lru_cache", "wraps", "final", "override"}
LINKS = {"filter", "exclude", "distinct", "order_by"}


@dataclass(frozen=True, slots=True)
class Inside:
    """What stands around a node."""

    live: bool = False  # a function's body: it can be exchanged while Python runs
    words: bool = False  # text of a translation, of an f-string, or of __all__
    returns: bool = False  # the function says what it returns, and it is not None
    owner: ast.stmt | None = None  # what stands for it where it runs at import


@dataclass(frozen=True, slots=True)
class Spot:
    """A node, and where it hangs in the tree."""

    node: Node
    parent: Node
    field: str
    index: int | None
    inside: Inside

    def put(self, new: Node | None) -> None:
        """Hang another node here; None takes an entry out of a list."""
        if self.index is None:
            setattr(self.parent, self.field, new)
        elif new is None:
            del getattr(self.parent, self.field)[self.index]
        else:
            getattr(self.parent, self.field)[self.index] = new


@dataclass(frozen=True, slots=True)
class Place:
    """A node with changes, each as the text that it becomes."""

    number: int
    lines: range
    statement: range  # the head of the statement around it
    old: str
    choices: tuple[str, ...]
    live: bool
    owner: range  # of what runs at import: the function or class it belongs to
    names: tuple[str, ...]  # by which what runs at import is known elsewhere
    decorator: bool


def places(source: str, *, needed: frozenset[tuple[str, str]] = frozenset()):
    """Return the places of a file; no call can leave out what is `needed`."""
    tree = ast.parse(source)
    found = []
    heads: dict[int, range] = {}
    for number, spot in enumerate(spots(tree)):
        if isinstance(spot.node, ast.stmt):
            heads |= dict.fromkeys(lines_of(spot.node), head(spot.node))
        if changes := list(changes_of(spot, needed)):
            found.append(_place(number, spot, changes, heads))
    return found


def only_querysets(found: list[Place], source: str) -> list[Place]:
    """Keep the places inside of QuerySets."""
    kept: set[int] = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef) and is_queryset(node):
            kept |= set(lines_of(node))
    return [place for place in found if place.lines.start in kept]


def is_queryset(node: ast.ClassDef) -> bool:
    return any("QuerySet" in ast.unparse(base) for base in node.bases)


def changed_tree(source: str, number: int, choice: int) -> ast.Module:
    """Return the tree with one change made; its line numbers stay those of the file."""
    tree = ast.parse(source)
    spot = next(spot for at, spot in enumerate(spots(tree)) if at == number)
    new = list(changes_of(spot))[choice]
    spot.put(new and ast.copy_location(new, spot.node))
    return ast.fix_missing_locations(tree)


def changed_code(path: str, source: str, number: int, choice: int) -> CodeType:
    return compile(changed_tree(source, number, choice), path, "exec")


def needed_arguments(sources: list[str]) -> frozenset[tuple[str, str]]:
    """Return (function, argument) of calls that fail at once without the argument."""
    needed: dict[str, set[str]] = {}
    for source in sources:
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, FUNCTIONS):
                names = _without_default(node.args)
            elif isinstance(node, ast.ClassDef) and _is_dataclass(node):
                names = _without_value(node)
            else:
                continue
            needed[node.name] = needed.get(node.name, names) & names
    return frozenset((name, one) for name, names in needed.items() for one in names)


def _without_default(args: ast.arguments) -> set[str]:
    plain = [*args.posonlyargs, *args.args]
    plain = plain[: len(plain) - len(args.defaults)]
    pairs = zip(args.kwonlyargs, args.kw_defaults, strict=True)
    return {arg.arg for arg in plain} | {arg.arg for arg, value in pairs if not value}


def _is_dataclass(node: ast.ClassDef) -> bool:
    return any(_name(decorator) == "dataclass" for decorator in node.decorator_list)


def _without_value(node: ast.ClassDef) -> set[str]:
    fields = [field for field in node.body if isinstance(field, ast.AnnAssign)]
    return {field.target.id for field in fields if not field.value}


def spots(node: Node, inside: Inside = Inside()) -> Iterator[Spot]:
    """Yield all nodes below, in the order of reading, without annotations."""
    for field, value in ast.iter_fields(node):
        if field in ANNOTATIONS:
            continue
        below = _inside(node, field, inside)
        several = isinstance(value, list)
        for index, child in enumerate(value if several else [value]):
            if isinstance(child, ast.AST):
                around = below
                if not below.live and isinstance(child, ast.stmt):
                    around = replace(below, owner=child)
                yield Spot(child, node, field, index if several else None, around)
                yield from spots(child, around)


def _inside(node: Node, field: str, inside: Inside) -> Inside:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() if field == "body":
            says = node.returns and ast.unparse(node.returns) != "None"
            return replace(inside, live=True, returns=bool(says))
        case ast.Lambda() if field == "body":
            return replace(inside, live=True)
        case ast.JoinedStr() | ast.Assign(targets=[ast.Name(id="__all__")]):
            return replace(inside, words=True)
        case ast.Call(func=ast.Name(id=name)) if name in TRANSLATED:
            return replace(inside, words=True)
    return inside


def changes_of(
    spot: Spot, needed: frozenset[tuple[str, str]] = frozenset()
) -> Iterator[Node | None]:
    """Yield what may hang where the node hangs; None: nothing."""
    if isinstance(spot.node, ast.expr) and spot.field in CONDITIONS:
        yield from _forced(spot)
    if spot.field == "decorator_list":
        if _name(spot.node) not in ONLY_FASTER:
            yield None
        return
    match spot.node:
        case ast.Compare() | ast.BoolOp() | ast.BinOp() | ast.AugAssign():
            yield from _swapped(spot.node)
        case ast.UnaryOp(op=ast.Not()):
            yield spot.node.operand
        case ast.Constant():
            yield from _other_constants(spot)
        case ast.keyword(arg=str() as name):
            if isinstance(spot.parent, ast.Call) and (
                (_name(spot.parent), name) not in needed
            ):
                yield None
        case ast.Call(func=ast.Attribute()) if _is_link(spot.node.func):
            yield spot.node.func.value
        case ast.stmt():
            yield from _other_statements(spot)


def _forced(spot: Spot) -> Iterator[Node]:
    if not isinstance(spot.parent, ast.While):  # it would never end
        yield ast.Constant(value=True)
    yield ast.Constant(value=False)


def _swapped(node) -> Iterator[Node]:
    if isinstance(node, ast.Compare):
        for at, op in enumerate(node.ops):
            new = deepcopy(node)
            new.ops[at] = SWAPPED[type(op)]()
            yield new
    elif type(node.op) in SWAPPED:
        new = deepcopy(node)
        new.op = SWAPPED[type(node.op)]()
        yield new


def _other_constants(spot: Spot) -> Iterator[Node]:
    match spot.node.value:
        case bool() as value:
            yield ast.Constant(value=not value)
        case int() | float() as value:
            yield ast.Constant(value=value + 1)
            yield ast.Constant(value=value - 1)
        case str() as value if value and not spot.inside.words:
            if not isinstance(spot.parent, ast.Expr):  # a docstring
                yield ast.Constant(value="")


def _is_link(func: ast.Attribute) -> bool:
    """Whether the call is a link of a chain: x is left of `x.in_force(on)`."""
    receiver = func.value
    is_chain = isinstance(receiver, ast.Call) and not isinstance(
        receiver.func, ast.Name
    )
    is_manager = isinstance(receiver, ast.Attribute) and receiver.attr == "objects"
    return is_chain or is_manager or func.attr in LINKS


def _other_statements(spot: Spot) -> Iterator[Node]:
    match spot.node:
        case ast.Expr(value=ast.Call()):
            yield ast.Pass()
        case ast.Return(value=value) if spot.inside.returns and not _is_none(value):
            yield ast.Return(value=ast.Constant(value=None))
    if _ends_a_guard(spot):
        yield ast.Pass()


def _is_none(value: Node | None) -> bool:
    return value is None or (isinstance(value, ast.Constant) and value.value is None)


def _ends_a_guard(spot: Spot) -> bool:
    """Whether it leaves a branch of several statements (of one: see _forced)."""
    leaves = isinstance(spot.node, ast.Return | ast.Raise | ast.Continue | ast.Break)
    branch = isinstance(spot.parent, ast.If) and spot.field == "body"
    return leaves and branch and len(spot.parent.body) > 1


def _name(node: Node) -> str:
    """Return the last word of what is called: `cache` of `functools.cache()`."""
    match node:
        case ast.Call(func=func):
            return _name(func)
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def _place(number: int, spot: Spot, changes: list, heads: dict[int, range]) -> Place:
    owner = spot.inside.owner
    return Place(
        number=number,
        lines=lines_of(spot.node),
        statement=heads.get(spot.node.lineno, lines_of(spot.node)),
        old=shown(spot.node),
        choices=tuple(shown(new) for new in changes),
        live=spot.inside.live,
        owner=lines_of(owner) if owner else range(0),
        names=tuple(names_of(owner)) if owner else (),
        decorator=spot.field == "decorator_list",
    )


def lines_of(node) -> range:
    first = min([node.lineno, *[d.lineno for d in getattr(node, "decorator_list", [])]])
    return range(first, node.end_lineno + 1)


def head(node: ast.stmt) -> range:
    """Return the lines of a statement without those of its body."""
    body = getattr(node, "body", None)
    if not body:
        return lines_of(node)
    return range(node.lineno, max(node.lineno + 1, body[0].lineno))


def names_of(node: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement of a module or class gives."""
    match node:
        case ast.Assign(targets=targets):
            for target in targets:
                yield from (n.id for n in ast.walk(target) if isinstance(n, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            yield name


def shown(node: Node | None) -> str:
    """Return the code in one line, shortened."""
    text = " ".join(ast.unparse(node).split()) if node else "(nothing)"
    return text if len(text) <= 100 else f"{text[:99]}…"
