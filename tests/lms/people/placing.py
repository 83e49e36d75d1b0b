"""One row of every kind that a mandate may show, about one person and their cohort."""

from dataclasses import dataclass
from uuid import uuid4

from django.db.models import Model

from certificates.actions import issue
from certificates.models import PostRoster
from courses.models import (
    Activity,
    Assignment,
    AssignmentException,
    Attempt,
    Attendance,
    Completion,
    Course,
    Edition,
    LedgerEntry,
    Observation,
    Reminder,
    WorkshopPlace,
)
from lms.models import (
    Cohort,
    Institution,
    Invitation,
    JoinCode,
    Letter,
    MembershipRule,
    RosterCheck,
    User,
)
from lms.people.choices import Role
from tests.certificates.coverage.building import a_post, holds
from tests.certificates.reports.storing import a_line
from tests.factories import (
    NOON,
    AffiliationFactory,
    CohortFactory,
    EnrolmentFactory,
    InstitutionFactory,
    MandateFactory,
    PersonFactory,
    TrainingFactory,
    WorkshopFactory,
)

LATER = NOON.replace(year=2027)


@dataclass(frozen=True)
class Place:
    """An institution, a cohort with its trainer, and whoever belongs to both."""

    institution: Institution
    cohort: Cohort
    trainer: User
    person: User
    rows: dict[str, Model]


def an_edition() -> Edition:
    """Return an edition without pages: one lesson, one test."""
    course = Course.objects.create(id=uuid4(), code="C1")
    return Edition.objects.create(
        course=course,
        kind=Edition.Kind.NEW_RUN,
        run="2026-1",
        titles={"es": "Curso", "en": "Course"},
        pass_mark=80,
        attempts_allowed=3,
        wait_days=7,
        validity_months=24,
        issuer={"es": "Secretaría", "en": "Secretariat"},
        norms_on=NOON.date(),
        minutes={},
        opened_at=NOON,
    )


def a_place(edition: Edition, *, country: str = "GT") -> Place:
    """Place somebody new with a trainer of their own; everything happens at NOON."""
    institution = InstitutionFactory(country=country)
    trainer = PersonFactory(country=country)
    person = PersonFactory(country=country)
    post = AffiliationFactory(person=person, institution=institution, confirmed=True)
    cohort = CohortFactory(country=country, trainers=[trainer], members=[person])
    rows = {"person": person, "post": post}
    rows |= _of_the_cohort(cohort, trainer, edition)
    rows |= _of_the_course(person, edition)
    rows |= _in_person(person, rows["workshop"], trainer)
    rows |= _of_the_institution(person, institution, rows["certificate"], edition)
    rows |= {
        "exception": AssignmentException.objects.create(
            assignment=rows["assignment"],
            person=person,
            reason="Viaje",
            made_by=trainer,
            made_at=NOON,
        ),
        "reminder": Reminder.objects.create(
            event=f"reminder {person.pk}",
            cohort=cohort,
            person=person,
            assignment=rows["assignment"],
            kind=Reminder.Kind.BEFORE,
            at=NOON,
        ),
    }
    return Place(institution, cohort, trainer, person, rows)


def _of_the_cohort(cohort, trainer, edition) -> dict[str, Model]:
    asked = {"cohort": cohort, "invited_by": trainer, "invited_at": NOON}
    return {
        "cohort": cohort,
        "member": cohort.member_rows.get(),
        "trainer": cohort.trainer_rows.get(),
        "invitation": Invitation.objects.create(
            address="new@example.org", token_hash=uuid4().hex, until_at=LATER, **asked
        ),
        "code": JoinCode.objects.create(
            cohort=cohort,
            code=uuid4().hex[:8],
            places=9,
            opened_by=trainer,
            opened_at=NOON,
            until_at=LATER,
        ),
        "rule": MembershipRule.objects.create(
            cohort=cohort, track="opi", made_by=trainer, made_at=NOON
        ),
        "list": RosterCheck.objects.create(
            cohort=cohort, by=trainer, made_at=NOON, until_at=LATER
        ),
        "assignment": Assignment.objects.create(
            cohort=cohort,
            course=edition.course,
            assigned_by=trainer,
            assigned_at=NOON,
        ),
        "workshop": WorkshopFactory(cohort=cohort),
        "training": TrainingFactory(country=cohort.country, entered_by=PersonFactory()),
    }


def _of_the_course(person, edition) -> dict[str, Model]:
    enrolment = EnrolmentFactory(learner=person, edition=edition, completed_at=NOON)
    lesson = Activity.objects.create(
        id=uuid4(), course=edition.course, kind=Activity.Kind.LESSON
    )
    return {
        "enrolment": enrolment,
        "completion": Completion.objects.create(
            enrolment=enrolment, activity=lesson, at=NOON, language="es"
        ),
        "attempt": Attempt.objects.create(
            enrolment=enrolment,
            activity=lesson,
            number=1,
            titles={},
            pass_mark=80,
            started_at=NOON,
        ),
        "certificate": issue(enrolment, at=NOON),
    }


def _in_person(person, workshop, trainer) -> dict[str, Model]:
    return {
        "place": WorkshopPlace.objects.create(
            workshop=workshop, person=person, taken_at=NOON
        ),
        "attendance": Attendance.objects.create(
            workshop=workshop,
            person=person,
            present=True,
            how="typed",
            marked_by=trainer,
            marked_at=NOON,
        ),
        "hours": LedgerEntry.objects.create(
            person=person,
            minutes=180,
            kind="workshop",
            on=NOON.date(),
            workshop=workshop,
            at=NOON,
            by=trainer,
        ),
        "observation": Observation.objects.create(
            cohort=workshop.cohort,
            person=person,
            observed_on=NOON.date(),
            key="entrevista",
            version=1,
            checklist={},
            marks={},
            signed_by=trainer,
            signed_at=NOON,
        ),
        "letter": Letter.objects.create(
            event=f"letter {person.pk}",
            person=person,
            language="es",
            asked_at=NOON,
            due_at=NOON,
            next_at=NOON,
        ),
    }


def _of_the_institution(person, institution, certificate, edition) -> dict[str, Model]:
    officer = PersonFactory()
    post = a_post(institution, edition.course, officer)
    roster = PostRoster.objects.create(by=officer, made_at=NOON, until_at=LATER)
    roster.institutions.add(institution)
    another = PersonFactory(country=institution.country)
    return {
        "duty post": post,
        "holder": holds(person, post),
        "roster": roster,
        "line": a_line(person, edition, institution, certificate=certificate),
        "mandate": MandateFactory(
            holder=another, country=institution.country, institution=institution
        ),
        "mandate of the country": MandateFactory(
            holder=another, role=Role.COUNTRY_OWNER, country=institution.country
        ),
    }
