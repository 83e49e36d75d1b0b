"""What becomes of exceptions, questions to superiors and calendars of who leaves."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from courses.assigning.actions import (
    except_person,
    forget_superiors,
    renew_feed,
    start,
)
from courses.assigning.tasks import forget_who_was_asked
from courses.models import AssignmentException, CalendarFeed, SuperiorRequest
from lms.models import Cohort, CohortMember
from lms.people.actions import erase
from lms.people.kept import kept_about
from lms.people.records import Merging, move_records
from lms.queue.periodic import REGISTER
from tests.courses.assigning.conftest import join
from tests.factories import NOON, PersonFactory

pytestmark = pytest.mark.django_db
BOSS = "jefatura@example.org"
KEPT, TICK = timedelta(days=30), timedelta(microseconds=1)


@pytest.fixture
def asked(ana, assignment):
    Cohort.objects.update(asks_superior=True)
    CohortMember.objects.update(superior_name="Marta Chen", superior_address=BOSS)
    return start(ana, assignment=assignment, at=NOON)


@pytest.fixture
def excepted(ana, tomas, assignment):
    return except_person(
        assignment,
        ana,
        due_on=None,
        extra_attempts=1,
        reason="Estuvo de viaje",
        by=tomas,
        at=NOON,
    )


def test_the_page_of_ones_data_tells_of_them_where_there_are_any(
    ana, bruno, asked, excepted
):
    renew_feed(ana, at=NOON)

    def told(person):
        what = "What goes with the courses you are assigned"
        return [
            list(one.values)
            for one in kept_about(person, language="en")
            if one.what == what
        ]

    assert told(ana) == [
        [
            "Different days or attempts: 1",
            "Questions to your superior: 1",
            "Address of your calendar: 1",
        ]
    ]
    assert told(bruno) == []


def test_erasing_forgets_the_superior_the_reasons_and_the_calendar(
    ana, asked, excepted
):
    renew_feed(ana, at=NOON)

    erase(ana, by=ana, at=NOON)

    request, exception = (
        SuperiorRequest.objects.get(),
        AssignmentException.objects.get(),
    )
    assert (request.superior_name, request.superior_address) == ("", "")
    assert exception.reason == "—"
    assert not CalendarFeed.objects.exists()


def test_erasing_a_superior_forgets_where_they_were_named(ana, asked):
    boss = PersonFactory(email=BOSS)

    erase(boss, by=boss, at=NOON)

    asked.refresh_from_db()
    assert (asked.superior_name, asked.superior_address) == ("", "")
    assert asked.lapsed_at == NOON


def test_of_two_questions_that_wait_that_of_the_account_that_stays_goes_on(
    ana, admin, cohort, assignment, asked
):
    again = PersonFactory(email="ana2@example.org", legal_name="Ana Ruiz")
    join(cohort, again, on=NOON.date())
    CohortMember.objects.update(superior_address=BOSS)
    theirs = start(again, assignment=assignment, at=NOON)
    renew_feed(again, at=NOON)

    move_records(Merging(kept=ana, gone=again, by=admin, at=NOON))

    theirs.refresh_from_db()
    assert (theirs.person, theirs.lapsed_at) == (ana, NOON)
    assert list(SuperiorRequest.objects.undecided()) == [asked]
    assert not CalendarFeed.objects.exists()


def test_erasing_a_superior_knows_an_address_that_they_gave_up(ana, asked):
    boss = PersonFactory(email="now@example.org")
    EmailAddress.objects.create(user=boss, email=BOSS.upper(), verified=True).delete()

    erase(boss, by=boss, at=NOON)

    asked.refresh_from_db()
    assert (asked.superior_name, asked.superior_address) == ("", "")
    assert asked.lapsed_at == NOON


@pytest.mark.parametrize(("early", "kept"), [(TICK, True), (timedelta(0), False)])
@pytest.mark.parametrize("how", ["decided_at", "lapsed_at", "until_at"])
def test_superiors_are_forgotten_thirty_days_after_their_question_was_over(
    asked, how, early, kept
):
    facts = {"approved": True} if how == "decided_at" else {}
    over = asked.asked_at + timedelta(days=1)
    SuperiorRequest.objects.update(**({"until_at": over + KEPT * 9, how: over} | facts))

    forgotten = forget_superiors(at=over + KEPT - early)

    asked.refresh_from_db()
    expected = ("Marta Chen", BOSS) if kept else ("", "")
    assert (asked.superior_name, asked.superior_address) == expected
    assert forgotten == (not kept)


def test_superiors_are_forgotten_every_day(asked):
    work = REGISTER["forget who was asked as a superior"]

    forget_who_was_asked.func()

    assert (work.task, work.every) == (forget_who_was_asked, timedelta(days=1))
