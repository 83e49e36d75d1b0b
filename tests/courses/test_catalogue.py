"""Choosing courses by words, profession, language and duration; what is said then."""

import pytest
from django.utils import timezone

from courses.models import CoursePage, Edition, ModulePage
from tests import factories

HOME = "/es/"


@pytest.fixture
def shelf(db):
    """Return three courses: one for all, one for judges, one only in Spanish."""
    one, two, three = (
        factories.make_course_page(code=f"C{number}", slug=f"curso-{number}")
        for number in (1, 2, 3)
    )
    for page, minutes in ((one, 120), (two, 121), (three, 241)):
        factories.make_edition(page)
        Edition.objects.filter(course=page.translation_key).update(
            minutes=dict.fromkeys(["judge", "prosecutor", "opi", "other"], minutes)
        )
    CoursePage.objects.filter(pk=two.pk).update(
        title="Protección", summary="Para niñas y niños"
    )
    ModulePage.objects.descendant_of(two).update(required_for=["judge"])
    ModulePage.objects.descendant_of(three).update(
        required_for=[], recommended_for=["opi"]
    )
    three.get_translations().update(live=False)


def codes(answer):
    return [card.page.code for card in answer.context["cards"]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["C1", "C2", "C3"]),
        ({"q": "PROTECCION ninas"}, ["C2"]),
        ({"q": "protección curso"}, []),
        ({"q": "resumen"}, ["C1", "C3"]),
        ({"track": "judge"}, ["C1", "C2"]),
        ({"track": "opi"}, ["C1", "C3"]),
        ({"language": "en"}, ["C1", "C2"]),
        ({"duration": "short"}, ["C1"]),
        ({"duration": "medium"}, ["C2"]),
        ({"duration": "long"}, ["C3"]),
        ({"track": "opi", "language": "en"}, ["C1"]),
        ({"track": "king", "language": "xx", "duration": "never"}, ["C1", "C2", "C3"]),
        ({"q": '"*', "page": "7"}, ["C1", "C2", "C3"]),
    ],
)
def test_catalogue_shows_what_was_asked_for(client, shelf, asked, found):
    assert codes(client.get(HOME, asked)) == found


def test_catalogue_is_the_same_for_who_is_signed_in(client, shelf, ana, bruno):
    stranger = codes(client.get(HOME))
    client.force_login(bruno)

    assert codes(client.get(HOME)) == stranger
    assert codes(client.get(HOME, {"track": "judge"})) == ["C1", "C2"]


def test_catalogue_keeps_what_was_asked_in_the_form(client, shelf):
    asked = {"q": "<b>", "track": "judge", "duration": "medium"}

    body = client.get(HOME, asked).content.decode()

    assert '<option value="judge" selected>' in body
    assert '<option value="medium" selected>' in body
    assert "<details open>" in body
    assert "<b>" not in body


def test_filters_are_closed_until_one_is_set(client, shelf):
    assert "<details>" in client.get(HOME, {"q": "curso"}).content.decode()


def test_one_course_has_words_to_search_and_no_filters(client, edition):
    body = client.get(HOME).content.decode()

    assert 'name="q"' in body
    assert 'name="track"' not in body


def test_empty_shelf_has_no_form(client, db):
    factories.make_catalogue()

    assert 'name="q"' not in client.get(HOME).content.decode()


def test_catalogue_says_how_many_and_offers_to_clear(client, shelf):
    body = client.get("/en/", {"track": "judge"}).content.decode()

    assert "2 courses" in body
    assert 'href="/en/#courses"' in body
    assert "2 courses" not in client.get("/en/").content.decode()


def test_when_nothing_fits_it_says_what_to_give_up(client, shelf):
    answer = client.get("/en/", {"track": "judge", "duration": "long", "q": "curso"})

    found = [(one.label, one.count, one.url) for one in answer.context["removals"]]
    assert codes(answer) == []
    assert found == [("More than 4 hours", 2, "?q=curso&track=judge#courses")]
    assert "Without “More than 4 hours” there are 2 courses" in answer.content.decode()


def test_when_no_single_filter_helps_all_are_cleared(client, shelf):
    answer = client.get("/en/", {"language": "es", "duration": "long", "q": "zzz"})

    assert answer.context["removals"] == []
    assert 'href="/en/#courses"' in answer.content.decode()


def test_words_lead_on_to_the_lessons(client, shelf):
    body = client.get(HOME, {"q": "niñas & niños/"}).content.decode()

    assert 'href="/es/search/?q=ni%C3%B1as%20%26%20ni%C3%B1os%2F"' in body


def test_filters_ask_as_much_for_three_courses_as_for_one(
    client,
    edition,
    time_machine,
    django_assert_num_queries,
    django_assert_max_num_queries,
):
    time_machine.move_to(timezone.now(), tick=False)  # what is kept for seconds stays
    asked = {"q": "curso", "track": "judge", "language": "es"}
    client.get(HOME, asked)
    with django_assert_max_num_queries(20) as one:
        client.get(HOME, asked)
    for number in (2, 3):
        page = factories.make_course_page(code=f"C{number}", slug=f"curso-{number}")
        factories.make_edition(page)

    with django_assert_num_queries(len(one)):
        answer = client.get(HOME, asked)

    assert codes(answer) == ["C1", "C2", "C3"]


def test_only_a_track_costs_a_query(
    client, edition, django_assert_num_queries, django_assert_max_num_queries
):
    client.get(HOME)
    with django_assert_max_num_queries(20) as plain:
        client.get(HOME)

    with django_assert_num_queries(len(plain)):
        client.get(HOME, {"q": "curso", "language": "es", "duration": "short"})
    with django_assert_num_queries(len(plain) + 1):
        client.get(HOME, {"track": "judge"})
