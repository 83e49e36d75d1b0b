"""Practice and self-checks that Campus ships with: form earns no more than chance.

`manage.py check_items` answers the final tests; here no database is needed.
"""

import pytest

from courses.items.rules import MARGIN, Document, Item, scores_of
from tests.courses.starter import LANGUAGES, courses, lessons_of, questions_of


def practice_of(course: str, _language: str) -> list[Document]:
    return [q["document"] for q in questions_of(course) if q["use"] == "practice"]


def self_checks_of(course: str, language: str) -> list[Document]:
    return [
        {
            "type": "single",
            "stem": {language: check["question"]},
            "options": [one | {language: one["text"]} for one in check["options"]],
            "correct": [one["key"] for one in check["options"] if one["correct"]],
        }
        for files in lessons_of(course)
        for check in [b.value for b in files[language].blocks if b.kind == "check"]
    ]


@pytest.mark.parametrize("items_of", [practice_of, self_checks_of])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("course", courses())
def test_no_reading_of_form_alone_answers_the_items(items_of, language, course):
    items = [Item(one, language) for one in items_of(course, language)]

    found = {s.strategy: s.share for s in scores_of(items) if abs(s.apart) > MARGIN}

    assert len(items) >= 18
    assert found == {}
