"""The demo's past: every row as the actions would have written it, once."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from django.utils import timezone

from certificates.models import Certificate
from certificates.region.history import tell_history
from certificates.rules import Standing
from courses.models import Activity, Assignment, Attempt, Enrolment
from courses.progress import progress_of_each
from courses.questions.rules import is_complete
from courses.syllabus import give_editions
from lms.models import Cohort, CohortMember, Mandate, User
from lms.people.choices import Country, Role


def cohorts_of(person):
    return Cohort.objects.visible_to(person).exclude(name__startswith="Judicaturas")


def test_history_is_told_once(told, now):
    before = Enrolment.objects.count(), Cohort.objects.count()

    assert tell_history(at=now, seed=7) == 0
    assert (Enrolment.objects.count(), Cohort.objects.count()) == before


def test_tomas_has_a_cohort_in_every_state(told):
    today = timezone.localdate()

    states = {
        "over"
        if cohort.until_on < today
        else "to come"
        if cohort.from_on > today
        else "late"
        if cohort.assignments.get().due_on < today
        else "running"
        for cohort in cohorts_of(told)
    }

    assert states == {"over", "to come", "late", "running"}


def test_six_whom_tomas_sees_in_the_running_cohort_are_silent(told, now):
    cohort = cohorts_of(told).get(name__startswith="Puestos")
    since = now - timedelta(days=14)

    open_ones = Enrolment.objects.filter(
        learner__in=cohort.members.filter(shielded=False), completed_at=None
    )
    silent = [
        one
        for one in open_ones
        if not one.completions.filter(at__gt=since).exists()
        and not one.attempts.filter(submitted_at__gt=since).exists()
    ]
    assert cohort.members.count() == 30
    assert len(silent) == 6


def test_every_country_has_a_trainer_and_cohorts(told):
    today = timezone.localdate()
    trainers = Mandate.objects.standing(today).filter(role=Role.TRAINER)

    assert set(trainers.values_list("country", flat=True)) == set(Country.values)
    assert set(Cohort.objects.values_list("country", flat=True)) == set(Country.values)
    assert not CohortMember.objects.exclude(
        person__country=F("cohort__country")
    ).exists()


def test_what_is_told_agrees_with_the_rules(told):
    enrolments = list(Enrolment.objects.all())
    give_editions(enrolments)

    progress_of = progress_of_each(enrolments, language="es")
    assert {bool(one.completed_at) for one in enrolments} == {True, False}
    for enrolment in enrolments:
        progress = progress_of[enrolment.pk]
        assert bool(enrolment.completed_at) == (not progress.missing), enrolment
        assert enrolment.enrolled_at >= enrolment.edition.opened_at
        assert enrolment.learner.joined_at < enrolment.enrolled_at


def test_attempts_are_whole_and_add_up(told):
    attempts = Attempt.objects.prefetch_related("items__version")

    assert attempts.filter(passed=True).count() == Certificate.objects.count()
    assert attempts.filter(passed=False).exists()
    for attempt in attempts:
        items = list(attempt.items.all())
        assert attempt.activity.kind == Activity.Kind.FINAL
        assert attempt.started_at > attempt.enrolment.enrolled_at
        assert sum(item.points for item in items) == attempt.points
        assert all(is_complete(item.version.document, item.answer) for item in items)


def test_certificates_stand_in_every_way_there_is(told):
    today = timezone.localdate()
    rows = Certificate.objects.with_successor()

    assert {row.standing(today) for row in rows} == {
        Standing.VALID,
        Standing.EXPIRED,
        Standing.REVOKED,
    }
    soon = today + timedelta(days=90)
    assert rows.filter(valid_until__range=(today, soon), revoked_at=None).exists()
    assert not rows.filter(mailed_at=None).exists()


def test_nobody_of_the_past_counts_as_gone(told, now):
    gone = User.objects.filter(last_login__lt=now - timedelta(days=201))

    assert not gone.exists()
    assert Assignment.objects.count() == len(Country) * 2 + 3


def test_seeding_is_refused_outside_of_the_demo(db):
    with pytest.raises(CommandError, match="belong to the demo"):
        call_command("seed")
