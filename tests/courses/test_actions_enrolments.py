"""Enrolling, leaving, completing: what is recorded, once."""

from datetime import timedelta

import pytest

from courses import actions
from courses.models import Activity, Completion, Edition, Enrolment
from courses.signals import course_completed
from lms.refusals import Refused
from tests import factories
from tests.factories import listening, rival

DAY = timedelta(days=1)


def complete(enrolment, activity, at):
    return actions.complete_activity(
        enrolment, activity=activity, language="es", revision=7, at=at
    )


@pytest.fixture
def heard():
    """What `course_completed` said during the test."""
    said = []

    def listen(sender, enrolment, at, **kwargs):
        said.append((enrolment.pk, at))

    with listening(course_completed, None, listen):
        yield said


def test_enrol_opens_one_enrolment_with_the_track_and_affiliation_of_the_day(
    ana, course, edition, at
):
    first = actions.enrol(ana, course=course, at=at)

    again = actions.enrol(ana, course=course, at=at)

    assert again == first
    assert (first.edition, first.track, first.full) == (edition, "judge", True)
    assert first.affiliation == ana.affiliations.get()


def test_enrol_that_comes_second_returns_the_first(ana, course, edition, at):
    first = Enrolment(
        learner=ana, course=course, edition=edition, track="judge", enrolled_at=at
    )

    with rival(first):
        enrolment = actions.enrol(ana, course=course, at=at)

    assert enrolment == first
    assert Enrolment.objects.get() == first


def test_enrol_is_refused_without_a_post(ana, course, at):
    ana.track = ""

    with pytest.raises(Refused) as refusal:
        actions.enrol(ana, course=course, at=at)

    assert refusal.value.reasons == ["post-missing"]
    assert Enrolment.objects.count() == 0


def test_enrol_is_refused_where_no_edition_is_open(ana, course_page, at):
    with pytest.raises(Refused) as refusal:
        actions.enrol(ana, course=factories.course_of(course_page), at=at)

    assert refusal.value.reasons == ["course-not-open"]


def test_enrol_is_refused_to_who_completed_the_same_run(ana, course, enrolment, at):
    Enrolment.objects.filter(pk=enrolment.pk).update(completed_at=at)

    with pytest.raises(Refused) as refusal:
        actions.enrol(ana, course=course, at=at)

    assert refusal.value.reasons == ["already-completed"]


def test_enrol_again_after_leaving_keeps_the_ticks(
    ana, course, enrolment, activities, at
):
    complete(enrolment, activities["lesson-1"], at)
    actions.withdraw(enrolment, at=at + DAY)

    again = actions.enrol(ana, course=course, at=at + 2 * DAY)

    assert again != enrolment
    kept = again.completions.get()
    assert (kept.activity, kept.at, kept.revision) == (activities["lesson-1"], at, 7)


def left_with_the_test(enrolment, activities, at):
    """Leave the course with a lesson read and the final test passed."""
    for name in ("lesson-1", "final"):
        complete(enrolment, activities[name], at)
    actions.withdraw(enrolment, at=at)


def carried(enrolment):
    return {one.activity.kind for one in enrolment.completions.all()}


def test_test_is_carried_over_within_its_run(ana, course, enrolment, activities, at):
    left_with_the_test(enrolment, activities, at)

    again = actions.enrol(ana, course=course, at=at + DAY)

    assert carried(again) == {"lesson", "final"}


def test_test_of_a_profession_with_fewer_modules_is_not_carried_over(
    ana, course, enrolment, activities, at
):
    """An OPI owes the modules that nobody asked of her as a health worker."""
    enrolment.edition.activities.update(required_for=["opi"])
    Enrolment.objects.update(track="other")
    left_with_the_test(enrolment, activities, at)
    ana.track = "opi"

    again = actions.enrol(ana, course=course, at=at + DAY)

    assert carried(again) == {"lesson"}
    attempt = actions.start_attempt(again, activity=activities["final"], at=at + DAY)
    assert attempt.enrolment == again


def test_test_of_a_profession_with_more_modules_is_carried_over(
    ana, course, enrolment, activities, at
):
    enrolment.edition.activities.update(required_for=["judge"])
    left_with_the_test(enrolment, activities, at)
    ana.track = "other"

    again = actions.enrol(ana, course=course, at=at + DAY)

    assert carried(again) == {"lesson", "final"}


def test_test_of_an_older_run_is_not_carried_over(
    ana, course, course_page, enrolment, activities, at
):
    left_with_the_test(enrolment, activities, at)
    factories.make_edition(course_page, at=at + 400 * DAY)

    again = actions.enrol(ana, course=course, at=at + 401 * DAY)

    assert again.edition.run != enrolment.edition.run
    assert carried(again) == {"lesson"}


