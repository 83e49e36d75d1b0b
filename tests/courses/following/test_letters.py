"""What letters say when they are sent, and when they have nothing to say any more."""

import pytest
from django.core import mail

from courses.following.actions import post_digests, remind
from courses.models import AssignmentException
from lms.belonging.actions import shield
from lms.mail.sending import send_chunk
from lms.mandates.actions import end
from lms.models import Letter
from tests.courses.following.conftest import (
    DAY,
    TODAY,
    began,
    due,
    escalate,
    finish,
    remind_by_the_clock,
    seen,
)
from tests.factories import NOON, CohortFactory

pytestmark = pytest.mark.django_db
NAMES = ("Ana", "Ruiz", "Bea", "Coc", "Judicaturas", "Curso", "Organismo", "Tom")


@pytest.fixture(autouse=True)
def noon(time_machine):
    """The drawing asks for the time itself."""
    time_machine.move_to(NOON, tick=False)


def sent():
    """Send what is due now, and return address, subject and text of each."""
    send_chunk(clock=lambda: NOON)
    return [(one.to[0], one.subject, one.body) for one in mail.outbox]


def troubles():
    return list(Letter.objects.values_list("trouble", flat=True))


def ask(cohort, *people, by):
    return remind(cohort, [one.uuid for one in people], by=by, at=NOON)


def test_a_reminder_says_the_day_in_the_language_of_each(
    cohort, tomas, ana, bea, assignment
):
    ask(cohort, ana, bea, by=tomas)

    found = {address: text for address, _subject, text in sent()}

    assert set(found) == {ana.email, bea.email}
    assert "due in Campus on 30 November 2026" in found[bea.email]
    assert "/en/my-learning/" in found[bea.email]
    assert "/es/my-learning/" in found[ana.email]
    assert "30 de noviembre de 2026" in found[ana.email]


def test_no_letter_names_anybody_or_anything(cohort, tomas, ana, bea, assignment):
    cohort.escalates_after = 1
    cohort.save()
    ana.member_rows.update(superior_address="jefa@example.org")
    due(assignment, days=-1)
    ask(cohort, ana, bea, by=tomas)
    escalate(at=NOON)
    post_digests(at=NOON)

    found = sent()

    assert len(found) == 4
    assert not [
        (name, text)
        for _address, subject, text in found
        for name in NAMES
        if name in subject + text
    ]


@pytest.mark.parametrize(
    ("days", "words"),
    [(28, "due in Campus on 30"), (-1, "was due on 1 November"), (None, "to finish")],
)
def test_a_reminder_says_whether_the_day_has_passed(
    cohort, tomas, bea, assignment, days, words
):
    if days is None:
        assignment.due_on = None
        assignment.save()
    else:
        due(assignment, days=days)
    ask(cohort, bea, by=tomas)

    [(_address, _subject, text)] = sent()

    assert words in text


def test_a_reminder_says_the_day_of_when_it_is_sent(cohort, tomas, bea, assignment):
    ask(cohort, bea, by=tomas)
    AssignmentException.objects.create(
        assignment=assignment,
        person=bea,
        due_on=TODAY + 40 * DAY,
        reason="Licencia",
        made_by=tomas,
        made_at=NOON,
    )

    [(_address, _subject, text)] = sent()

    assert "on 12 December 2026" in text


def take_off(cohort, tomas):
    cohort.trainer_rows.filter(trainer=tomas).update(until_on=TODAY - DAY)


def end_the_mandate(cohort, tomas):
    end(tomas.mandates.get(), by=tomas, reason="Otro cargo", at=NOON)


def archive(cohort, tomas):
    cohort.archived_at = NOON
    cohort.save()


def leave(cohort, tomas):
    cohort.member_rows.update(until_on=TODAY - DAY)


def hide(cohort, tomas):
    for person in cohort.members.all():
        shield(person, by=person, reason="", at=NOON)


