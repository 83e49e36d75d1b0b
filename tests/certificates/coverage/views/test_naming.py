"""The page of a post: who is shown on it, who can be named, and the end of holding."""

from datetime import timedelta
from uuid import uuid4

import pytest

from certificates.models import PostHolder
from lms.models import Affiliation, Event
from tests.certificates.coverage.building import ON, a_post, certify, holds, of
from tests.factories import InstitutionFactory, PersonFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def page(post):
    return f"/en/reports/coverage/posts/{post.uuid}/"


def looks():
    events = Event.objects.filter(kind=Event.Kind.LOOK).order_by("pk")
    return [(e.purpose, list(e.subjects.values_list("pk", flat=True))) for e in events]


def test_holders_are_shown_with_the_day_their_certificate_lapses(
    browser, page, post, judiciary, edition
):
    one = of(judiciary, legal_name="Una Certificada")
    two = of(judiciary, legal_name="Otro Pendiente")
    for person in (one, two):
        holds(person, post)
    certify(one, edition, on=ON, until=ON + DAY)

    text = browser.get(page).content.decode()

    assert "covered until 3 November 2026" in text
    assert "Una Certificada" in text
    assert "until 3 November 2026" in text
    assert "not certified" in text
    assert looks() == [("holders of a duty post", [one.pk, two.pk])]


def test_what_has_no_end_says_so(browser, page, post, judiciary, edition):
    person = of(judiciary)
    holds(person, post)
    certify(person, edition, on=ON, until=None)

    assert browser.get(page).content.decode().count("no end") == 2


def test_who_is_not_confirmed_is_a_figure_and_shielded_people_are_none(
    browser, page, post, judiciary
):
    holds(of(judiciary, legal_name="Persona Protegida", shielded=True), post)
    left = of(judiciary, legal_name="Persona Trasladada")
    holds(left, post)
    Affiliation.objects.filter(person=left).update(until_on=ON - DAY)

    text = browser.get(page).content.decode()

    assert "1 person named is not shown" in text
    assert "Persona" not in text
    assert looks() == []


def test_a_post_of_nobody_says_so(browser, page):
    assert "Nobody is named for this post yet." in browser.get(page).content.decode()


def test_people_are_found_by_name_and_named(browser, page, post, judiciary, ines):
    person = of(judiciary, legal_name="María Cojtí")
    of(judiciary, legal_name="Pedro Otro")

    text = browser.get(page, {"q": "cojti"}).content.decode()
    done = browser.post(page, {"person": person.uuid}, follow=True)

    assert "María Cojtí" in text
    assert "Pedro" not in text
    assert "María Cojtí is named for this post." in done.content.decode()
    holder = PostHolder.objects.get()
    assert (holder.person, holder.from_on, holder.named_by) == (person, ON, ines)
    assert looks()[0] == ("people who can be named for a duty post", [person.pk])


@pytest.mark.parametrize("words", ["", "***", "x" * 101])
def test_nobody_is_listed_without_a_name(browser, page, judiciary, words):
    of(judiciary, legal_name="María Cojtí")

    assert "María" not in browser.get(page, {"q": words}).content.decode()


def test_nobody_else_can_be_found_or_named(browser, page, post, judiciary):
    shielded = of(judiciary, legal_name="María Uno", shielded=True)
    elsewhere = of(InstitutionFactory(), legal_name="María Dos")
    named = of(judiciary, legal_name="María Tres")
    unsaid = PersonFactory(legal_name="María Cuatro")
    holds(named, post)

    text = browser.get(page, {"q": "María"}).content.decode()
    statuses = {
        browser.post(page, {"person": person.uuid}).status_code
        for person in (shielded, elsewhere, named, unsaid)
    }

    assert "Nobody confirmed in the institution has these words" in text
    assert statuses == {404}
    assert PostHolder.objects.count() == 1


def test_people_above_and_below_the_institution_are_found(
    browser, ines, judiciary, course
):
    court = InstitutionFactory(parent=judiciary)
    of(judiciary, legal_name="María Arriba")
    of(court, legal_name="María Abajo")
    posts = [a_post(place, course, ines) for place in (judiciary, court)]

    pages = [f"/en/reports/coverage/posts/{post.uuid}/?q=maria" for post in posts]

    assert [browser.get(page).context["count"] for page in pages] == [2, 2]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Choose the person to be named."),
        ({"person": "moon"}, "Choose one of the people in the list."),
    ],
)
def test_whoever_chooses_nobody_is_asked_again(browser, page, given, said):
    answer = browser.post(page, given)

    assert answer.status_code == 422
    assert "<title>Error: " in answer.content.decode()
    assert said in answer.content.decode()
    assert not PostHolder.objects.exists()


def test_holding_ends(browser, page, post, judiciary):
    holder = holds(of(judiciary, legal_name="María Cojtí"), post)

    done = browser.post(f"{page}holders/{holder.uuid}/end/", follow=True)

    assert "María Cojtí is no longer named for this post." in done.content.decode()
    holder.refresh_from_db()
    assert holder.until_on == ON - DAY


def test_what_is_not_in_sight_is_not_there(
    browser, client, page, post, hugo, judiciary
):
    shielded = holds(of(judiciary, shielded=True), post)
    other = holds(of(judiciary), a_post(judiciary, post.course, post.loaded_by))

    assert browser.post(f"{page}holders/{shielded.uuid}/end/").status_code == 404
    assert browser.post(f"{page}holders/{other.uuid}/end/").status_code == 404
    assert browser.get(page.replace(str(post.uuid), str(uuid4()))).status_code == 404

    client.force_login(hugo)
    assert client.get(page).status_code == 404
    assert client.post(f"{page}holders/{other.uuid}/end/").status_code == 404
    assert not PostHolder.objects.exclude(until_on=None).exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_as_many_queries_for_many(
    browser, page, post, judiciary, edition, number, django_assert_num_queries
):
    for _one in range(number):
        person = of(judiciary)
        holds(person, post)
        certify(person, edition, on=ON, until=ON + DAY)
    browser.get(page)

    with django_assert_num_queries(18):
        browser.get(page, {"q": "persona"})
