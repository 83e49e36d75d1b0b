"""A member is told of what is newly assigned: once a day, in office hours."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from courses.assigning import rules
from courses.assigning.actions import assign, withdraw_assignment
from courses.assigning.rules import Dates
from lms.mail.sending import send_chunk
from lms.models import CohortMember, Letter, User
from lms.people.zones import zone_of
from lms.team.actions import end_membership
from tests.courses.assigning.conftest import DAY, join
from tests.factories import NOON, CohortFactory, EnrolmentFactory, PersonFactory

pytestmark = pytest.mark.django_db
DUE = date(2026, 11, 30)
# A Friday, at nine in the evening in Guatemala, and the Monday after at seven.
EVENING = datetime(2026, 11, 7, 3, tzinfo=UTC)
MONDAY = datetime(2026, 11, 9, 13, tzinfo=UTC)


@pytest.fixture
def at_monday(time_machine):
    """The drawing asks for the time itself."""
    time_machine.move_to(MONDAY, tick=False)


def letters():
    rows = Letter.objects.filter(template="assigned").order_by("pk")
    return [(one.person, one.due_at) for one in rows]


def sent(at=MONDAY):
    send_chunk(clock=lambda: at)
    return [(one.to[0], one.subject, one.body) for one in mail.outbox]


def give(cohort, edition, by, *, at=EVENING, due_on=DUE):
    return assign(cohort, edition.course, by=by, dates=Dates(due_on=due_on), at=at)


@pytest.mark.parametrize(
    ("at", "on"),
    [
        (NOON, date(2026, 11, 2)),
        (NOON + timedelta(hours=12), date(2026, 11, 3)),
        (EVENING, date(2026, 11, 9)),
        (MONDAY - timedelta(hours=9), date(2026, 11, 9)),
    ],
)
def test_members_are_told_on_the_day_on_which_a_letter_leaves(at, on):
    assert rules.day_of_the_letter(at, zone=zone_of("GT")) == on


def test_each_member_gets_a_letter_in_their_language_which_names_nothing(
    cohort, tomas, ana, bruno, edition, at_monday
):
    User.objects.filter(pk=bruno.pk).update(language="en", shielded=True)
    join(cohort, bruno, on=NOON.date())
    CohortFactory(trainers=[tomas], members=[PersonFactory()])

    give(cohort, edition, tomas)

    assert letters() == [(ana, MONDAY), (bruno, MONDAY)]
    found = {address: (subject, text) for address, subject, text in sent()}
    assert set(found) == {ana.email, bruno.email}
    subject, text = found[bruno.email]
    assert subject == "Something new to do in Campus"
    assert "something new to do in Campus, due on 30 November 2026." in text
    assert "/en/my-learning/" in text
    for said in found.values():
        for name in ("Ana", "Bruno", "Tom", cohort.name, "Curso", "Organismo"):
            assert name not in " ".join(said)


def test_nobody_is_written_to_at_night(cohort, tomas, ana, edition, at_monday):
    give(cohort, edition, tomas)

    assert sent(at=EVENING) == []
    assert len(sent(at=MONDAY)) == 1


def test_courses_of_one_evening_and_weekend_make_one_letter(
    cohort, tomas, ana, edition, second_edition, at_monday
):
    give(cohort, second_edition, tomas)
    give(cohort, edition, tomas, at=EVENING + DAY, due_on=date(2026, 11, 20))

    assert letters() == [(ana, MONDAY)]
    ((_to, _subject, text),) = sent()
    assert "20 de noviembre de 2026" in text


def test_another_day_is_another_letter(cohort, tomas, ana, edition, second_edition):
    give(cohort, edition, tomas)
    give(cohort, second_edition, tomas, at=MONDAY + DAY)

    assert letters() == [(ana, MONDAY), (ana, MONDAY + DAY)]


def test_what_is_due_on_no_day_says_none(cohort, tomas, ana, edition, at_monday):
    User.objects.filter(pk=ana.pk).update(language="en")

    give(cohort, edition, tomas, due_on=None)

    ((_to, _subject, text),) = sent()
    assert "You have something new to do in Campus. Sign in to see it:" in text


@pytest.mark.parametrize("change", ["withdrawn", "done", "left", "archived", "closed"])
def test_letter_is_moot_when_nothing_is_left(
    cohort, tomas, ana, edition, at_monday, change
):
    one = give(cohort, edition, tomas)
    match change:
        case "withdrawn":
            withdraw_assignment(one, at=EVENING)
        case "done":
            EnrolmentFactory(learner=ana, edition=edition, completed_at=MONDAY)
        case "left":
            membership = CohortMember.objects.get(cohort=cohort, person=ana)
            end_membership(membership, by=tomas, reason="x", at=EVENING + DAY)
        case "archived":
            type(cohort).objects.update(archived_at=EVENING)
        case "closed":
            User.objects.filter(pk=ana.pk).update(is_active=False)

    assert sent() == []
    assert Letter.objects.get().trouble == "moot"


def test_letter_speaks_of_what_is_left(
    cohort, tomas, ana, edition, second_edition, at_monday
):
    first = give(cohort, edition, tomas, due_on=date(2026, 11, 20))
    give(cohort, second_edition, tomas)
    withdraw_assignment(first, at=EVENING)

    ((_to, _subject, text),) = sent()
    assert "30 de noviembre de 2026" in text


def test_who_joins_later_is_told_by_the_invitation_alone(
    cohort, tomas, ana, bruno, edition
):
    give(cohort, edition, tomas)
    join(cohort, bruno, on=MONDAY.date())

    assert letters() == [(ana, MONDAY)]


def test_letters_cost_as_much_for_many_as_for_one(
    cohort, tomas, edition, second_edition, django_assert_num_queries
):
    with django_assert_num_queries(30, exact=False) as few:
        give(cohort, edition, tomas)
    for _number in range(3):
        join(cohort, PersonFactory(), on=NOON.date())

    with django_assert_num_queries(len(few)):
        give(cohort, second_edition, tomas, at=MONDAY + DAY)
