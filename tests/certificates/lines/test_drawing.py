"""Lines are drawn from facts: the same twice, anew where something happened."""

from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certificates.lines import drawing
from certificates.lines.drawing import draw, draw_all, refresh
from certificates.lines.tasks import draw_lines
from certificates.models import LinesDrawn, ReportLine
from courses.models import Assignment, Completion, Enrolment
from lms.models import Affiliation, Cohort, CohortMember, User
from lms.people.actions import erase
from tests.factories import (
    AffiliationFactory,
    EnrolmentFactory,
    InstitutionFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def assignment(tomas, edition, at):
    """The course, which the cohort of Ana takes within thirty days."""
    return Assignment.objects.create(
        cohort=Cohort.objects.get(trainers=tomas),
        course=edition.course,
        due_after_days=30,
        assigned_by=tomas,
        assigned_at=at - DAY,
    )


def of(person):
    return ReportLine.objects.get(person=person)


def test_an_enrolment_is_a_line(ana, enrolment, activities, at):
    Completion.objects.create(
        enrolment=enrolment, activity=activities["lesson-1"], at=at, language="es"
    )

    assert draw_all(at=at + HOUR) == User.objects.count()

    line = of(ana)
    assert (line.enrolment, line.assignment, line.cohort) == (enrolment, None, None)
    assert (line.name, line.track, line.country) == (ana.folded_name, "judge", "GT")
    assert (line.enrolled_at, line.last_at) == (at, at)
    assert (line.done, line.minutes, line.attempts) == (1, 20, 0)
    assert line.changed_at == at + HOUR


def test_what_is_assigned_and_not_begun_is_a_line(ana, assignment, edition, at):
    draw_all(at=at)

    line = of(ana)
    assert (line.enrolment, line.assignment) == (None, assignment)
    assert (line.cohort, line.edition) == (assignment.cohort, edition)
    assert line.due_on == date(2026, 12, 1)
    assert (line.enrolled_at, line.last_at, line.done) == (None, None, 0)


def test_what_is_assigned_and_begun_is_one_line(ana, assignment, enrolment, at):
    draw_all(at=at)

    line = of(ana)
    assert (line.enrolment, line.assignment) == (enrolment, assignment)


def test_what_was_left_stays_a_line_beside_what_is_owed(ana, assignment, enrolment, at):
    Enrolment.objects.filter(pk=enrolment.pk).update(withdrawn_at=at)

    draw_all(at=at)

    assert set(ReportLine.objects.values_list("enrolment", "assignment")) == {
        (enrolment.pk, None),
        (None, assignment.pk),
    }


def test_nothing_changes_the_second_time(ana, assignment, enrolment, award, at):
    draw_all(at=at)
    before = list(ReportLine.objects.order_by("pk").values())

    draw_all(at=at + DAY)

    assert list(ReportLine.objects.order_by("pk").values()) == before
    assert LinesDrawn.objects.get().as_of == at + DAY


def test_only_what_says_something_else_changes(ana, bruno, edition, enrolment, at):
    EnrolmentFactory(learner=bruno, edition=edition)
    draw_all(at=at)
    keys = {line.person_id: line.pk for line in ReportLine.objects.all()}

    Enrolment.objects.filter(pk=enrolment.pk).update(completed_at=at)
    draw_all(at=at + DAY)

    assert {line.person_id: line.pk for line in ReportLine.objects.all()} == keys
    assert (of(ana).completed_at, of(ana).changed_at) == (at, at + DAY)
    assert of(bruno).changed_at == at


def test_what_is_not_so_any_more_is_gone(ana, assignment, at):
    draw_all(at=at)
    Assignment.objects.update(withdrawn_at=at)

    draw_all(at=at)

    assert not ReportLine.objects.exists()


@pytest.mark.parametrize(
    ("ended", "owes"), [("left", 0), ("trainer", 0), ("rule", 0), ("archived", 1)]
)
def test_whose_time_in_a_cohort_was_ended_owes_nothing(
    ana, assignment, at, ended, owes
):
    CohortMember.objects.update(ended=ended, ended_at=at, until_on=at.date())

    draw_all(at=at)

    assert ReportLine.objects.count() == owes


def test_whose_time_in_a_cohort_is_ahead_owes_nothing_yet(ana, assignment, at):
    CohortMember.objects.update(from_on=at.date() + DAY)

    draw_all(at=at)
    assert not ReportLine.objects.exists()

    draw_all(at=at + DAY)
    assert of(ana).assignment == assignment


def test_a_line_holds_where_somebody_worked_first_and_last(
    ana, judiciary, enrolment, at
):
    elsewhere = InstitutionFactory()
    Affiliation.objects.update(until_on=at.date(), confirmed_by=ana, confirmed_at=at)
    AffiliationFactory(
        person=ana, institution=elsewhere, from_on=at.date() + DAY, confirmed=True
    )
    Enrolment.objects.filter(pk=enrolment.pk).update(completed_at=at + 2 * DAY)

    draw_all(at=at + 3 * DAY)

    line = of(ana)
    assert (line.institution, line.institution_at_end) == (judiciary, elsewhere)
    assert line.confirmed


def test_what_somebody_does_after_they_left_is_not_for_whom_they_left(
    ines, ana, enrolment, activities, judiciary, at
):
    Affiliation.objects.filter(person=ana).update(
        until_on=at.date(), confirmed_by=ines, confirmed_at=at
    )
    AffiliationFactory(person=ana, from_on=at.date() + DAY, confirmed=True)
    draw_all(at=at)
    seen = ReportLine.objects.visible_to(ines, on=at.date())

    assert [line.person for line in seen.all()] == [ana]

    Completion.objects.create(
        enrolment=enrolment,
        activity=activities["lesson-1"],
        at=at + 2 * DAY,
        language="es",
    )
    draw_all(at=at + 3 * DAY)

    assert list(seen.all()) == []


def test_after_a_merger_the_line_is_of_the_account_that_stays(
    ana, bruno, enrolment, at
):
    draw_all(at=at)
    Enrolment.objects.filter(pk=enrolment.pk).update(learner=bruno)

    draw([bruno.pk], at=at + HOUR)

    assert not ReportLine.objects.filter(person=ana).exists()
    assert of(bruno).enrolment == enrolment


def test_a_line_is_confirmed_where_both_posts_are(ana, enrolment, at):
    draw_all(at=at)
    assert not of(ana).confirmed

    Affiliation.objects.update(confirmed_by=ana, confirmed_at=at)
    draw_all(at=at)
    assert of(ana).confirmed


def test_a_line_holds_the_certificate_and_what_became_of_it(ana, put, at):
    award = put("superseded")

    draw_all(at=at)

    line = ReportLine.objects.get(certificate=award)
    assert (line.issued_at, line.valid_until) == (at, award.valid_until)
    assert line.superseded_at == award.superseded_by.issued_at


def test_people_are_drawn_some_at_a_time(monkeypatch, edition, at):
    monkeypatch.setattr(drawing, "BATCH", 2)
    for _one in range(5):
        EnrolmentFactory(edition=edition)

    draw_all(at=at)

    assert ReportLine.objects.count() == 5


def queries(people, *, at):
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as context:
        draw(people, at=at)
    return len(context)


def test_three_people_cost_as_much_as_one(ana, assignment, edition, at):
    people = [PersonFactory(), PersonFactory()]
    for person in [ana, *people]:
        EnrolmentFactory(learner=person, edition=edition)
        Completion.objects.create(
            enrolment=person.enrolments.get(),
            activity=edition.activities.first().activity,
            at=at,
            language="es",
        )
    for person in people:
        AffiliationFactory(person=person)
        CohortMember.objects.create(
            cohort=assignment.cohort, person=person, from_on=at.date()
        )

    assert queries([ana.pk], at=at) == queries([one.pk for one in people], at=at)


def test_lines_of_an_erased_person_go_at_once_and_come_back_without_a_name(
    ana, assignment, enrolment, at
):
    draw_all(at=at)

    erase(ana, by=None, at=at)
    assert not ReportLine.objects.exists()

    draw_all(at=at)
    line = of(ana)
    assert (line.name, line.enrolment, line.assignment) == ("", enrolment, None)


# The clock that draws: of whom something is known to have happened, and by turns.


@pytest.fixture
def by_turns(monkeypatch):
    """One person's turn comes at a time."""
    monkeypatch.setattr(drawing, "LEAST_IN_A_TURN", 1)


def position():
    return LinesDrawn.objects.get().position


def test_the_first_time_all_who_did_something_are_drawn(
    ana, bruno, edition, enrolment, by_turns, at
):
    EnrolmentFactory(learner=bruno, edition=edition)

    refresh(at=at)

    assert ReportLine.objects.count() == 2
    assert LinesDrawn.objects.get().as_of == at


def test_who_did_something_is_drawn_out_of_turn(ana, bruno, edition, by_turns, at):
    draw_all(at=at)
    LinesDrawn.objects.update(position=User.objects.order_by("-pk").first().pk)
    EnrolmentFactory(learner=ana, edition=edition, enrolled_at=at + HOUR)

    assert refresh(at=at + HOUR) == 1

    assert of(ana).enrolled_at == at + HOUR
    assert LinesDrawn.objects.get().as_of == at + HOUR


def test_what_was_written_late_is_not_overlooked(ana, edition, by_turns, at):
    draw_all(at=at)
    LinesDrawn.objects.update(position=User.objects.order_by("-pk").first().pk)
    late = at - drawing.OVERLAP
    EnrolmentFactory(learner=ana, edition=edition, enrolled_at=late)

    refresh(at=at + HOUR)

    assert of(ana).enrolled_at == late


def test_everybody_s_turn_comes_round_after_round(ana, bruno, by_turns, at):
    draw_all(at=at)
    people = list(User.objects.order_by("pk").values_list("pk", flat=True))
    moments = [at + n * HOUR for n in range(1, 2 * len(people) + 1)]

    places = []
    for moment in moments:
        assert refresh(at=moment) == 1
        places.append(position())

    assert places == 2 * [*people[:-1], 0]


def test_what_nobody_could_know_of_is_found_in_its_turn(ana, assignment, by_turns, at):
    draw_all(at=at)
    Assignment.objects.update(due_after_days=None, due_on=at.date())

    for number in range(User.objects.count()):
        refresh(at=at + (number + 1) * DAY)

    assert of(ana).due_on == at.date()


def test_a_refresh_without_anybody_moves_the_moment(at):
    assert refresh(at=at) == 0

    drawn = LinesDrawn.objects.get()
    assert (drawn.as_of, drawn.position) == (at, 0)


def test_the_moment_goes_back_for_nobody_who_ends_late(ana, enrolment, at):
    refresh(at=at)

    refresh(at=at - HOUR)

    assert LinesDrawn.objects.get().as_of == at


def test_the_moment_comes_back_from_one_that_is_still_to_come(ana, enrolment, at):
    refresh(at=at + 20 * HOUR)
    enrolment.withdrawn_at = at + HOUR
    enrolment.save()

    refresh(at=at + HOUR)

    assert of(ana).withdrawn_at == at + HOUR
    assert LinesDrawn.objects.get().as_of == at + HOUR


def test_a_draw_begun_again_after_its_death_ends_the_same(ana, enrolment, at):
    draw_all(at=at)
    enrolment.withdrawn_at = at + HOUR
    enrolment.save()
    draw([ana.pk], at=at + HOUR)  # and then it died: "as of" did not move

    refresh(at=at + 2 * HOUR)

    assert (of(ana).withdrawn_at, of(ana).changed_at) == (at + HOUR, at + HOUR)
    assert LinesDrawn.objects.get().as_of == at + 2 * HOUR


@pytest.mark.usefixtures("on_the_day")
def test_the_clock_draws_as_of_now(ana, enrolment, at):
    assert draw_lines.func() == 1

    assert of(ana).enrolment == enrolment
    assert LinesDrawn.objects.get().as_of == at
