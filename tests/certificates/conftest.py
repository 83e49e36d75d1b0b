"""Ana's certificate, in the states that a certificate can be in.

The course has no pages here: what was earned must not need them.
"""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine

from certificates.actions import issue, keep_file
from certificates.models import Certificate
from courses.models import Activity, Course, Edition, EditionActivity, Enrolment
from lms.people.choices import Track
from tests.factories import EnrolmentFactory, PersonFactory

PAPER = b"%PDF-1.7 what Ana was given"


KINDS = {
    "lesson-1": Activity.Kind.LESSON,
    "lesson-2": Activity.Kind.LESSON,
    "practice": Activity.Kind.PRACTICE,
    "final": Activity.Kind.FINAL,
}


@pytest.fixture
def edition(db, at):
    return make_edition_without_pages(at=at)


def make_edition_without_pages(*, at):
    course = Course.objects.create(id=uuid4(), code="C1")
    edition = Edition.objects.create(
        course=course,
        kind=Edition.Kind.NEW_RUN,
        run="2026-1",
        titles={"es": "Trata de personas", "en": "Trafficking in persons"},
        pass_mark=80,
        attempts_allowed=3,
        wait_days=7,
        validity_months=24,
        issuer={"es": "Programa regional", "en": "Regional programme"},
        norms_on=date(2026, 11, 1),
        minutes={},
        opened_at=at,
    )
    for position, (name, kind) in enumerate(KINDS.items()):
        activity = Activity.objects.create(id=uuid4(), course=course, kind=kind)
        EditionActivity.objects.create(
            edition=edition,
            activity=activity,
            position=position,
            number=str(position),
            titles={"es": name},
            required_for=Track.values,
            minutes={"judge": 20},
        )
    return edition


@pytest.fixture
def activities(edition):
    """The activities of the edition by name."""
    rows = edition.activities.select_related("activity")
    return {row.titles["es"]: row.activity for row in rows}


@pytest.fixture
def completed(enrolment, at):
    """Ana's enrolment, completed."""
    enrolment.completed_at = at
    enrolment.save()
    return enrolment


@pytest.fixture
def award(completed, at):
    """Ana's certificate, not rendered yet."""
    return issue(completed, at=at)


@pytest.fixture
def kept(award, at):
    """Ana's certificate with its file."""
    keep_file(award, pdf=PAPER, at=at)
    award.refresh_from_db()
    return award


@pytest.fixture
def on_the_day(at):
    """The clock of screens stands at the day of issue."""
    with time_machine.travel(at, tick=False) as clock:
        yield clock


@pytest.fixture
def put(award, at):
    """Return a function that brings Ana's certificate into a state."""

    def put_into(state: str) -> Certificate:
        match state:
            case "expired":
                award.valid_until = at.date() - timedelta(days=1)
            case "revoked":
                award.revoked_at, award.revoked_reason = at, "SECRET-REASON"
                award.revoked_for = "deception"
                award.revoked_by, award.revoked_second = PersonFactory.create_batch(2)
            case "suspended":
                award.suspended_at = at
            case "superseded":
                later = Enrolment.objects.get(pk=award.enrolment_id)
                other = EnrolmentFactory(
                    learner=later.learner, edition=later.edition, completed_at=at
                )
                newer = issue(other, at=at)
                Certificate.objects.filter(pk=newer.pk).update(supersedes=award)
        award.save()
        return award

    return put_into
