"""The screen of reminders: who gets one, who does not and why, in which words."""

import pytest

from courses.assigning.actions import start
from courses.assigning.mails import superior_request
from courses.following.actions import remind
from courses.models import Reminder
from lms.belonging.actions import shield
from lms.models import Cohort, Event, Letter
from lms.team.actions import Asked, invite
from tests.courses.following.conftest import DAY, HOUR, TODAY, began, due, finish
from tests.factories import NOON, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def as_tomas(client, tomas):
    client.force_login(tomas)
    return client


@pytest.fixture
def place(cohort):
    return f"/en/team/cohorts/{cohort.uuid}/remind/"


def keys(*people):
    return {"person": [str(one.uuid) for one in people]}


def willing(answer):
    return [line.person for line in answer.context["willing"]]


def refused(answer):
    return [(line.person, why) for line, why in answer.context["refused"]]


def test_before_it_is_sent_it_is_shown_in_each_language(
    as_tomas, place, ana, bea, assignment
):
    answer = as_tomas.get(place, keys(ana, bea))

    assert willing(answer) == [ana, bea]
    assert [text["code"] for text in answer.context["texts"]] == ["en", "es"]
    page = answer.content.decode()
    assert "You have an activity due in Campus on 30 November 2026" in page
    assert "30 de noviembre de 2026" in page
    assert "It goes out now to 2 people, and to nobody later." in page
    assert not Letter.objects.exists()
    look = Event.objects.get(kind=Event.Kind.LOOK)
    assert set(look.subjects.all()) == {ana, bea}


def test_who_gets_none_is_told_why(
    as_tomas, place, cohort, tomas, ana, bea, assignment, edition
):
    finish(began(bea, edition))
    remind(cohort, [ana.uuid], by=tomas, at=NOON - 3 * HOUR)
    invite(cohort, by=tomas, asked=[Asked("nueva@example.org")], at=NOON - HOUR)

    answer = as_tomas.get(place, keys(ana, bea))

    assert willing(answer) == []
    assert refused(answer) == [
        (ana, "Was reminded 3 hours ago. At most one reminder in 48 hours."),
        (bea, "Has nothing to do now: finished, or waiting for others."),
    ]
    assert answer.context["invited"] == 1
    assert "None of them can be reminded now." in answer.content.decode()


def test_until_it_went_it_is_said_when_it_goes_out(
    as_tomas, place, cohort, tomas, ana, assignment, time_machine
):
    saturday = NOON + 5 * DAY
    time_machine.move_to(saturday, tick=False)
    as_tomas.force_login(tomas)
    monday = "9 November 2026, 07:00, time of Guatemala"
    page = f"/en/team/cohorts/{cohort.uuid}/"
    asked = as_tomas.get(place, keys(ana)).content.decode()
    assert "now it goes out to nobody." in asked
    assert f"To 1 person it goes out on {monday}." in asked

    answer = as_tomas.post(place, keys(ana), follow=True).content.decode()

    assert f"A reminder to 1 person goes out on {monday}." in answer
    assert f">goes out on {monday}</td>" in answer
    activity = as_tomas.get(f"{page}members/{ana.uuid}/activity/").content.decode()
    assert f"goes out on {monday}" in activity
    assert "Reminder written" in activity
    assert refused(as_tomas.get(place, keys(ana))) == [
        (ana, f"A reminder goes out on {monday}.")
    ]
    Letter.objects.update(sent_at=saturday)
    assert "goes out on" not in as_tomas.get(page).content.decode()


LATELY = "Was reminded within the last hour. At most one reminder in 48 hours."


def test_hours_are_told_from_one_on(as_tomas, place, cohort, tomas, ana, assignment):
    remind(cohort, [ana.uuid], by=tomas, at=NOON - HOUR / 2)

    assert refused(as_tomas.get(place, keys(ana))) == [(ana, LATELY)]


