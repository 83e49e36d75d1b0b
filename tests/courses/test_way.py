"""The way through a course: past what a profession need not study, counted alike."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.urls import reverse

from courses import actions
from courses.models import Edition, ModulePage
from courses.page_context.shared import minutes_of
from courses.progress import progress_of
from tests import factories
from tests.courses.paths import make_three_modules

SECOND = "/es/trata/modulo-dos/leccion-3/"
THIRD = "/es/trata/modulo-tres/leccion-4/"


@pytest.fixture
def course_page(db):
    return make_three_modules()


@pytest.fixture
def activities(edition):
    rows = edition.activities.select_related("activity")
    return {row.number: row.activity for row in rows}


@pytest.fixture
def as_ana(client, ana):
    client.force_login(ana)
    return client


def finish(client, activity):
    return client.post(reverse("finish_lesson", args=[activity.pk]))


def done(enrolment, at, *activities):
    for activity in activities:
        actions.complete_activity(
            enrolment, activity=activity, language="es", revision=None, at=at
        )


def rows_of(answer):
    """Return number → the row of it in the contents."""
    rows = answer.text.partition('id="contents"')[2].split("<li")[1:]
    return {row.split('">')[1].split(" ")[0]: row for row in rows if '">' in row}


@pytest.mark.parametrize("recommended_for", [[], ["judge"]])
def test_finish_leads_past_a_module_that_the_profession_need_not_study(
    as_ana, course_page, enrolment, activities, at, recommended_for
):
    ModulePage.objects.filter(slug="modulo-dos").update(recommended_for=recommended_for)
    edition = factories.make_edition(course_page, at=at + timedelta(days=1))
    enrolment.edition = edition
    enrolment.save()
    done(enrolment, at, activities["1.1"], activities["1.3"])

    page = as_ana.get("/es/trata/modulo-uno/leccion-2/")
    answer = finish(as_ana, activities["1.2"])

    assert page.context["next"].number == "3.1"
    assert answer.url == THIRD
    assert progress_of(enrolment, language="es").next.number == "3.1"


def test_finish_meets_the_check_of_a_module_that_is_required(
    as_ana, enrolment, activities
):
    assert finish(as_ana, activities["1.2"]).url == "/es/trata/modulo-uno/practica/"


def test_optional_lesson_says_so_and_is_not_counted(as_ana, enrolment):
    answer = as_ana.get(SECOND)

    assert answer.context["position"] is None
    assert '<li>Lección 2.1 <span class="badge">Opcional</span>' in answer.text
    assert "Se le recomienda" not in answer.text


def test_contents_say_what_is_optional(as_ana, enrolment):
    for path in (THIRD, "/es/trata/prueba-final/"):
        rows = rows_of(as_ana.get(path))

        assert ["Opcional" in row for row in rows.values()] == [
            number == "2.1" for number in rows
        ]
        assert "2.1" in rows


def test_module_that_is_optional_says_so(as_ana, enrolment):
    assert (
        '<span class="badge">Opcional</span>'
        in as_ana.get("/es/trata/modulo-dos/").text
    )


def test_position_and_progress_count_the_same(as_ana, enrolment, activities, at):
    done(enrolment, at, activities["1.1"])
    progress = progress_of(enrolment, language="es")

    lesson = as_ana.get(THIRD)
    course = as_ana.get("/es/trata/")

    assert (lesson.context["position"], lesson.context["total"]) == (3, progress.total)
    assert "Lección 3.1, 3 de 4" in lesson.text
    assert course.context["required_total"] == progress.total == 4
    assert course.context["required_done"] == progress.done == 1


def test_who_has_not_enrolled_is_led_as_their_profession_would_be(
    client, ana, bruno, edition
):
    following = {}
    for person in (None, ana, bruno):
        client.logout()
        if person:
            client.force_login(person)
        answer = client.get("/es/trata/modulo-uno/practica/")
        following[person] = answer.context["next"].number
        assert not client.get(THIRD).context["may_finish"]

    assert following == {None: "2.1", ana: "3.1", bruno: "2.1"}


def test_position_of_who_only_reads_is_among_all(client, edition):
    answer = client.get(THIRD)

    assert (answer.context["position"], answer.context["total"]) == (5, 6)


def test_promised_minutes_are_those_of_the_readers_edition_and_path(
    as_ana, course_page, enrolment, at
):
    asked = [r for r in enrolment.edition.activities.all() if "judge" in r.required_for]
    hers = sum(row.minutes["judge"] for row in asked)
    ModulePage.objects.filter(slug="modulo-dos").update(required_for=["judge"])
    newer = factories.make_edition(course_page, at=at + timedelta(days=1))

    page = as_ana.get("/es/trata/")

    assert newer.minutes["judge"] > hers
    assert page.context["minutes"] == hers


def test_promised_minutes_leave_out_what_is_asked_no_more(as_ana, enrolment):
    before = as_ana.get("/es/trata/").context["minutes"]
    module = ModulePage.objects.get(slug="modulo-tres")
    lesson = module.get_children().get().specific

    module.unpublish()

    caches["pages"].clear()
    assert as_ana.get("/es/trata/").context["minutes"] == before - lesson.minutes


def test_a_path_of_no_minutes_is_not_promised_those_of_others(edition, ana):
    edition.minutes["judge"] = 0

    assert minutes_of(edition, "judge") == 0
    assert minutes_of(edition, "") == max(edition.minutes.values())


def test_holder_of_a_delta_is_led_to_nothing_but_its_parts(
    as_ana, course_page, ana, edition, at
):
    delta = factories.make_edition(
        course_page, kind=Edition.Kind.DELTA, at=at + timedelta(days=1)
    )
    factories.EnrolmentFactory(learner=ana, edition=delta, full=False)

    assert as_ana.get(THIRD).context["next"] is None
