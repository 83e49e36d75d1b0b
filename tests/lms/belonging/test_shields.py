"""Shielding oneself, and what the officers for shielded people see and may do."""

import pytest

from lms.belonging.actions import lift_shield, shield
from lms.models import Affiliation, Shield, User
from lms.people.actions import erase
from tests.factories import AffiliationFactory, PersonFactory
from tests.working import delivered

OWN = "/es/account/shield/"
SHIELDED = "/es/reports/shielded/"

pytestmark = pytest.mark.django_db


def listed(response):
    return [one.person for one in response.context["people"]]


def test_a_person_shields_themself_and_ends_it(enter, ana):
    browser = enter(ana)

    browser.post(OWN)
    ana.refresh_from_db()
    assert ana.shielded
    assert "account/shield/end/" in browser.get(OWN).content.decode()

    browser.post(f"{OWN}end/")
    ana.refresh_from_db()
    assert not ana.shielded
    assert Shield.objects.get().lifted_by == ana
    assert OWN in browser.get("/es/account/profile/").content.decode()


def test_shielding_needs_an_account_and_a_post(client, enter, ana):
    assert client.post(OWN)["Location"].startswith("/es/account/login/")
    assert enter(ana).get(f"{OWN}end/").status_code == 405


def test_officer_sees_the_shielded_people_of_the_country(
    enter, pilar, people, claims, court, looks
):
    people(1)
    [seen] = people(1, shielded=True)
    [claim] = claims(1, shielded=True)
    AffiliationFactory(
        institution=court, person=PersonFactory(country="HN", shielded=True)
    )

    page = enter(pilar).get(SHIELDED)

    assert set(listed(page)) == {seen, claim.person}
    assert [len(one.posts) for one in page.context["people"]] == [1, 1]
    assert looks() == [{seen, claim.person}]


def test_officer_finds_no_erased_person(enter, pilar, people, claims, at):
    [gone] = people(1, shielded=True)
    [claim] = claims(1, shielded=True)
    for person in (gone, claim.person):
        erase(person, by=None, at=at)
    browser = enter(pilar)

    assert listed(browser.get(SHIELDED)) == []
    assert browser.get(f"{SHIELDED}{gone.uuid}/end/").status_code == 404
    assert list(browser.get("/es/reports/belonging/").context["claims"]) == []
    assert list(User.objects.visible_to(pilar)) == [pilar]
    assert not Affiliation.objects.visible_to(pilar).exists()


def test_officer_ends_a_shield_only_when_the_person_asked(
    enter, pilar, people, court, looks
):
    [person] = people(1, shielded=True)
    abroad = PersonFactory(country="HN", shielded=True)
    AffiliationFactory(institution=court, person=abroad)
    Shield.objects.create(person=person, set_by=person, set_at=person.joined_at)
    browser = enter(pilar)
    url = f"{SHIELDED}{person.uuid}/end/"

    assert browser.get(url).status_code == 200
    assert browser.post(url).status_code == 422
    assert looks() == [{person}, {person}]
    person.refresh_from_db()
    assert person.shielded

    assert browser.post(url, {"asked": "on"})["Location"] == SHIELDED
    person.refresh_from_db()
    assert not person.shielded
    assert browser.get(url).status_code == 404
    foreign = browser.post(f"{SHIELDED}{abroad.uuid}/end/", {"asked": "on"})
    assert foreign.status_code == 404


def test_an_officer_shields_somebody_of_their_institution(
    enter, ines, pilar, people, court, claims, looks
):
    [person] = people(1)
    [claim] = claims(1)  # nobody says that they belong
    browser, page = enter(ines), f"/es/reports/people/{person.uuid}/"
    assert "/es/reports/people/" in browser.get("/es/reports/").content.decode()
    assert f"{page}shield/" in browser.get(page).content.decode()
    assert browser.get(f"{page}shield/").status_code == 200
    assert browser.post(f"{page}shield/").status_code == 422

    answer = browser.post(f"{page}shield/", {"reason": "Amenazas"})

    assert answer["Location"] == "/es/reports/people/"
    shield = Shield.objects.get()
    assert (shield.person, shield.set_by, shield.reason) == (person, ines, "Amenazas")
    assert browser.get(f"{page}shield/").status_code == 404
    strange = f"/es/reports/people/{claim.person.uuid}/shield/"
    assert browser.post(strange, {"reason": "x"}).status_code == 404
    assert "/es/reports/people/" not in enter(pilar).get(SHIELDED).content.decode()
    assert "institución" in enter(person).get(OWN).content.decode()


def test_who_is_seen_again_is_told_without_a_word_of_it(people, pilar, at):
    (person,) = people(1, shielded=True)
    Shield.objects.create(person=person, set_by=person, set_at=at)

    lift_shield(person, by=pilar, at=at)

    (letter,) = delivered()
    assert letter.to == [person.email]
    assert "protegida" not in letter.subject + letter.body


@pytest.mark.parametrize("by_whom", ["tomas", "oneself"])
def test_who_is_shielded_by_another_is_told_without_a_word_of_it(
    request, people, at, by_whom
):
    (person,) = people(1)
    by = person if by_whom == "oneself" else request.getfixturevalue(by_whom)

    for _time in range(2):
        shield(person, by=by, reason="Amenazas", at=at)

    letters = delivered()
    assert [letter.to for letter in letters] == [[person.email]] * (by != person)
    for letter in letters:
        said = (letter.subject + letter.body).lower()
        assert not {word for word in ("proteg", "shield", "amenazas") if word in said}


def test_ministry_officers_do_not_open_the_list(enter, ines, elena):
    assert enter(ines).get(SHIELDED).status_code == 404
    assert enter(elena).get(SHIELDED).status_code == 404


def test_shielded_list_asks_as_often_for_three_as_for_one(
    enter, pilar, people, django_assert_max_num_queries
):
    def asked():
        with django_assert_max_num_queries(60) as queries:
            assert enter(pilar).get(SHIELDED).status_code == 200
        return len(queries)

    people(1, shielded=True)
    asked()
    few = asked()
    people(2, shielded=True)

    assert asked() == few