ENDINGS = [take_off, end_the_mandate, archive, leave, hide]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_reminder_that_its_trainer_may_not_send_any_more_is_moot(
    cohort, tomas, ana, assignment, ending
):
    ask(cohort, ana, by=tomas)
    ending(cohort, tomas)

    assert [one for one in sent() if one[0] == ana.email] == []
    assert "moot" in troubles()


@pytest.mark.parametrize("ending", [archive, leave])
def test_a_reminder_of_the_clock_is_moot_for_who_left(
    cohort, tomas, ana, assignment, ending
):
    due(assignment, days=1)
    remind_by_the_clock(at=NOON)
    ending(cohort, tomas)

    assert sent() == []
    assert troubles() == ["moot"]


@pytest.mark.parametrize("ending", [take_off, hide])
def test_a_reminder_of_the_clock_needs_no_trainer(
    cohort, tomas, ana, assignment, ending
):
    due(assignment, days=1)
    remind_by_the_clock(at=NOON)
    ending(cohort, tomas)

    assert [address for address, _subject, _text in sent()] == [ana.email]


def test_who_finished_meanwhile_gets_no_reminder(
    cohort, tomas, ana, assignment, edition
):
    ask(cohort, ana, by=tomas)
    finish(began(ana, edition))

    assert sent() == []
    assert troubles() == ["moot"]


def finished(cohort, ana, assignment):
    finish(began(ana, assignment.course.editions.get()))


def ask_no_more(cohort, ana, assignment):
    cohort.escalates_after = None
    cohort.save()


def be_shielded(cohort, ana, assignment):
    shield(ana, by=ana, reason="", at=NOON)


def left(cohort, ana, assignment):
    ana.member_rows.update(until_on=TODAY - DAY)


def withdrawn(cohort, ana, assignment):
    assignment.withdrawn_at = NOON
    assignment.save()


def given_more_time(cohort, ana, assignment):
    due(assignment, days=5)


@pytest.mark.parametrize(
    "ending",
    [None, finished, ask_no_more, be_shielded, left, withdrawn, given_more_time],
)
def test_a_superior_is_told_what_still_is_so(cohort, ana, assignment, ending):
    cohort.escalates_after = 1
    cohort.save()
    ana.member_rows.update(superior_address="jefa@example.org")
    due(assignment, days=-1)
    escalate(at=NOON)
    if ending:
        ending(cohort, ana, assignment)

    told = [address for address, _subject, _text in sent()]

    assert told == ([] if ending else ["jefa@example.org"])


def test_the_letter_of_the_week_counts_what_its_trainer_sees(
    cohort, tomas, ana, bea, assignment, edition
):
    tomas.language = "en"
    tomas.save()
    due(assignment, days=3)
    seen(ana, days_ago=20)
    seen(bea, days_ago=1)
    CohortFactory(name="Otra", trainers=[tomas], members=[ana])
    post_digests(at=NOON)

    [(address, _subject, text)] = sent()

    assert address == tomas.email
    assert "2 people learn with you" in text
    assert "1 needs help" in text
    assert "2 have something due within a week" in text


def test_a_cohort_taken_from_a_trainer_is_not_in_their_letter(
    cohort, tomas, rosa, ana, bea, assignment
):
    rosa.language = "en"
    rosa.save()
    post_digests(at=NOON)
    cohort.trainer_rows.filter(trainer=rosa).update(until_on=TODAY - DAY)

    texts = {address: text for address, _subject, text in sent()}

    assert "1 person learns with you" in texts[rosa.email]  # Ana, in her own cohort


@pytest.mark.parametrize("ending", [take_off, end_the_mandate, archive])
def test_a_trainer_of_nothing_gets_no_letter(cohort, tomas, ana, ending):
    post_digests(at=NOON)
    ending(cohort, tomas)

    sent()

    assert Letter.objects.get(template="digest").trouble == "moot"
