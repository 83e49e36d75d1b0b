"""An editor says line by line what a quiz draws; learners are asked just that."""

import pytest
from django.core.exceptions import ValidationError

from courses import actions
from courses.checks.bank import lines_to_mend
from courses.itembank.using import draws_of
from courses.lines.blocks import DrawLineBlock
from courses.lines.facts import lines_of
from courses.models import LessonPage, ModulePage, Question, QuizPage
from lms.refusals import Refused
from tests.factories import NOON, EnrolmentFactory, make_edition


def line(count, **more):
    return {"type": "line", "value": {"count": count} | more}


@pytest.fixture
def final(course_page):
    return QuizPage.objects.get(slug="prueba-final", locale=course_page.locale)


@pytest.fixture
def module(course_page):
    return ModulePage.objects.child_of(course_page).get()


def draw(final, *lines):
    final.draws = list(lines)
    final.save_revision().publish()


def test_a_test_asks_what_its_lines_say_and_other_questions_the_next_time(
    ana, course_page, final, module
):
    codes = ["C1-F-single", "C1-F-multiple"]
    for code in codes:
        Question.objects.get(code=code).tags.create(word="opi")
    draw(final, line(1, tag=" OPI"), line(2, place=module.pk))
    edition = make_edition(course_page)
    enrolment = EnrolmentFactory(learner=ana, edition=edition)
    row = edition.activities.last()

    asked = []
    for _time in range(2):
        attempt = actions.start_attempt(enrolment, activity=row.activity, at=NOON)
        items = attempt.items.with_version()
        asked.append({item.version.question.code for item in items})
        actions.submit_attempt(attempt, language="es", at=NOON)

    assert edition.draw == 3
    assert set(row.minutes.values()) == {3}
    assert [one.place for one in row.lines] == ["", str(module.translation_key)]
    assert [len(one) for one in asked] == [3, 3]
    assert len(asked[0] | asked[1]) == 5
    assert all(one & set(codes) for one in asked)
    single = Question.objects.get(code="C1-F-single")
    (held,) = draws_of(single)
    assert (held.asked, held.most, held.left) == (3, 3, 3)


def test_a_line_that_draws_more_than_there_is_keeps_the_test_back(
    course_page, final, module
):
    lesson = LessonPage.objects.child_of(module).first()
    final.draws = [line(1), line(2, place=lesson.pk), line(1, place=999_999)]
    final.is_draft = False

    with pytest.raises(ValidationError) as refused:
        final.full_clean()
    final.is_draft = True
    final.full_clean()

    assert [sentence.split(".")[0] for sentence in refused.value.messages] == [
        "La línea 2 saca 2 y hay 0 para ella",
        "La línea 3 saca 1 y hay 0 para ella",
    ]


def test_an_edition_does_not_open_on_lines_that_questions_left(course_page, final):
    draw(final, line(5))
    Question.objects.filter(code="C1-F-single").update(retired_at=NOON)

    with pytest.raises(Refused) as refused:
        make_edition(course_page)

    assert {reason.split(":")[0] for reason in refused.value.reasons} == {
        "too-few-questions"
    }


def test_scant_lines_and_anchors_left_out_are_named(course_page, final, module):
    Question.objects.filter(code="C1-F-single").update(anchor=True)
    Question.objects.get(code="C1-F-multiple").tags.create(word="opi")
    assert list(lines_to_mend(final)) == []
    draw(final, line(1, tag="opi"))

    scant, anchors = lines_to_mend(final)

    assert "saca 1 de 1" in scant.sentence
    assert "1 pregunta de la prueba previa" in anchors.sentence
    assert not scant.keeps_back


def test_a_pre_test_has_no_lines(final):
    final.purpose = QuizPage.Purpose.PRETEST
    final.draws = [line(1)]

    assert ["prueba previa" in one.sentence for one in final.findings()] == [True]
    assert lines_of(None) == []


@pytest.mark.parametrize(("kind", "refused"), [(ModulePage, True), (LessonPage, False)])
def test_an_objective_is_one_of_a_lesson(final, module, kind, refused):
    place = (
        module if kind is ModulePage else LessonPage.objects.child_of(module).first()
    )
    final.draws = [line(1, objective=1, place=place.pk)]

    found = [one.sentence for one in final.findings()]

    assert any("Elija un objetivo de esa lección" in one for one in found) is refused


def chosen_line(**more):
    """Return a line as the form of the page hands it over."""
    nothing = {"place": None, "objective": "", "level": "", "tag": ""}
    return {"count": 1} | nothing | more


def test_an_objective_is_chosen_by_its_words_and_brings_its_lesson(final, module):
    lesson = LessonPage.objects.child_of(module).first()
    block, key = DrawLineBlock(), f"{lesson.translation_key}:1"
    asked = Question.objects.filter(code="C1-F-single")
    asked.update(lesson=lesson.translation_key, objective=1)

    (group,) = [choices for title, choices in _choices(block) if title == lesson.title]
    line = block.clean(block.to_python({"count": 1}) | chosen_line(objective=key))
    final.draws = [("line", line)]
    final.save_revision().publish()
    (kept,) = final.lines

    assert group == [(key, "Distinguir")]
    assert (line["place"].pk, line["objective"]) == (lesson.pk, 1)
    assert (kept.place, kept.objective) == (str(lesson.translation_key), 1)
    assert block.get_form_state(line)["objective"] == [key]  # as a choice has it
    assert block.clean(line) == line


@pytest.mark.parametrize("objective", ["{lesson}:2", "{lesson}:1", 1, "x"])
def test_an_objective_of_nowhere_else_or_of_another_lesson_is_refused(
    final, module, objective
):
    lesson = LessonPage.objects.child_of(module).first()
    place = None if objective == 1 else module
    if isinstance(objective, str):
        objective = objective.format(lesson=lesson.translation_key)

    with pytest.raises(ValidationError) as refused:
        DrawLineBlock().clean(chosen_line(objective=objective, place=place))

    assert "Elija un objetivo" in str(refused.value.block_errors["objective"])


def _choices(block):
    return list(block.child_blocks["objective"].field.choices)
