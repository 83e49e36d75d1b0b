"""Lines of reports as tests need them, stored without being drawn."""

from datetime import date
from uuid import uuid4

from certificates.models import ReportLine
from courses.models import Activity, Assignment, Course, Edition, EditionActivity
from tests.factories import NOON, EnrolmentFactory

ON_ENROLMENT = {"enrolled_at", "completed_at", "withdrawn_at", "track"}


def a_line(person, edition, institution, *, cohort=None, **facts):
    """Store the line of an enrolment; with `enrolled_at=None` and a cohort, of none."""
    facts = {
        "name": person.folded_name,
        "institution_at_end": institution,
        "confirmed": True,
        "country": institution.country,
        "track": person.track,
        "language": person.language,
        "enrolled_at": NOON,
        "changed_at": NOON,
    } | facts
    return ReportLine.objects.create(
        person=person,
        course=edition.course,
        edition=edition,
        institution=institution,
        cohort=cohort,
        enrolment=_enrolment(person, edition, facts),
        assignment=_assignment(person, edition, cohort),
        **facts,
    )


def _enrolment(person, edition, facts):
    if facts["enrolled_at"] is None:
        return None
    given = {name: facts[name] for name in ON_ENROLMENT if name in facts}
    return EnrolmentFactory(learner=person, edition=edition, **given)


def _assignment(person, edition, cohort):
    """Return the cohort's assignment of the course, made where there is none."""
    if cohort is None:
        return None
    made, _new = Assignment.objects.get_or_create(
        cohort=cohort,
        course=edition.course,
        defaults={"assigned_by": person, "assigned_at": NOON},
    )
    return made


def another_edition(edition, *, run, course=None, opened_at=NOON):
    """Open a like edition of the same course, or of another one with that code."""
    course = Course.objects.create(id=uuid4(), code=course) if course else None
    made = Edition.objects.get(pk=edition.pk)
    made.pk, made.run, made.opened_at = None, run, opened_at
    made.course = course or edition.course
    made.save(force_insert=True)
    for row in edition.activities.select_related("activity"):
        activity = row.activity
        if course:
            activity = Activity.objects.create(
                id=uuid4(), course=course, kind=activity.kind
            )
        EditionActivity.objects.create(
            edition=made,
            activity=activity,
            position=row.position,
            number=row.number,
            titles=row.titles,
            required_for=row.required_for,
            minutes=row.minutes,
        )
    return made


def day(text: str) -> date:
    return date.fromisoformat(text)
