"""The screens of the officer: how many, who, and what is known of one of them."""

import pytest
from django.utils import timezone

from lms.belonging.people import figures_of, totals_of
from lms.people.choices import Role
from tests.factories import (
    AffiliationFactory,
    InstitutionFactory,
    MandateFactory,
    PersonFactory,
)

REPORTS = "/es/reports/"
PEOPLE = "/es/reports/people/"

pytestmark = pytest.mark.django_db


def shown(response):
    return [post.person for post in response.context["page_obj"]]


@pytest.mark.parametrize(
    "path",
    [
        REPORTS,
        PEOPLE,
        "/es/reports/belonging/",
        "/es/reports/typed/",
        "/es/reports/shielded/",
    ],
)
def test_nobody_without_the_mandate_enters(enter, ana, tomas, sofia, admin, path):
    answers = [enter(p).get(path).status_code for p in (ana, tomas, sofia, admin)]

    assert answers == [404] * 4


def test_reports_count_by_institution_without_shielded_people(
    enter, ines, judiciary, people, claims
):
    people(2)
    people(1, shielded=True)
    claims(1)
    claims(2, shielded=True)
    InstitutionFactory()

    page = enter(ines).get(REPORTS)

    [row] = page.context["institutions"]
    assert (row, row.confirmed, row.unconfirmed) == (judiciary, 2, 1)
    totals = page.context["totals"]
    assert (totals.confirmed, totals.unconfirmed) == (2, 1)
    assert "1 persona espera respuesta." in page.content.decode()


@pytest.mark.parametrize(
    ("over", "called", "heading"),
    [
        ("institution", "Mi institución", "Mi institución"),
        ("country", "Mis instituciones", "Mis instituciones: Guatemala"),
    ],
)
def test_desk_is_called_by_what_the_mandate_is_over(
    enter, ana, judiciary, over, called, heading
):
    wide = over == "country"
    MandateFactory(
        holder=ana, role=Role.MINISTRY, institution=None if wide else judiciary
    )
    browser = enter(ana)

    page = browser.get(REPORTS).content.decode()
    below = browser.get(PEOPLE).content.decode()

    assert f"<h1>{heading}</h1>" in page
    assert page.count(f'href="{PEOPLE}"') == 1
    assert f">{called}</a></li>" in page
    assert f"{called}</a></p>" in below


def test_figures_leave_out_who_left_was_refused_or_closed(
    ines, judiciary, people, claims, at
):
    left, closed = people(2)
    left.affiliations.update(until_on=at.date())
    closed.is_active, closed.closed_at = False, at
    closed.save()
    [refused] = claims(1)
    refused.refused_by, refused.refused_at = ines, at
    refused.save()
    on = timezone.localdate()

    [row] = figures_of(ines, on=on)
    totals = totals_of(ines, on=on)

    assert (row.confirmed, row.unconfirmed) == (0, 0)
    assert (totals.confirmed, totals.unconfirmed) == (0, 0)


def test_people_of_the_institution_are_listed_and_the_look_recorded(
    enter, ines, people, claims, looks
):
    belong = people(3)
    people(1, shielded=True)
    claims(1)

    page = enter(ines).get(PEOPLE)

    assert shown(page) == belong
    totals = page.context["totals"]
    assert (totals.confirmed, totals.unconfirmed) == (3, 1)
    assert looks() == [set(belong)]


def test_an_institution_sees_the_people_of_those_below_it(enter, ines, judiciary):
    below = InstitutionFactory(parent=judiciary)
    post = AffiliationFactory(institution=below, confirmed=True)

    assert shown(enter(ines).get(PEOPLE)) == [post.person]


def test_another_country_sees_nobody_of_it(
    enter, hugo, ines, judiciary, court, people, looks
):
    [ana, *_rest] = people(51)
    carla = AffiliationFactory(institution=court, confirmed=True).person
    browser = enter(hugo)

    lists = [
        browser.get(PEOPLE),
        browser.get(PEOPLE, {"q": ana.legal_name}),
        browser.get(PEOPLE, {"q": "Zq"}),
        browser.get(PEOPLE, {"track": "judge"}),
        browser.get(PEOPLE, {"page": "2"}),
        browser.get(PEOPLE, {"sort": "since"}),
    ]
    foreign = browser.get(PEOPLE, {"institution": judiciary.pk})
    unknown = browser.get(PEOPLE, {"institution": 999999})
    person = browser.get(f"{PEOPLE}{ana.uuid}/")

    found = [shown(page) for page in lists]
    assert found == [[carla], [], [], [carla], [carla], [carla]]
    assert all("Zq Persona 001" not in page.content.decode() for page in lists)
    assert all(str(ana.uuid) not in page.content.decode() for page in lists)
    assert judiciary not in lists[0].context["form"].fields["institution"].queryset
    assert (foreign.status_code, unknown.status_code) == (404, 404)
    assert foreign.content.decode() == unknown.content.decode().replace(
        "999999", str(judiciary.pk)
    )
    assert person.status_code == 404
    assert looks() == [{carla}] * 4


