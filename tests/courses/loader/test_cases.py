"""A case in a folder is refused, with the reason, before a page is written."""

from uuid import NAMESPACE_URL, uuid5

import pytest
from wagtail.models import Page

from courses.loader.load import load
from courses.loader.reasons import NotLoaded
from courses.models import CasePage
from tests.courses.loader import small
from tests.factories import NOON

pytestmark = pytest.mark.django_db
HEAD = """\
---
id: c0000000-0000-4000-8000-00000000000a
kind: case
title: Caso
slug: caso
summary: Resumen
content_note: Puede afectar.
other_role: inspección
required_for: [judge, prosecutor, opi, other]
review_by: child-rights-lawyer
---
"""
STEP = """
::: step {id}
number: "{number}"
heading: Paso {number}
facts: Hechos {number}
options:
{options}:::
"""
OPTION = """\
  - key: {key}
    text: Decidir {key}
    next: {to}
    safety: {score}
    legality: {score}
    dignity: {score}
    evidence: {score}
    coordination: {score}
    consequence: Lo que sigue a {key}
"""
WHOLE = [
    ("1", [("a", "2", 4), ("b", "end", 0)]),
    ("2", [("c", "end", 4), ("d", "end", 0)]),
]
NAME = "courses/small/3-case"


def write(folder, steps):
    text = HEAD + "".join(
        STEP.format(
            id=uuid5(NAMESPACE_URL, f"step-{number}"),
            number=number,
            options="".join(
                OPTION.format(key=key, to=f'"{to}"', score=score)
                for key, to, score in options
            ),
        )
        for number, options in steps
    )
    for language in ("es", "en"):
        (folder / f"{NAME}.{language}.md").write_text(text)


@pytest.fixture
def folder(tmp_path):
    return small.write_folder(tmp_path)


def test_a_case_that_can_be_walked_is_loaded(folder):
    write(folder, WHOLE)

    load(folder, at=NOON)

    assert CasePage.objects.live().count() == 2


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        (
            [WHOLE[0], ("2", [("c", "1", 4), ("d", "end", 0)])],
            f"{NAME}.es.md: Step 1: the role “Judge or magistrate” comes back to it, "
            "so the case never ends.",
        ),
        (
            [("1", [("a", "end", 4), ("b", "end", 0)]), WHOLE[1]],
            f"{NAME}.es.md: Step 2: no role ever comes to it.",
        ),
        (
            [("1", [("a", "9", 4), ("b", "end", 0)])],
            f"{NAME}.es.md: Step 1, option 1: it leads to a step that does not exist.",
        ),
        (
            [("1", [("a", "end", 5), ("b", "end", 0)])],
            "Ensure this value is less than or equal to 4.",
        ),
    ],
)
def test_a_case_that_cannot_is_refused_with_the_reason(folder, steps, reason):
    write(folder, steps)

    with pytest.raises(NotLoaded) as refusal:
        load(folder, at=NOON)

    assert any(reason in one for one in refusal.value.reasons)
    assert not Page.objects.filter(translation_key=small.FIRST).exists()
