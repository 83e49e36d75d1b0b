"""What the page of coverage says, to whom, and the table that one takes away."""

import csv
from datetime import timedelta

import pytest

from certificates.models import PostRoster
from tests.certificates.coverage.building import ON, a_post, certify, holds, of
from tests.factories import NOON, InstitutionFactory

pytestmark = pytest.mark.django_db
PAGE = "/en/reports/coverage/"
DAY = timedelta(days=1)


@pytest.fixture
def posts(judiciary, edition, ines):
    """One post that is covered, one that lapses, a gap, and one of nobody."""
    names = ("Covered post", "Lapsing post", "Gap post", "Empty post")
    made = [a_post(judiciary, edition.course, ines, name=name) for name in names]
    for post, until in zip(made, (None, ON + DAY, ON - DAY), strict=False):
        person = of(judiciary, legal_name=f"Persona de {post.name}")
        holds(person, post)
        certify(person, edition, on=ON - 9 * DAY, until=until)
    return made


def listed(answer):
    return [line.post.name for line in answer.context["lines"]]


def test_my_institution_leads_to_it(browser):
    assert PAGE in browser.get("/en/reports/").content.decode()


def test_without_posts_it_says_what_to_do(browser):
    text = browser.get(PAGE).content.decode()

    assert "No duty post is loaded yet" in text
    assert "/en/reports/coverage/load/" in text


def test_the_headline_says_of_how_many_and_as_of_when(browser, posts):
    text = browser.get(PAGE).content.decode()

    assert "at least one currently certified person: 2 of 4 (50\u00a0%)" in text
    assert "As of 2 November 2026" in text
    assert "2 of 4 posts; for 1 of them nobody is named" in text
    assert "3 of 4 posts on 31 January 2027, if nothing is renewed" in text
    assert "1 post within 90 days" in text


def test_posts_are_listed_with_gaps_first(browser, posts):
    answer = browser.get(PAGE)

    assert listed(answer) == ["Empty post", "Gap post", "Lapsing post", "Covered post"]
    assert "3 November 2026" in answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("state=gaps", ["Empty post", "Gap post"]),
        ("state=unnamed", ["Empty post"]),
        ("state=lapsing", ["Lapsing post"]),
        ("state=covered", ["Covered post"]),
        ("place=court", []),
    ],
)
def test_filters_narrow_the_list(browser, posts, asked, names):
    answer = browser.get(f"{PAGE}?{asked}")

    assert listed(answer) == names
    assert "Without filters" in answer.content.decode()


def test_an_institution_narrows_the_figures_too(browser, posts, judiciary):
    other = InstitutionFactory(parent=judiciary)
    a_post(other, posts[0].course, posts[0].loaded_by, name="Of a court")

    answer = browser.get(PAGE, {"institution": other.pk})
    above = browser.get(PAGE, {"institution": judiciary.pk})

    assert listed(answer) == ["Of a court"]
    assert answer.context["coverage"].totals.posts == 1
    assert above.context["coverage"].totals.posts == 5


@pytest.mark.parametrize("asked", ["institution=999999", "state=moon", "place=moon"])
def test_a_link_that_is_out_of_date_shows_all_and_says_so(browser, posts, asked):
    answer = browser.get(f"{PAGE}?{asked}")

    assert answer.status_code == 200
    assert len(listed(answer)) == 4
    assert "something that is not there any more" in answer.content.decode()


def test_nobody_is_named_on_it(browser, posts):
    assert "Persona de" not in browser.get(PAGE).content.decode()


def test_other_ministries_see_nothing_of_it(client, hugo, posts, on_the_day):
    client.force_login(hugo)

    assert "No duty post is loaded yet" in client.get(PAGE).content.decode()
    assert (
        "post" not in client.get(f"{PAGE}posts.csv").content.decode().split("\n", 1)[1]
    )


def test_the_table_holds_what_is_listed(browser, posts):
    answer = browser.get(f"{PAGE}posts.csv?state=lapsing")

    heading, row = csv.reader(answer.content.decode("utf-8-sig").splitlines())
    assert heading[0] == "Duty post"
    assert (row[0], row[8], row[9]) == (
        "Lapsing post",
        "Lapses within 90 days",
        "2026-11-03",
    )
    assert row[10].startswith("2 November 2026")


def test_the_table_has_no_living_formula(browser, judiciary, course, ines):
    a_post(judiciary, course, ines, name="=1+1", basis="@x", code="-2")

    _heading, row = csv.reader(
        browser.get(f"{PAGE}posts.csv").content.decode("utf-8-sig").splitlines()
    )

    assert (row[0], row[1], row[7]) == ("'=1+1", "'-2", "'@x")


def test_rosters_that_were_loaded_are_told_without_names(
    browser, posts, ines, hugo, judiciary
):
    for by, name in ((ines, "mine.csv"), (hugo, "")):
        kept = PostRoster.objects.create(
            by=by, file_name=name, made_at=NOON, until_at=NOON + DAY, loaded_at=NOON
        )
        kept.institutions.add(judiciary)

    text = browser.get(PAGE).content.decode()

    assert "mine.csv" in text
    assert "pasted rows" in text
    assert hugo.legal_name not in text


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_as_many_queries_for_many(
    browser, judiciary, edition, ines, number, django_assert_num_queries
):
    for _one in range(number):
        post = a_post(judiciary, edition.course, ines, cadence=12)
        person = of(judiciary)
        holds(person, post)
        certify(person, edition, on=ON, until=ON + DAY)
    browser.get(PAGE)

    with django_assert_num_queries(17):
        browser.get(PAGE)