def test_case_is_carried_over_for_the_same_profession_alone(
    ana, course, enrolment, activities, at
):
    Activity.objects.filter(pk=activities["practice"].pk).update(kind="case")
    complete(enrolment, activities["practice"], at)
    actions.withdraw(enrolment, at=at)
    same = actions.enrol(ana, course=course, at=at + DAY)
    assert carried(same) == {"case"}
    actions.withdraw(same, at=at + DAY)
    ana.track = "prosecutor"

    other = actions.enrol(ana, course=course, at=at + 2 * DAY)

    assert carried(other) == set()


def test_withdraw_leaves_a_completed_enrolment_alone(enrolment, at):
    Enrolment.objects.filter(pk=enrolment.pk).update(completed_at=at)

    actions.withdraw(enrolment, at=at)

    enrolment.refresh_from_db()
    assert enrolment.withdrawn_at is None


def test_complete_activity_twice_is_one_fact(enrolment, activities, at):
    complete(enrolment, activities["lesson-1"], at)

    complete(enrolment, activities["lesson-1"], at + DAY)

    assert [c.at for c in Completion.objects.all()] == [at]


def test_complete_activity_of_another_course_is_refused(enrolment, at):
    other = factories.make_edition(factories.make_course_page(code="C2", slug="otro"))
    foreign = other.activities.first().activity

    with pytest.raises(Refused) as refusal:
        complete(enrolment, foreign, at)

    assert refusal.value.reasons == ["not-in-this-edition"]
    assert Completion.objects.count() == 0


def test_complete_activity_after_leaving_is_refused(enrolment, activities, at):
    actions.withdraw(enrolment, at=at)

    with pytest.raises(Refused) as refusal:
        complete(enrolment, activities["lesson-1"], at)

    assert refusal.value.reasons == ["enrolment-closed"]
    assert Completion.objects.count() == 0


def test_course_is_completed_once_when_nothing_is_owed(
    enrolment, activities, heard, at
):
    complete(enrolment, activities["lesson-1"], at)
    complete(enrolment, activities["lesson-2"], at)

    assert complete(enrolment, activities["final"], at + DAY) is True
    assert complete(enrolment, activities["final"], at + 2 * DAY) is True

    enrolment.refresh_from_db()
    assert enrolment.completed_at == at + DAY
    assert heard == [(enrolment.pk, at + DAY)]


def test_course_without_the_final_test_stays_open(enrolment, activities, heard, at):
    complete(enrolment, activities["lesson-1"], at)

    assert complete(enrolment, activities["lesson-2"], at) is False
    assert heard == []


def test_settle_course_completes_who_owed_only_what_went_away(
    enrolment, activities, course_page, heard, at
):
    complete(enrolment, activities["lesson-1"], at)
    complete(enrolment, activities["final"], at)
    for page in course_page.get_descendants().filter(
        translation_key=activities["lesson-2"].pk
    ):
        page.unpublish()
    english = course_page.get_translations().get()
    for page in english.get_descendants().filter(
        translation_key=activities["lesson-2"].pk
    ):
        page.unpublish()

    completed = actions.settle_course(course_page.translation_key, at=at + DAY)

    assert completed == 1
    assert heard == [(enrolment.pk, at + DAY)]


def test_enrol_in_a_delta_owes_only_the_new_parts(ana, course_page, enrolment, at):
    Enrolment.objects.filter(pk=enrolment.pk).update(completed_at=at)
    module = course_page.get_children().first().specific
    new = factories.in_both(
        module,
        type(module.get_children().first().specific),
        title="Lección nueva",
        slug="leccion-nueva",
        summary="Resumen",
        objectives=[{"type": "point", "value": "Distinguir"}],
        body=factories.lesson_body("nueva"),
    )
    delta = factories.make_edition(course_page, at=at + DAY, kind=Edition.Kind.DELTA)

    owed = actions.enrol(ana, course=delta.course, at=at + DAY)

    assert owed.full is False
    activity = delta.activities.get(activity=new.translation_key).activity
    assert complete(owed, activity, at + DAY) is True


def test_enrol_in_a_delta_is_full_for_who_never_completed(
    ana, bruno, course_page, edition, at
):
    delta = factories.make_edition(course_page, at=at + DAY, kind=Edition.Kind.DELTA)

    assert actions.enrol(bruno, course=delta.course, at=at + DAY).full is True
