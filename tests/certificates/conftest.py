"""Ana's certificate, in the states that a certificate can be in."""

from datetime import timedelta

import pytest
import time_machine

from certificates.actions import issue, keep_file
from certificates.models import Certificate
from courses.models import Enrolment
from tests.factories import EnrolmentFactory

PAPER = b"%PDF-1.7 what Ana was given"


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
