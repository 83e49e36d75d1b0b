"""Observed practice: signed once by a trainer, read by the learner, credited."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError

from courses.inperson import rules
from courses.inperson.actions.practice import sign_observation
from courses.inperson.checklists import OF_OPIS, checklist
from courses.inperson.records import observed
from courses.models import LedgerEntry, Observation
from lms.audit.models import AppendOnly
from lms.models import CohortMember, Event, Merger, User
from lms.people import actions as people
from lms.people.choices import Role, Track
from lms.refusals import Refused
from tests.factories import NOON, CohortFactory, MandateFactory, PersonFactory

pytestmark = pytest.mark.django_db
TODAY, DAY = date(2026, 11, 2), timedelta(days=1)
KEYS = [item["key"] for item in checklist(OF_OPIS)["items"]]


def sign(cohort, person, by, **facts):
    given = {
        "form": uuid4(),
        "checklist": checklist(OF_OPIS),
        "marks": dict.fromkeys(KEYS, "observed"),
        "comments": {"informs": "Con calma"},
        "on": TODAY,
        "at": NOON,
    }
    return sign_observation(cohort, person=person, by=by, **(given | facts))


def typed(**facts):
    marks = {f"mark-{key}": "not-yet" for key in KEYS}
    return {"sheet": str(uuid4()), "observed_on": "2026-11-01"} | marks | facts


def words(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def page(cohort, ana):
    """Where Ana's practice is signed, were she a child protection officer."""
    User.objects.filter(pk=ana.pk).update(track=Track.OPI)
    return f"/en/team/cohorts/{cohort.uuid}/practice/{ana.uuid}/"


def test_checklist_says_each_item_and_its_source_in_both_languages():
    document = checklist(OF_OPIS)

    assert 8 <= len(document["items"]) <= 12
    assert len(set(KEYS)) == len(KEYS)
    for item in document["items"]:
        for language in ("es", "en"):
            assert item[language]
            assert item["source"][language]
    assert document["minutes"] > 0


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        ({}, []),
        ({"own": True}, ["own-practice"]),
        ({"observed_on": TODAY + DAY, "last_on": TODAY + DAY}, ["day-to-come"]),
        ({"first_on": TODAY + DAY}, ["day-outside-the-cohort"]),
        ({"last_on": TODAY - DAY}, ["day-outside-the-cohort"]),
        ({"minutes_that_day": 720}, []),
        ({"minutes_that_day": 721}, ["day-is-full"]),
    ],
)
def test_practice_of_others_is_observed_on_days_of_the_cohort(facts, reasons):
    given = {
        "own": False,
        "observed_on": TODAY,
        "first_on": TODAY - DAY,
        "last_on": TODAY,
        "today": TODAY,
        "minutes_that_day": 60,
    }

    assert rules.observation_refusals(**(given | facts)) == reasons


def test_observation_is_signed_once_and_gives_its_minutes(cohort, ana, tomas):
    form = uuid4()

    signed = [sign(cohort, ana, tomas, form=form) for _time in range(2)]

    assert signed == [True, False]
    row = Observation.objects.get()
    assert (row.person, row.signed_by, row.version) == (ana, tomas, 2)
    entry = LedgerEntry.objects.get()
    assert (entry.minutes, entry.kind, entry.on, entry.observation) == (
        60,
        "practice",
        TODAY,
        row,
    )


def test_no_more_is_observed_than_a_day_has(cohort, ana, bruno, tomas):
    for _time in range(12):
        sign(cohort, ana, tomas)

    with pytest.raises(Refused) as refused:
        sign(cohort, ana, tomas)

    assert refused.value.reasons == ["day-is-full"]
    assert LedgerEntry.objects.count() == 12
    assert sign(cohort, ana, tomas, on=TODAY - DAY)
    assert sign(cohort, bruno, tomas)


