"""Each kind of change is found where it stands, and nothing where none makes sense."""

import ast

import pytest

from tests.mutation import choosing


def changes(source, **options):
    """Return all changes as (old, new)."""
    return [
        (place.old, new)
        for place in choosing.places(source, **options)
        for new in place.choices
    ]


@pytest.mark.parametrize(
    ("source", "old", "new"),
    [
        ("x = a < b", "a < b", "a <= b"),
        ("x = a == b", "a == b", "a != b"),
        ("x = a not in b", "a not in b", "a in b"),
        ("x = a is None", "a is None", "a is not None"),
        ("x = a and b", "a and b", "a or b"),
        ("x = a + b", "a + b", "a - b"),
        ("x = Q(a) & Q(b)", "Q(a) & Q(b)", "Q(a) | Q(b)"),
        ("x = not a", "not a", "a"),
        ("x = 3", "3", "4"),
        ("x = 3", "3", "2"),
        ("x = True", "True", "False"),
        ("x = 'a'", "'a'", "''"),
        ("x = a if b else c", "b", "True"),
        ("if a: b = c", "a", "False"),
        ("while a: b = c", "a", "False"),
        ("f(a, b=c)", "b=c", "(nothing)"),
        ("f(a)", "f(a)", "pass"),
        ("x = y.z().in_force(on)", "y.z().in_force(on)", "y.z()"),
        ("x = M.objects.own(a)", "M.objects.own(a)", "M.objects"),
        ("x = rows.filter(a)", "rows.filter(a)", "rows"),
        ("@d\ndef f(): g", "d", "(nothing)"),
        ("def f() -> int: return x", "return x", "return None"),
        ("if a:\n b = c\n raise d", "raise d", "pass"),
    ],
)
def test_a_change_is_found(source, old, new):
    assert (old, new) in changes(source)


@pytest.mark.parametrize(
    "source",
    [
        '"""A module that says what it is for."""',
        "x = _('Words that are translated')",
        "x = f'{a} and words'",
        "__all__ = ['a']",
        "def f(a: 'int'): b",
        "@cache\ndef f(): g",
        "def f() -> None: return x",
        "def f(): return x",
        "x = name(a)",
    ],
)
def test_nothing_is_changed_where_it_makes_no_sense(source):
    assert changes(source) == []


def test_a_loop_is_never_made_endless():
    assert ("a", "True") not in changes("while a: b = c")


def test_an_argument_that_no_call_can_leave_out_is_kept():
    source = "def f(*, a, b=c): d\nx = f(a=e, b=g)\n"
    needed = choosing.needed_arguments([source])

    assert changes(source, needed=needed) == [("b=g", "(nothing)")]


def test_needed_arguments_are_those_without_a_default_in_all_of_that_name():
    sources = [
        "def f(a, b, c=1): d",
        "def f(a, *, e): d",
        "@dataclass\nclass C:\n g: int\n h: int = 1\n",
    ]

    needed = choosing.needed_arguments(sources)

    assert needed == {("f", "a"), ("C", "g")}


def test_a_change_keeps_the_lines_of_the_rest():
    source = "def f(a):\n    return (\n        a\n        < 1\n    )\n\n\ndef g(): h\n"
    (swapped, *_) = choosing.places(source)

    tree = choosing.changed_tree(source, swapped.number, 0)

    assert ast.unparse(tree.body[0].body[0]) == "return a <= 1"
    assert tree.body[1].lineno == 8


def test_a_place_knows_whether_python_must_import_it_again():
    source = "A = 1\n\n\n@d(2)\ndef f(b=3):\n    return 4\n"
    by_text = {place.old: place for place in choosing.places(source)}

    assert {old: by_text[old].live for old in "1234"} == {
        "1": False,
        "2": False,
        "3": False,
        "4": True,
    }
    assert by_text["1"].names == ("A",)
    assert by_text["d(2)"].owner == range(4, 7)
    assert by_text["d(2)"].decorator


def test_only_querysets_of_models_are_changed():
    source = "class AQuerySet(QuerySet):\n b = 1\n\n\nclass A(Model):\n c = 2\n"

    kept = choosing.only_querysets(choosing.places(source), source)

    assert [place.old for place in kept] == ["1"]