def test_people_are_found_by_name_institution_and_track(enter, elena, judiciary):
    other = InstitutionFactory()
    rosa = PersonFactory(legal_name="Rosa Tol", sort_name="Tol, Rosa")
    luis = PersonFactory(legal_name="Luis Tol", sort_name="Tol, Luis")
    AffiliationFactory(person=rosa, institution=judiciary, confirmed=True)
    AffiliationFactory(person=luis, institution=other, track="opi", confirmed=True)
    browser = enter(elena)

    def found(**query):
        return shown(browser.get(PEOPLE, query))

    assert found(q="tol") == [luis, rosa]
    assert found(q="tol rosa") == [rosa]
    assert found(institution=judiciary.pk) == [rosa]
    assert found(track="opi") == [luis]
    assert found(q="tol", track="judge", institution=other.pk) == []


def test_accents_neither_hide_nor_move_anybody(enter, ines, judiciary):
    for name in ("Montoya, Ana", "Ñandú, Eva", "Méndez, José", "Núñez, Olga"):
        person = PersonFactory(legal_name=name, sort_name=name)
        AffiliationFactory(person=person, institution=judiciary, confirmed=True)
    browser = enter(ines)

    def found(**query):
        return [p.sort_name for p in shown(browser.get(PEOPLE, query))]

    assert found() == ["Méndez, José", "Montoya, Ana", "Ñandú, Eva", "Núñez, Olga"]
    assert found(q="mendez JOSE") == found(q="Méndez") == ["Méndez, José"]


@pytest.mark.parametrize(
    "query",
    [
        {"sort": "person__email"},
        {"sort": "-pk"},
        {"track": "queen"},
        {"institution": "x"},
        {"q": "x" * 101},
        {"q": "a\x00b"},
    ],
)
def test_what_nobody_can_ask_for_is_not_there(enter, ines, query):
    assert enter(ines).get(PEOPLE, query).status_code == 404


def test_people_are_sorted_by_name_or_by_since(enter, ines, people):
    first, second = people(2)
    second.affiliations.update(from_on="2020-01-01")
    browser = enter(ines)

    assert shown(browser.get(PEOPLE)) == [first, second]
    assert shown(browser.get(PEOPLE, {"sort": "since"})) == [second, first]


def test_pages_hold_fifty_and_each_is_one_look(enter, ines, people, looks):
    belong = people(51)
    browser = enter(ines)

    browser.get(PEOPLE)
    browser.get(PEOPLE, {"page": "2"})
    browser.get(PEOPLE, {"page": "99"})

    assert looks() == [set(belong[:50]), {belong[50]}, {belong[50]}]


def test_person_page_shows_the_posts_in_ones_institutions(
    enter, ines, people, looks, court
):
    [person] = people(1)
    before = AffiliationFactory(
        person=person, institution=court, confirmed=True, until_on="2024-02-01"
    )

    page = enter(ines).get(f"{PEOPLE}{person.uuid}/")

    assert person.legal_name in page.content.decode()
    assert list(page.context["posts"]) == [person.affiliations.exclude(pk=before.pk)[0]]
    assert looks() == [{person}]


def test_leaving_ends_the_view(enter, ines, people, at):
    [person] = people(1)
    person.affiliations.update(until_on=at.date())
    browser = enter(ines)

    assert shown(browser.get(PEOPLE)) == []
    assert browser.get(f"{PEOPLE}{person.uuid}/").status_code == 404


def test_the_end_of_the_mandate_ends_the_view(enter, ines, people, at):
    people(1)
    ines.mandates.update(ended_at=at, ended_reason="Relevo")

    assert enter(ines).get(PEOPLE).status_code == 404


def test_shielded_people_have_no_page_and_are_not_found(enter, ines, people, looks):
    [person] = people(1, shielded=True)
    browser = enter(ines)

    page = browser.get(PEOPLE, {"q": "Zq"})

    assert shown(page) == []
    assert browser.get(f"{PEOPLE}{person.uuid}/").status_code == 404
    assert page.context["totals"].confirmed == 0
    assert looks() == []


@pytest.mark.parametrize("path", [REPORTS, PEOPLE])
def test_screens_ask_as_often_for_three_as_for_one(
    enter, elena, people, path, django_assert_max_num_queries
):
    def asked():
        with django_assert_max_num_queries(60) as queries:
            assert enter(elena).get(path).status_code == 200
        return len(queries)

    people(1)
    asked()
    few = asked()
    people(2)
    AffiliationFactory(confirmed=True)

    assert asked() == few