def test_no_refusal_tells_a_trainer_what_others_observed(cohort, ana, tomas):
    """Sixty minutes each: of the twelfth of Tomás' nothing is left to count."""
    other = PersonFactory()
    MandateFactory(holder=other, role=Role.TRAINER)
    theirs = CohortFactory(trainers=[other], members=[ana])
    assert sign(theirs, ana, other)

    for _time in range(12):
        assert sign(cohort, ana, tomas)
    with pytest.raises(Refused, match="day-is-full"):
        sign(cohort, ana, tomas)

    assert Observation.objects.count() == 13
    counted = sum(LedgerEntry.objects.values_list("minutes", flat=True))
    assert counted == rules.MOST_A_DAY


def test_pages_say_the_source_of_each_item_and_where_to_find_it(
    enter, page, cohort, ana, tomas
):
    sign(cohort, ana, tomas)

    for person, address in ((tomas, page), (ana, "/en/my-learning/practice/")):
        body = words(enter(person).get(address))
        for item in checklist(OF_OPIS)["items"]:
            assert f"Source: {item['source']['en']}" in body
        assert 'href="/en/sources/">Works cited</a>' in body


def test_observation_of_a_day_to_come_is_refused(cohort, ana, tomas):
    with pytest.raises(Refused) as refused:
        sign(cohort, ana, tomas, on=TODAY + DAY)

    assert refused.value.reasons == ["day-to-come"]
    assert not LedgerEntry.objects.exists()


def test_nothing_is_signed_where_somebody_archived_the_cohort_meanwhile(
    cohort, ana, tomas
):
    type(cohort).objects.update(archived_at=NOON)

    with pytest.raises(Refused, match="cohort-archived"):
        sign(cohort, ana, tomas)

    assert not Observation.objects.exists()


def test_what_was_signed_stays(cohort, ana, tomas):
    sign(cohort, ana, tomas)
    row = Observation.objects.get()

    for act in (
        row.save,
        row.delete,
        Observation.objects.all().delete,
        lambda: Observation.objects.update(marks={}),
    ):
        with pytest.raises(AppendOnly):
            act()


def test_database_lets_nobody_sign_their_own(cohort, tomas):
    with pytest.raises(IntegrityError):
        Observation.objects.create(
            cohort=cohort,
            person=tomas,
            observed_on=TODAY,
            key=OF_OPIS,
            version=1,
            checklist={},
            marks={},
            signed_by=tomas,
            signed_at=NOON,
        )


def test_trainer_signs_and_learner_reads(enter, tomas, ana, cohort, page):
    browser = enter(tomas)
    listed = browser.get(f"/en/team/cohorts/{cohort.uuid}/practice/")

    empty = browser.get(page)
    answer = browser.post(page, typed(**{"comment-informs": "Falta decirlo"}))
    after = browser.get(page)
    read = enter(ana).get("/en/my-learning/practice/")

    assert page in words(listed)
    assert "Before asking, explains who they are" in words(empty)
    assert answer["Location"] == page
    for shown in (after, read):
        assert "Falta decirlo" in words(shown)
        assert f"Signed by {tomas.legal_name}" in words(shown)
    assert 'href="/en/my-learning/practice/"' in words(
        enter(ana).get("/en/my-learning/")
    )
    User.objects.filter(pk=tomas.pk).update(shielded=True)
    hidden = words(enter(ana).get("/en/my-learning/practice/"))
    assert "Signed by a trainer on" in hidden
    assert tomas.legal_name not in hidden
    looks = Event.objects.filter(kind=Event.Kind.LOOK)
    assert {one.subjects.get() for one in looks} == {ana}


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"mark-informs": ""}, "Mark each item."),
        ({"observed_on": "2026-11-03"}, "That day is still to come."),
        ({"sheet": "x"}, "Open the page anew and sign again."),
    ],
)
def test_observation_is_refused_in_a_sentence(enter, tomas, page, facts, sentence):
    answer = enter(tomas).post(page, typed(**facts))

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not Observation.objects.exists()


