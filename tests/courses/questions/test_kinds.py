"""Every kind of question is one file, and nobody else tells kinds apart."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from courses.questions.kinds import KINDS
from tests.factories import document

HERE = Path("courses/questions/kinds")
NAMED = re.compile(rf"""["']({"|".join(KINDS)})["']""")
# What files of other platforms call their kinds is no matter of ours.
OTHERS = ("interchange/",)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_a_file_with_a_template_and_a_label(kind):
    assert (HERE / f"{kind}.py").is_file()
    assert get_template(f"courses/questions/{kind}.html")
    assert KINDS[kind].label


def test_only_its_file_names_a_kind():
    others = [
        str(path)
        for path in [
            *Path("courses").rglob("*.py"),
            *Path("certificates").rglob("*.py"),
        ]
        if HERE not in path.parents
        and not any(part in str(path) for part in OTHERS)
        and "migrations" not in path.parts
    ]

    assert [path for path in others if NAMED.search(Path(path).read_text())] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_answer_is_whole_and_earns_nothing(kind):
    asked = document(kind)

    answer = KINDS[kind].wrong_answer(asked)

    assert KINDS[kind].problem_with(asked, answer) is None
    assert KINDS[kind].is_complete(asked, answer)
    assert not KINDS[kind].is_right(asked, answer)
