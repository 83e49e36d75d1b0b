"""How far a learner is: done, waived, open, and what comes next."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from courses import actions
from courses.models import Edition, Enrolment
from courses.progress import Progress, Row, progress_of, progress_of_each
from courses.rules import Need, State
from tests.factories import EnrolmentFactory, make_course_page, make_edition


def row(name: str, *, state=State.OPEN, need="required", url="/somewhere/") -> Row:
    return Row(
        key=uuid4(),
        number=name,
        title=name,
        module_title="",
        kind="practice" if need == "recommended" else "lesson",
        need=Need(need),
        state=state,
        done_at=None,
        url=url,
        minutes=5,
    )


def chosen(name: str) -> Row:
    """Return a lesson of a module that is only recommended."""
    return replace(row(name, need="recommended"), kind="lesson")


DONE, WAIVED = State.DONE, State.WAIVED


@pytest.mark.parametrize(
    ("rows", "following"),
    [
        ([row("1.1"), row("1.2")], "1.1"),
        ([row("1.1", state=DONE), row("1.2")], "1.2"),
        ([row("1.1"), row("1.2", state=DONE), row("1.3")], "1.1"),
        ([row("1.1", state=WAIVED), row("1.2")], "1.2"),
        ([row("1.1", url=""), row("1.2")], "1.2"),
        ([row("1.1", need="other"), row("1.2")], "1.2"),
        ([row("1.1", state=DONE), row("1.2", need="recommended"), row("2")], "1.2"),
        (
            [
                row("1.1", state=DONE),
                row("1.2", need="recommended"),
                row("1.3", need="recommended"),
                row("2"),
            ],
            "1.2",
        ),
        ([row("1.1", need="recommended"), row("1.2", state=DONE), row("2")], "2"),
        ([row("1.1", state=DONE), row("1.2", need="recommended")], None),
        ([row("1.1", state=DONE), chosen("1.2"), row("2")], "2"),
        ([row("1.1", state=DONE)], None),
        ([], None),
    ],
)
def test_next_is_the_first_required_row_or_what_is_recommended_on_the_way(
    rows, following
):
    found = Progress(rows=rows, complete=False).next

    assert (found.number if found else None) == following


def test_counts_are_of_what_is_required_and_not_waived():
    progress = Progress(
        rows=[
            row("1.1", state=DONE),
            row("1.2", state=WAIVED),
            row("1.3"),
            row("1.4", state=DONE, need="recommended"),
        ],
        complete=False,
    )

    assert (progress.done, progress.total) == (1, 2)
    assert [one.number for one in progress.missing] == ["1.3"]
    assert [one.number for one in progress.others] == ["1.4"]


def complete(enrolment, activity, at):
    actions.complete_activity(
        enrolment, activity=activity, language="es", revision=None, at=at
    )


def test_progress_holds_every_activity_of_the_edition(enrolment, activities, at):
    complete(enrolment, activities["lesson-1"], at)

    progress = progress_of(enrolment, language="en")

    assert [
        (r.number, r.title, r.kind, r.required, r.recommended, r.state, r.url)
        for r in progress.rows
    ] == [
        (
            "1.1",
            "Lección 1 (en)",
            "lesson",
            True,
            False,
            "done",
            "/en/trata-en/modulo-uno-en/leccion-1-en/",
        ),
        (
            "1.2",
            "Lección 2 (en)",
            "lesson",
            True,
            False,
            "open",
            "/en/trata-en/modulo-uno-en/leccion-2-en/",
        ),
        (
            "1.3",
            "Práctica (en)",
            "practice",
            False,
            True,
            "open",
            "/en/trata-en/modulo-uno-en/practica-en/",
        ),
        (
            "2",
            "Prueba final (en)",
            "final",
            True,
            False,
            "open",
            "/en/trata-en/prueba-final-en/",
        ),
    ]
    assert progress.rows[0].done_at == at
    assert not progress.complete


def test_progress_falls_back_to_a_language_in_which_the_page_is_live(
    enrolment, course_page
):
    [english] = course_page.get_translations()
    for page in english.get_descendants().filter(title="Lección 1 (en)"):
        page.unpublish()

    first = progress_of(enrolment, language="en").rows[0]

    assert (first.state, first.url) == ("open", "/es/trata/modulo-uno/leccion-1/")


def test_progress_waives_what_is_no_longer_live_but_never_a_final_test(
    enrolment, course_page
):
    course_page.get_translations().get().delete()
    course_page.delete()

    progress = progress_of(enrolment, language="en")

    assert [r.state for r in progress.rows] == ["waived", "waived", "waived", "open"]
    assert progress.rows[0].title == "Lección 1 (en)"
    assert {r.url for r in progress.rows} == {""}
    assert progress.next is None


def test_progress_asks_holders_only_for_the_new_parts_of_a_delta(
    ana, course_page, edition, at
):
    delta = make_edition(
        course_page, kind=Edition.Kind.DELTA, at=at + timedelta(days=1)
    )
    owes = EnrolmentFactory(learner=ana, edition=delta, full=False)

    assert progress_of(owes, language="es").rows == []


def test_complete_is_what_was_recorded(enrolment, at):
    Enrolment.objects.update(completed_at=at)
    enrolment.refresh_from_db()

    progress = progress_of(enrolment, language="es")

    assert progress.complete
    assert progress.missing


def test_progress_of_many_asks_as_much_as_of_one(
    ana, bruno, edition, django_assert_num_queries
):
    editions = [edition] + [
        make_edition(make_course_page(code=f"C{n}", slug=f"c{n}")) for n in (2, 3)
    ]
    enrolments = [
        EnrolmentFactory(learner=learner, edition=one)
        for learner in (ana, bruno)
        for one in editions
    ]

    with django_assert_num_queries(3):
        progress_of(enrolments[0], language="es")
    with django_assert_num_queries(3):
        found = progress_of_each(enrolments, language="es")

    assert list(found) == [enrolment.pk for enrolment in enrolments]