def test_trainer_does_not_sign_for_themselves(enter, tomas, cohort):
    CohortMember.objects.create(cohort=cohort, person=tomas, from_on=cohort.from_on)
    User.objects.filter(pk=tomas.pk).update(track=Track.OPI)
    page = f"/en/team/cohorts/{cohort.uuid}/practice/{tomas.uuid}/"

    answer = enter(tomas).post(page, typed())

    assert answer.status_code == 422
    assert "Another trainer signs what was observed of you." in words(answer)


def test_a_judge_is_offered_no_checklist_of_others(enter, tomas, ana, cohort):
    browser, listed = enter(tomas), f"/en/team/cohorts/{cohort.uuid}/practice/"
    page = f"{listed}{ana.uuid}/"
    sentence = "There is no checklist yet for this profession: Judge or magistrate."
    assert page not in words(browser.get(listed))
    assert "none yet for this profession" in words(browser.get(listed))

    shown, posted = browser.get(page), browser.post(page, typed())

    assert (shown.status_code, posted.status_code) == (200, 409)
    for answer in (shown, posted):
        assert sentence in words(answer)
        assert "Sign the observation" not in words(answer)
    assert not Observation.objects.exists()
    sign(cohort, ana, tomas)
    assert page in words(browser.get(listed))
    assert "Con calma" in words(browser.get(page))


def test_nobody_else_reads_it(enter, tomas, ana, bruno, ines, cohort, page):
    sign(cohort, ana, tomas)
    post = ana.affiliations.get()
    post.confirmed_by, post.confirmed_at = ines, NOON
    post.save()

    def seen(viewer):
        return Observation.objects.visible_to(viewer).exists()

    assert [seen(who) for who in (ana, tomas, ines, bruno)] == [
        True,
        True,
        False,
        False,
    ]
    assert enter(ines).get(page).status_code == 404
    User.objects.filter(pk=ana.pk).update(shielded=True)
    assert not seen(tomas)
    assert enter(tomas).get(page).status_code == 404
    assert seen(ana)


def test_archived_cohort_takes_no_signature(enter, tomas, cohort, page):
    cohort.archived_at = NOON
    cohort.save()

    assert "Sign the observation" not in words(enter(tomas).get(page))
    assert enter(tomas).post(page, typed()).status_code == 404


def test_newcomer_reads_that_there_is_nothing(enter, bruno):
    page = enter(bruno).get("/en/my-learning/practice/")

    assert "Nobody has signed an observation of your practice yet." in words(page)


def test_list_asks_as_many_queries_for_many_as_for_one(
    enter, tomas, ana, cohort, django_assert_num_queries
):
    browser, page = enter(tomas), f"/en/team/cohorts/{cohort.uuid}/practice/"
    sign(cohort, ana, tomas)
    browser.get(page)

    def queries():
        with django_assert_num_queries(50, exact=False) as captured:
            browser.get(page)
        return len([q for q in captured if "INSERT" not in q["sql"]])

    few = queries()
    for _number in range(3):
        person = PersonFactory()
        CohortMember.objects.create(
            cohort=cohort, person=person, from_on=cohort.from_on
        )
        sign(cohort, person, tomas)

    assert queries() == few


def test_observation_moves_is_exported_and_is_emptied(
    cohort, ana, bruno, carla, tomas, admin
):
    sign(cohort, bruno, tomas)
    sign(CohortFactory(), bruno, ana)
    merger = Merger.objects.create(
        kept=ana, gone=bruno, asked_by=admin, asked_at=NOON, reason="the same"
    )

    people.merge(merger, by=admin, at=NOON)

    [moved] = Observation.objects.filter(person=ana)
    assert moved.signed_by == tomas
    told = observed(ana, "en")
    assert len(told) == len(KEYS)
    assert told[0]["comment"] == "Con calma"
    assert told[0]["mark"] == "observed"
    people.erase(ana, by=ana, at=NOON)
    moved.refresh_from_db()
    assert moved.comments == {}
    assert moved.marks["informs"] == "observed"