def test_when_another_cohort_reminded_is_not_told(
    as_tomas, place, rosa, ana, assignment
):
    other = Cohort.objects.get(name="De Rosa")
    other.assignments.create(
        course=assignment.course, assigned_by=rosa, assigned_at=NOON
    )
    remind(other, [ana.uuid], by=rosa, at=NOON - 3 * HOUR)

    assert refused(as_tomas.get(place, keys(ana))) == [
        (ana, "Cannot be reminded yet. At most one reminder in 48 hours.")
    ]


def test_mail_that_came_back_is_said(as_tomas, place, cohort, tomas, ana, assignment):
    remind(cohort, [ana.uuid], by=tomas, at=NOON - 3 * DAY)
    Letter.objects.update(bounced_at=NOON - 3 * DAY)

    answer = as_tomas.get(place, keys(ana))

    assert refused(answer) == [(ana, "Mail to this person came back.")]


def test_a_filter_chooses_all_whom_it_shows(as_tomas, place, ana, bea, assignment):
    due(assignment, days=-1)
    assignment.exceptions.create(
        person=bea,
        due_on=TODAY + 30 * DAY,
        reason="Licencia",
        made_by=bea,
        made_at=NOON,
    )
    bea.last_login = NOON
    bea.save()

    assert willing(as_tomas.get(place, {"show": "help"})) == [ana]
    assert willing(as_tomas.get(place, {"show": "all"})) == [ana, bea]
    assert willing(as_tomas.get(place)) == []
    assert as_tomas.get(place, {"show": "x"}).status_code == 404


@pytest.mark.parametrize("asked", [False, True])
def test_who_is_late_for_want_of_a_superiors_word_is_late_and_reminded(
    as_tomas, place, cohort, ana, assignment, asked
):
    Cohort.objects.update(asks_superior=True)
    if asked:
        ana.member_rows.update(superior_address="jefa@example.org")
        start(ana, assignment=assignment, at=NOON - 3 * DAY)
    due(assignment, days=-1)
    Letter.objects.all().delete()

    [line] = as_tomas.get(f"/en/team/cohorts/{cohort.uuid}/").context["lines"]
    assert (line.one.is_late, line.one.case.due_on) == (True, TODAY - DAY)
    assert willing(as_tomas.get(place, {"show": "help"})) == [ana]
    as_tomas.post(place, keys(ana))

    [letter] = Letter.objects.all()
    to = (letter.template, letter.person, letter.address)
    if asked:
        assert to == ("superior_request", None, "jefa@example.org")
        assert superior_request(letter)["again"] is True
        assert refused(as_tomas.get(place, keys(ana))) == [(ana, LATELY)]
        activity = as_tomas.get(
            f"/en/team/cohorts/{cohort.uuid}/members/{ana.uuid}/activity/"
        )
        assert "Superior asked again" in activity.content.decode()
    else:
        assert to == ("reminder", ana, "")


def test_it_is_sent_once(as_tomas, place, cohort, tomas, ana, bea, assignment):
    answer = as_tomas.post(place, keys(ana, bea))

    assert answer["Location"] == f"/en/team/cohorts/{cohort.uuid}/"
    assert "2 people are reminded." in as_tomas.get(answer["Location"]).content.decode()
    assert [row.by for row in Reminder.objects.all()] == [tomas, tomas]
    assert Letter.objects.count() == 2

    again = as_tomas.post(place, keys(ana, bea), follow=True)

    assert "Nobody was reminded" in again.content.decode()
    assert Letter.objects.count() == 2


@pytest.mark.parametrize("person", ["", "x", "9" * 5000, "\0"])
def test_what_names_nobody_is_refused(as_tomas, place, ana, assignment, person):
    answer = as_tomas.post(place, {"person": person} if person else {})

    assert answer.status_code == 422
    assert "<title>Error:" in answer.content.decode()
    assert not Letter.objects.exists()


def test_somebody_out_of_sight_is_as_unknown(as_tomas, place, ana, bea, assignment):
    shield(bea, by=bea, reason="", at=NOON)
    for person in (bea, PersonFactory()):
        assert as_tomas.post(place, keys(ana, person)).status_code == 422
        assert willing(as_tomas.get(place, keys(person))) == []
    assert not Letter.objects.exists()
