"""The templates, read as files: what every form of theirs carries."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

FOLDER = settings.BASE_DIR / "templates"
FORM = re.compile(
    r"<form\b(?P<head>(?:\{[%{].*?[%}]\}|[^>])*)>(?P<body>.*?)</form>", re.S
)
# No session stands behind them, so nobody can be made to send them.
OF_NOBODY = {"certificates/verify/certificate.html"}


def forms(source: str) -> Iterator[tuple[bool, bool]]:
    """Yield of every form whether it is posted, and whether it carries the token."""
    for form in FORM.finditer(source):
        is_posted = re.search(r'\bmethod="post"', form["head"], re.I)
        yield bool(is_posted), "{% csrf_token %}" in form["body"]


def with_forms() -> list[str]:
    return [
        str(path.relative_to(FOLDER))
        for path in sorted(Path(FOLDER).rglob("*.html"))
        if "<form" in path.read_text()
    ]


@pytest.mark.parametrize("name", with_forms())
def test_form_that_is_posted_carries_the_token_and_no_other_does(name):
    source = (FOLDER / name).read_text()

    found = list(forms(source))

    assert len(found) == source.count("<form")
    wrong = [one for one in found if one[0] != one[1]]
    assert wrong == (found if name in OF_NOBODY else [])


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('<form method="post">{% csrf_token %}</form>', [(True, True)]),
        ('<form action="{% url "x" %}" method="POST"></form>', [(True, False)]),
        ('<form action="{{ a|b:">" }}">{% csrf_token %}</form>', [(False, True)]),
        ('<form method="post"></form>{% csrf_token %}', [(True, False)]),
    ],
)
def test_forms_are_found_where_they_stand(source, found):
    assert list(forms(source)) == found


def in_spanish() -> Iterator[tuple[str, str]]:
    """Yield every entry of the catalogue, what is said and what stands for it."""
    text = (settings.BASE_DIR / "locale/es/LC_MESSAGES/django.po").read_text()
    for entry in text.split("\n\n"):
        said, _msgstr, spanish = entry.partition("\nmsgstr")
        yield said.casefold(), spanish.casefold()


def test_spanish_has_one_word_for_one_thing():
    """A certificate is "verificado"; what somebody owes is an "obligación".

    What a program shows is a "clave de acceso"; figures are "al" day or hour; somebody
    "pulsa" a button, on a telephone as well.
    """
    checked = re.compile("comprob|comprueb")
    pressed = re.compile(r"\bpresi[oó]n(a|e|ar|ando|ó)(lo|la)?\b|\bclics?\b|\boprim")
    never = re.compile(r"\b(obligad|debid)[oa]s?\b|\btokens?\b|\ba fecha de\b")

    assert [
        spanish
        for said, spanish in in_spanish()
        if ("certificate" in said and checked.search(spanish))
        or (never.search(spanish) or pressed.search(spanish))
    ] == []
