"""Whoever something happened to is found by what was written, and nobody else."""

from datetime import timedelta

import pytest

from certificates.lines.touched import touched_since
from certificates.models import Certificate
from courses.models import (
    Assignment,
    AssignmentException,
    Attempt,
    Completion,
    Enrolment,
    LedgerEntry,
)
from lms.models import Affiliation, Cohort, CohortMember, User
from tests.factories import AffiliationFactory, EnrolmentFactory, WorkshopFactory

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=300)
SECOND = timedelta(seconds=1)


@pytest.fixture
def before(ana, bruno, tomas, edition, activities, at):
    """Ana and Bruno learned, and their cohorts took the course, long ago."""
    then = at - LONG_AGO
    for person in (ana, bruno):
        taken = EnrolmentFactory(learner=person, edition=edition, enrolled_at=then)
        Completion.objects.create(
            enrolment=taken, activity=activities["practice"], at=then, language="es"
        )
    AffiliationFactory(person=bruno)
    cohort = Cohort.objects.get(trainers=tomas)
    Assignment.objects.create(
        cohort=cohort, course=edition.course, assigned_by=tomas, assigned_at=then
    )
    return Enrolment.objects.get(learner=ana)


def finished(ana, taken, activities, at):
    Completion.objects.create(
        enrolment=taken, activity=activities["lesson-1"], at=at, language="es"
    )


def tried(ana, taken, activities, at, **facts):
    Attempt.objects.create(
        enrolment=taken,
        activity=activities["final"],
        number=1,
        titles={},
        pass_mark=80,
        **{"started_at": at} | facts,
    )


def handed_in(ana, taken, activities, at):
    graded = {"points": 8, "out_of": 10, "passed": True}
    then = at - LONG_AGO
    tried(ana, taken, activities, at, started_at=then, submitted_at=at, **graded)


def present(ana, taken, activities, at):
    cohort = Cohort.objects.get()
    workshop = WorkshopFactory(cohort=cohort)
    LedgerEntry.objects.create(
        person=ana,
        minutes=180,
        kind=LedgerEntry.Kind.WORKSHOP,
        on=at.date(),
        workshop=workshop,
        at=at,
        by=cohort.trainers.get(),
    )


def excepted(ana, taken, activities, at):
    AssignmentException.objects.create(
        assignment=Assignment.objects.get(),
        person=ana,
        due_on=at.date(),
        reason="x",
        made_by=ana,
        made_at=at,
    )


def exception_ended(ana, taken, activities, at):
    excepted(ana, taken, activities, at - LONG_AGO)
    AssignmentException.objects.update(ended_at=at)


def awarded(ana, taken, activities, at):
    Certificate.objects.create(
        enrolment=taken,
        holder=ana,
        titles={},
        issuer={},
        norms_on=at.date(),
        minutes=1,
        issued_at=at,
    )


def revoked(ana, taken, activities, at):
    awarded(ana, taken, activities, at - LONG_AGO)
    Certificate.objects.update(revoked_at=at, revoked_reason="x", revoked_for="earlier")


def suspended(ana, taken, activities, at):
    awarded(ana, taken, activities, at - LONG_AGO)
    Certificate.objects.update(suspended_at=at)


def suspension_lifted(ana, taken, activities, at):
    awarded(ana, taken, activities, at - LONG_AGO)
    Certificate.objects.update(suspended_at=at - LONG_AGO, lifted_at=at)


def paper_erased(ana, taken, activities, at):
    awarded(ana, taken, activities, at - LONG_AGO)
    Certificate.objects.update(erased_at=at)


def change(model, **fields):
    """Return what sets those fields to the moment, in Ana's only row."""

    def happen(ana, taken, activities, at):
        path = {Enrolment: "learner"}.get(model, "person")
        model.objects.filter(**{path: ana}).update(
            **{name: given or at for name, given in fields.items()}
        )

    return happen


def of_all(**fields):
    """Return what sets those fields of the assignment to the moment."""

    def happen(ana, taken, activities, at):
        Assignment.objects.update(**dict.fromkeys(fields, at))

    return happen


def confirmed(ana, taken, activities, at):
    Affiliation.objects.filter(person=ana).update(confirmed_at=at, confirmed_by=ana)


def refused(ana, taken, activities, at):
    Affiliation.objects.filter(person=ana).update(refused_at=at, refused_by=ana)


def closed(ana, taken, activities, at):
    User.objects.filter(pk=ana.pk).update(is_active=False, closed_at=at)


EVENTS = {
    "closed": closed,
    "enrolled": change(Enrolment, enrolled_at=None),
    "completed": change(Enrolment, completed_at=None),
    "left": change(Enrolment, withdrawn_at=None),
    "finished": finished,
    "tried": tried,
    "handed-in": handed_in,
    "awarded": awarded,
    "revoked": revoked,
    "suspended": suspended,
    "suspension-lifted": suspension_lifted,
    "paper-erased": paper_erased,
    "present": present,
    "confirmed": confirmed,
    "refused": refused,
    "joined": change(CohortMember, joined_at=None),
    "ended": change(CohortMember, ended_at=None, ended="left"),
    "excepted": excepted,
    "exception-ended": exception_ended,
    "assigned": of_all(assigned_at=None),
    "assigned-no-more": of_all(withdrawn_at=None),
}


@pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS)
def test_whom_something_happened_to_is_found(event, ana, before, activities, at):
    assert touched_since(at - SECOND) == set()

    event(ana, before, activities, at)

    assert touched_since(at) == {ana.pk}
    assert touched_since(at + SECOND) == set()


def test_as_many_queries_as_kinds_of_facts(before, at, django_assert_num_queries):
    with django_assert_num_queries(11):
        touched_since(at - 2 * LONG_AGO)
