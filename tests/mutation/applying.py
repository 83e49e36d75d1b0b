"""How is a change put into a process that runs already?"""

import ast
import gc
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from types import CodeType, FunctionType

from django.template import engines
from django.template.loaders.filesystem import Loader

from tests.mutation import choosing
from tests.mutation.floors import ROOT, is_ours, watch_imports


class NotHere(Exception):
    """The change cannot be put into this process: one is needed that imports it."""


def nested(code: CodeType) -> Iterator[CodeType]:
    """Yield the code and all code inside of it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from nested(constant)


def key(code: CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno


def functions_of_ours() -> dict[str, list[FunctionType]]:
    """Return all live functions of each of our files, wrapped ones and closures too."""
    found = defaultdict(list)
    for thing in gc.get_objects():
        if type(thing) is FunctionType and is_ours(thing.__code__.co_filename):
            found[thing.__code__.co_filename].append(thing)
    return found


def caches_of_ours() -> list:
    """Return the caches around functions of ours."""
    # `isinstance` would wake lazy objects.
    caches = [x for x in gc.get_objects() if type(x) is _lru_cache_wrapper]
    return [x for x in caches if is_ours(_file_of(x.__wrapped__))]


def _file_of(function) -> str:
    code = getattr(function, "__code__", None)
    return code.co_filename if code else ""


def exchange(functions: list[FunctionType], changed: CodeType) -> None:
    """Give each function that the change touches its new code."""
    new: dict[tuple[str, int], list[CodeType]] = defaultdict(list)
    for code in nested(changed):
        new[key(code)].append(code)
    touched = 0
    for function in functions:
        codes = new[key(function.__code__)]
        if function.__code__ in codes:
            continue
        if len(codes) != 1 or codes[0].co_freevars != function.__code__.co_freevars:
            raise NotHere
        function.__code__ = codes[0]
        touched += 1
    if not touched:
        raise NotHere


def change_python(path: str, tree: ast.Module, functions: list[FunctionType]) -> None:
    """Change a function's body, also where its module is imported later."""
    file = str(ROOT / path)
    changed = compile(tree, file, "exec", dont_inherit=True)
    import_changed(path, tree)
    loaded = {getattr(module, "__file__", "") for module in [*sys.modules.values()]}
    if file in loaded:
        exchange(functions, changed)


def import_changed(path: str, tree: ast.Module) -> None:
    """From now on, the module is imported with the change."""
    file = str(ROOT / path)
    changed = compile(tree, file, "exec", dont_inherit=True)
    watch_imports(lambda path, code: changed if path == file else code)


def change_template(path: str, text: str) -> None:
    """Let the loaders read another text for one file of templates/."""
    file = str(ROOT / path)
    original = Loader.get_contents

    def get_contents(loader, origin):
        return text if origin.name == file else original(loader, origin)

    Loader.get_contents = get_contents
    for engine in engines.all():
        for loader in engine.engine.template_loaders:
            loader.reset()


def python_tree(path: str, number: int, choice: int) -> ast.Module:
    return choosing.changed_tree((ROOT / path).read_text(), number, choice)
