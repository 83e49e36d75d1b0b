"""The screens of a trainer: whose cohorts they are, who is listed, who is counted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lms.models import Affiliation, Cohort, CohortMember, CohortTrainer, Event, Shield
from lms.people.choices import Role
from tests.factories import (
    AffiliationFactory,
    CohortFactory,
    MandateFactory,
    PersonFactory,
)

TEAM = "/es/team/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def enter(client):
    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def cohort(tomas):
    """The cohort that Tomás trains, with Ana in it."""
    return Cohort.objects.get()


@pytest.fixture
def page(cohort):
    return f"{TEAM}cohorts/{cohort.uuid}/"


def join(cohort, count, **facts):
    people = [
        PersonFactory(legal_name=f"Zq Persona {number:03d}", **facts)
        for number in range(count)
    ]
    for person in people:
        AffiliationFactory(person=person)
        CohortMember.objects.create(
            cohort=cohort, person=person, from_on=cohort.from_on
        )
    return people


def listed(response):
    return [line.person for line in response.context["lines"]]


def looks():
    events = Event.objects.filter(kind=Event.Kind.LOOK).order_by("pk")
    return [set(event.subjects.all()) for event in events]


def test_a_trainer_sees_the_cohorts_they_train(enter, tomas, cohort):
    join(cohort, 1, shielded=True)
    CohortFactory(name="Ajena")

    found = list(enter(tomas).get(TEAM).context["page_obj"])

    assert [(one, one.people) for one in found] == [(cohort, 2)]


def test_a_trainer_without_a_cohort_reads_whom_to_ask(enter):
    person = PersonFactory()
    MandateFactory(holder=person, role=Role.TRAINER)

    page = enter(person).get("/en/team/").content.decode()

    assert "You train no cohort yet." in page
    assert "Ask the focal point of your country." in page


def test_others_have_no_team(enter, ana, ines, sofia, admin):
    answers = [enter(p).get(TEAM).status_code for p in (ana, ines, sofia, admin)]

    assert answers == [404] * 4


def test_members_are_listed_and_shielded_ones_counted(enter, tomas, ana, cohort, page):
    [member] = join(cohort, 1)
    join(cohort, 2, shielded=True)

    answer = enter(tomas).get(page)

    assert listed(answer) == [ana, member]
    assert answer.context["shielded"] == 2
    assert answer.content.decode().count("Zq Persona 001") == 0
    assert looks() == [{ana, member}]


def test_who_left_the_cohort_is_not_seen(enter, tomas, ana, page):
    yesterday = timezone.localdate() - timedelta(days=1)
    CohortMember.objects.update(until_on=yesterday)
    browser = enter(tomas)

    assert listed(browser.get(page)) == []
    assert browser.get(f"{page}members/{ana.uuid}/shield/").status_code == 404
    assert looks() == []


def test_a_member_shows_the_post_of_today(enter, tomas, ana, page, judiciary):
    AffiliationFactory(person=ana, until_on="2024-05-01")

    [line] = enter(tomas).get(page).context["lines"]

    assert line.post.institution == judiciary


def test_a_member_without_a_post_is_listed_too(enter, tomas, ana, page):
    Affiliation.objects.all().delete()

    [line] = enter(tomas).get(page).context["lines"]

    assert (line.person, line.post) == (ana, None)


def other_cohort(trainer):
    return CohortFactory(trainers=[trainer], members=[PersonFactory()])


@pytest.mark.parametrize("country", ["GT", "HN"])
def test_the_cohorts_of_others_are_as_unknown(enter, page, ana, country):
    stranger = PersonFactory(country=country)
    MandateFactory(holder=stranger, role=Role.TRAINER, country=country)
    CohortFactory(trainers=[stranger], country=country)
    browser = enter(stranger)

    foreign = browser.get(page)
    unknown = browser.get(f"{TEAM}cohorts/{ana.uuid}/")

    assert (foreign.status_code, unknown.status_code) == (404, 404)
    shield = f"{page}members/{ana.uuid}/shield/"
    assert browser.get(shield).status_code == 404
    assert browser.post(shield, {"reason": "x"}).status_code == 404
    assert not Shield.objects.exists()


def test_a_mandate_of_another_country_opens_no_cohort(enter, tomas, page):
    tomas.mandates.update(country="HN")

    assert enter(tomas).get(page).status_code == 404


def test_a_trainer_who_stopped_sees_it_no_more(enter, tomas, page):
    yesterday = timezone.localdate() - timedelta(days=1)
    CohortTrainer.objects.update(until_on=yesterday)

    assert enter(tomas).get(page).status_code == 404


def test_a_trainer_shields_a_member_with_a_reason(enter, tomas, ana, page):
    browser = enter(tomas)
    url = f"{page}members/{ana.uuid}/shield/"

    assert browser.get(url).status_code == 200
    assert browser.post(url, {"reason": " "}).status_code == 422
    ana.refresh_from_db()
    assert not ana.shielded
    assert looks() == [{ana}, {ana}]

    assert browser.post(url, {"reason": "Amenazas"})["Location"] == page
    ana.refresh_from_db()
    assert ana.shielded
    assert Shield.objects.get().reason == "Amenazas"
    assert listed(browser.get(page)) == []
    assert browser.get(url).status_code == 404


def test_members_of_another_cohort_are_not_shielded_through_this_one(
    enter, tomas, page
):
    member = other_cohort(tomas).members.get()

    answer = enter(tomas).post(
        f"{page}members/{member.uuid}/shield/", {"reason": "Amenazas"}
    )

    assert answer.status_code == 404
    assert not Shield.objects.exists()


def test_pages_hold_fifty_and_each_is_one_look(enter, tomas, ana, cohort, page):
    people = join(cohort, 50)
    browser = enter(tomas)

    browser.get(page)
    browser.get(page, {"page": "2"})

    assert looks() == [{ana, *people[:49]}, {people[49]}]


@pytest.mark.parametrize("what", ["list", "cohort"])
def test_screens_ask_as_often_for_three_as_for_one(
    enter, tomas, cohort, page, what, django_assert_max_num_queries
):
    def asked():
        with django_assert_max_num_queries(60) as queries:
            path = page if what == "cohort" else TEAM
            assert enter(tomas).get(path).status_code == 200
        return len(queries)

    asked()
    few = asked()
    join(cohort, 2)
    other_cohort(tomas)
    other_cohort(tomas)

    assert asked() == few
