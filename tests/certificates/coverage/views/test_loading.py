"""The screens of a roster: given, checked, loaded once; and what they tell nobody."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from certificates.models import DutyPost, PostRoster
from lms.team.roster.rules import MOST_BYTES
from tests.certificates.coverage.building import ROW, a_post, of, roster
from tests.lms.team.roster.building import upload

pytestmark = pytest.mark.django_db
PAGE = "/en/reports/coverage/load/"
WRONG = "Turno B;;Nada;;C1;;;;"


@pytest.fixture(autouse=True)
def of_today(browser, course):
    """There is a course, and Inés at her desk."""


def given(browser, *rows):
    answer = browser.post(PAGE, {"files": upload(roster(*rows), "posts.csv")})
    assert answer.status_code == 302
    return browser.get(answer["Location"])


def test_a_roster_is_checked_corrected_and_loaded(browser):
    answer = given(browser, ROW, WRONG)
    text = answer.content.decode()

    assert "“Nada” is not in the list of institutions." in text
    assert "1 row, which is not loaded" in text
    assert "as long as rows have errors, no post is retired" in text
    assert not DutyPost.objects.exists()

    again = given(browser, ROW, WRONG.replace("Nada", "judiciary"))
    assert "Rows with errors" not in again.content.decode()

    done = browser.post(again.request["PATH_INFO"], follow=True)

    assert "The roster is loaded: 2 posts. New: 2," in done.content.decode()
    assert "posts.csv" in done.content.decode()
    assert DutyPost.objects.count() == 2


def test_new_posts_are_new_as_posts_are_in_spanish(browser):
    checked = given(browser, ROW).request["PATH_INFO"]

    text = browser.get(checked.replace("/en/", "/es/")).text

    assert "<dt>Nuevos</dt><dd>1 puesto" in text


def test_what_would_change_and_be_retired_is_shown(browser, judiciary, course, ines):
    a_post(judiciary, course, ines, code="TA", name="Old name")
    a_post(judiciary, course, ines, name="Gone post")

    text = given(browser, ROW).content.decode()

    assert "Gone post" in text
    assert "Turno A" in text


def test_a_roster_that_says_nothing_new_has_no_button(browser):
    browser.post(given(browser, ROW).request["PATH_INFO"])

    text = given(browser, ROW).content.decode()

    assert "This roster says nothing that is not there already." in text
    assert ">Load the roster<" not in text


def test_a_roster_of_errors_alone_has_no_button(browser):
    text = given(browser, WRONG).content.decode()

    assert "Nothing of this roster can be loaded." in text
    assert ">Load the roster<" not in text


def test_what_was_loaded_is_loaded_once(browser):
    path = given(browser, ROW).request["PATH_INFO"]
    browser.post(path)

    again = browser.post(path)

    assert again.status_code == 409
    assert "This roster was loaded already" in again.content.decode()
    assert "This roster was loaded on" in browser.get(path).content.decode()


def test_e_mails_that_are_not_known_are_told_by_their_place(browser, judiciary):
    text = given(
        browser, f'{ROW}"{of(judiciary).email};x@example.org"'
    ).content.decode()

    assert "nobody has e-mail no. 2." in text
    assert "1 named from today" in text
    assert "@example.org" not in text


def test_rows_may_be_pasted(browser):
    answer = browser.post(PAGE, {"rows": roster(ROW)}, follow=True)

    assert len(answer.context["plan"].new) == 1
    assert PostRoster.objects.get().file_name == ""


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Choose a file or paste rows."),
        ({"rows": "correo\nana@example.org"}, "We found no column with posts."),
        ({"rows": roster()}, "The roster has headings and no posts."),
    ],
)
def test_what_cannot_be_read_is_said(browser, given, said):
    answer = browser.post(PAGE, given)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "<title>Error: " in answer.content.decode()


def test_a_roster_that_is_too_large_is_told_so(browser):
    answer = browser.post(PAGE, {"files": upload(b"x" * (MOST_BYTES + 1))})

    assert answer.status_code == 422
    assert "larger than 5 MB" in answer.content.decode()


def test_the_page_says_what_may_stand_in_a_roster(browser):
    text = browser.get(PAGE).content.decode()

    assert "Judiciary (gt-organismo-judicial)" in text
    assert "Border crossing" in text
    assert "C1" in text


def test_the_template_is_handed_out(browser):
    book = browser.get(f"{PAGE}template/")
    text = browser.get(f"{PAGE}template/", {"as": "csv"})

    assert book.content.startswith(b"PK")
    assert text.content.decode("utf-8-sig").startswith('"post","code","institution"')


def test_errors_are_downloaded_without_a_living_formula(browser):
    path = given(browser, "=1+1;;@x;;C1;;;;").request["PATH_INFO"]

    lines = browser.get(f"{path}errors/").content.decode("utf-8-sig").splitlines()

    assert lines[0] == '"Row","Duty post","Institution","What is wrong","What to do"'
    assert lines[1].startswith("""\"2","'=1+1","'@x","“@x” is not in the list""")


def test_a_roster_is_its_givers_alone_and_for_a_day(browser, client, hugo, on_the_day):
    path = given(browser, ROW).request["PATH_INFO"]
    other = f"{PAGE}{uuid4()}/"

    assert browser.get(other).status_code == 404

    PostRoster.objects.update(until_at=timezone.now() + timedelta(minutes=1))
    on_the_day.shift(timedelta(minutes=2))
    assert browser.get(path).status_code == 404

    PostRoster.objects.update(until_at=timezone.now() + timedelta(days=1))
    client.force_login(hugo)
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404
    assert client.get(f"{path}errors/").status_code == 404
    assert not PostRoster.objects.loaded().exists()
    assert not DutyPost.objects.exists()
