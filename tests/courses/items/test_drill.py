"""People who have read nothing sit a course by the form of what they are shown."""

from random import Random

import pytest

from courses.forms import AskedQuestion
from courses.items.blind import Blind
from courses.items.drill import courses, sat
from courses.items.rules import OF_SINGLE
from courses.models import Attempt, CaseRun
from courses.questions.kinds.kind import Asking, Offer, Row
from tests.courses.cases.small import make_case
from tests.factories import document, make_edition, make_question

PEOPLE = 1  # of each strategy


def question(module, number: int, *, right: str) -> None:
    """Store a question with one long option."""
    texts = {"a": "Pregunta, sin la otra persona presente.", "b": "Calla.", "c": "Va."}
    options = [{"key": key, "es": text, "en": text} for key, text in texts.items()]
    written = document() | {"options": options, "correct": [right]}
    make_question(module, code=f"C1-X-{number}", document=written)


@pytest.fixture
def with_case(course_page):
    make_case(course_page)
    return course_page


@pytest.mark.parametrize("rights", ["a", "abc"])
def test_who_reads_lengths_passes_a_test_that_lengths_give_away(with_case, rights):
    module = with_case.get_children().first().translation_key
    for number in range(40):
        question(module, number, right=rights[number % len(rights)])
    make_edition(with_case)

    told = sat(*courses(), "judge", "es", PEOPLE)

    assert told["finals"] == told["cases"] == PEOPLE * len(OF_SINGLE)
    assert (told["finals_passed"] > 0) is (rights == "a")
    assert told["finals_passed"] == Attempt.objects.filter(passed=True).count()
    assert CaseRun.objects.open().count() == 0


def test_what_has_no_options_to_weigh_is_answered_by_chance_and_in_full():
    options = [Offer(f"q-1-1-{n}", str(n), f"{n}", chosen=False) for n in (1, 2, 3)]
    rows = [Row(f"q-1-{n}", "Paso", options) for n in (1, 2, 3)]
    asked = AskedQuestion(1, "ordering", "¿En qué orden?", Asking(rows=rows))

    form = Blind("longest", "always-true", "es", Random(1)).filled_in([asked])

    assert sorted(form) == ["q-1-1", "q-1-2", "q-1-3"]
    assert sorted(form.values()) == ["1", "2", "3"]


def test_what_is_to_be_written_stays_empty():
    asked = AskedQuestion(1, "short", "¿Cómo se llama?", Asking())

    assert not Blind("longest", "always-true", "es", Random(1)).filled_in([asked])
