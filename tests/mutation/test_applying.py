"""A change reaches functions that were made before it, wherever they are kept."""

import ast
from functools import wraps
from types import FunctionType

import pytest

from tests.mutation.applying import NotHere, exchange

SOURCE = """
def decorated(function):
    @wraps(function)
    def wrapper(a):
        return function(a) + 1
    return wrapper

@decorated
def f(a):
    return a + 2
"""


def live():
    """Return f, and all functions that its module has made."""
    names = {"wraps": wraps}
    exec(compile(SOURCE, "m.py", "exec"), names)  # noqa: S102 - our own text
    wrapper = names["f"]
    return wrapper, [names["decorated"], wrapper, wrapper.__wrapped__]


def changed(old, new):
    return compile(ast.parse(SOURCE.replace(old, new)), "m.py", "exec")


def test_a_function_behind_a_decorator_gets_its_new_code():
    f, functions = live()

    exchange(functions, changed("a + 2", "a - 2"))

    assert f(10) == 9


def test_the_inner_function_that_a_decorator_made_gets_its_new_code():
    f, functions = live()

    exchange(functions, changed("function(a) + 1", "function(a) - 1"))

    assert f(10) == 11


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("function(a) + 1", "a + 1"),  # the wrapper keeps a cell that nothing reads
        ("@decorated", ""),
        ("a + 2", "a + 2"),
    ],
)
def test_what_cannot_be_exchanged_is_said(old, new):
    _, functions = live()

    with pytest.raises(NotHere):
        exchange(functions, changed(old, new))


def test_other_functions_stay_as_they_are():
    f, functions = live()
    before = [function.__code__ for function in functions]

    exchange(functions, changed("a + 2", "a - 2"))

    same = [x.__code__ is y for x, y in zip(functions, before, strict=True)]
    assert isinstance(f, FunctionType)
    assert same == [True, True, False]
