"""The screens of a list: given, checked, accepted once; and what they tell nobody."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone

from lms.models import (
    Cohort,
    CohortMember,
    Event,
    Invitation,
    Letter,
    RosterCheck,
    User,
)
from lms.team.roster.rules import MOST_BYTES
from tests.factories import PersonFactory
from tests.lms.team.roster.building import outcome, row, sheet, upload, workbook

pytestmark = pytest.mark.django_db
LIST = "correo;nombre\nnadie@example.org;Nadie Pérez\nmal;Otra\nana@example.org;Ana\n"


@pytest.fixture
def cohort(tomas):
    """The cohort that Tomás trains, with Ana in it."""
    return Cohort.objects.get()


@pytest.fixture
def page(cohort):
    return f"/en/team/cohorts/{cohort.uuid}/import/"


@pytest.fixture
def browser(client, tomas):
    client.force_login(tomas)
    return client


def given(browser, page, content=LIST):
    """Give a list, and return the answer of the page that it leads to."""
    answer = browser.post(page, {"files": upload(content)})
    assert answer.status_code == 302
    return browser.get(answer["Location"])


def counts(answer):
    report = answer.context["report"]
    return len(report.new), report.here, len(report.errors)


def errors(answer):
    return [
        error for errors in answer.context["form"].errors.values() for error in errors
    ]


def test_the_cohort_leads_to_the_import(browser, page, cohort):
    assert page in browser.get(f"/en/team/cohorts/{cohort.uuid}/").content.decode()


def test_a_list_is_checked_shown_and_imported(browser, page, cohort):
    answer = given(browser, page)
    text = answer.content.decode()

    assert counts(answer) == (1, 1, 1)
    assert "Import 1</button>" in text
    assert "(rows 4)" in text
    assert "This is no complete e-mail." in text
    assert not Invitation.objects.exists()

    done = browser.post(answer.request["PATH_INFO"], follow=True)

    assert "1 invitation is on its way." in done.content.decode()
    invitation = Invitation.objects.get()
    assert (invitation.address, invitation.facts) == (
        "nadie@example.org",
        {"name": "Nadie Pérez"},
    )
    assert Letter.objects.get().address == "nadie@example.org"


def test_what_was_accepted_is_accepted_once(browser, page):
    path = given(browser, page).request["PATH_INFO"]
    browser.post(path)

    again = browser.post(path)

    assert again.status_code == 409
    assert "This list was imported already." in again.content.decode()
    assert "This list was imported on" in browser.get(path).content.decode()
    assert (Invitation.objects.count(), Letter.objects.count()) == (1, 1)


def test_what_was_accepted_keeps_nothing_of_the_list(browser, page):
    browser.post(given(browser, page).request["PATH_INFO"])

    kept = RosterCheck.objects.get()

    assert (kept.rows, kept.report) == ([], {})


def test_rows_may_be_pasted(browser, page):
    answer = browser.post(page, {"rows": LIST.replace(";", "\t")}, follow=True)

    assert counts(answer) == (1, 1, 1)


def test_a_workbook_is_read_like_a_text(browser, page):
    made = workbook(sheet(row("correo"), row("nadie@example.org")))

    assert counts(given(browser, page, made)) == (1, 0, 0)


def test_the_template_is_a_list_that_we_read(browser, page):
    book = browser.get(f"{page}template/")
    text = browser.get(f"{page}template/", {"as": "csv"})

    assert (outcome(book.content), outcome(text.content)) == (
        "only-headings",
        "only-headings",
    )
    assert text.content.decode("utf-8-sig").startswith('"e-mail","given names","surn')
    assert "attachment" in book["Content-Disposition"]


def test_errors_are_downloaded_without_a_living_formula(browser, page):
    path = given(browser, page, "correo,nombre\n=1+1,@SUM(A1)\n").request["PATH_INFO"]

    lines = browser.get(f"{path}errors/").content.decode("utf-8-sig").splitlines()

    assert lines[0] == '"Row","E-mail","Name","What is wrong","What to do"'
    assert lines[1].startswith(
        """"2","'=1+1","'@SUM(A1)","This is no complete e-mail."""
    )


def test_nothing_given_is_asked_for_again(browser, page):
    answer = browser.post(page, {"rows": " \n"})

    assert answer.status_code == 422
    assert errors(answer) == ["Choose a file or paste rows."]
    assert "<title>Error: " in answer.content.decode()


def test_a_file_and_rows_at_once_are_refused(browser, page):
    answer = browser.post(page, {"rows": "x", "files": upload(LIST)})

    assert errors(answer) == ["Choose a file or paste rows, not both."]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04", b"\0\xff" * 300])
def test_what_is_no_list_is_refused_where_it_was_given(browser, page, content):
    answer = browser.post(page, {"files": upload(content)})

    assert answer.status_code == 422
    assert len(errors(answer)) == 1
    assert not RosterCheck.objects.exists()


@pytest.mark.parametrize("enforced", [False, True])
def test_a_file_that_is_too_long_is_refused_in_our_words(tomas, page, enforced):
    browser = Client(enforce_csrf_checks=enforced)
    browser.force_login(tomas)
    browser.get(page)
    token = browser.cookies["csrftoken"].value
    long = BytesIO(b"x" * (MOST_BYTES + 1))
    long.name = "lista.csv"

    answer = browser.post(page, {"csrfmiddlewaretoken": token, "files": long})

    assert answer.status_code == 422
    assert "The list is larger than 5 MB." in answer.content.decode()


def test_a_text_that_is_too_long_is_refused_in_our_words(tomas, page):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(tomas)

    answer = browser.post(page, {"rows": "x" * 3_000_000})

    assert answer.status_code == 422
    assert "The list is larger than 5 MB." in answer.content.decode()


def test_a_form_that_broke_on_its_way_is_refused_in_our_words(browser, page):
    answer = browser.post(page, b"x", content_type="multipart/form-data; boundary=\xff")

    assert answer.status_code == 422
    assert "The list did not arrive whole." in answer.content.decode()


def test_a_list_from_another_site_is_refused(tomas, page):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(tomas)

    assert browser.post(page, {"rows": LIST}).status_code == 403
    assert not RosterCheck.objects.exists()


def test_an_archived_cohort_takes_no_list(browser, page, cohort):
    path = given(browser, page).request["PATH_INFO"]
    Cohort.objects.update(archived_at=timezone.now())

    answers = [
        browser.get(page),
        browser.post(page, {"rows": LIST}),
        browser.post(path),
    ]

    assert [answer.status_code for answer in answers] == [200, 409, 409]
    assert all("The cohort is archived" in one.content.decode() for one in answers)
    assert not Invitation.objects.exists()


def test_a_list_is_gone_after_its_day(browser, page):
    path = given(browser, page).request["PATH_INFO"]
    RosterCheck.objects.update(
        made_at=timezone.now() - timedelta(days=1), until_at=timezone.now()
    )

    assert browser.get(path).status_code == 404
    assert browser.post(path).status_code == 404
    assert browser.get(f"{path}errors/").status_code == 404


def test_that_a_list_names_a_member_is_a_look_at_them(browser, page, ana, tomas):
    given(browser, page)

    look = Event.objects.get(kind=Event.Kind.LOOK)
    assert (look.actor, set(look.subjects.all())) == (tomas, {ana})
    assert look.fields == ["e-mail"]


def test_new_people_are_paged_and_asked_for_at_once(browser, page):
    people = [f"p{n}@example.org" for n in range(51)]

    answer = given(browser, page, "\n".join(["correo", *people]))

    assert len(answer.context["rows"]) == 50
    assert "Import 51</button>" in answer.content.decode()


def test_the_answer_is_the_same_whatever_accounts_exist(browser, page, cohort):
    """Of ten strangers some have accounts, closed or not, and one is shielded here."""
    people = [f"p{n}@example.org" for n in range(10)]
    content = "\n".join(["correo", *people])

    def told():
        answer = given(browser, page, content)
        kept = RosterCheck.objects.latest("pk")
        text = answer.content.decode().replace(str(kept.uuid), "")
        return counts(answer), kept.rows, kept.report, len(text)

    before = told()
    PersonFactory(email=people[0])
    PersonFactory(email=people[1], country="HN")
    PersonFactory(email=people[2], is_active=False, closed_at=timezone.now())
    shielded = PersonFactory(email=people[3], shielded=True)
    CohortMember.objects.create(cohort=cohort, person=shielded, from_on=cohort.from_on)
    accounts = list(User.objects.order_by("pk").values())

    assert told() == before
    assert list(User.objects.order_by("pk").values()) == accounts


def test_pages_ask_as_often_for_a_thousand_as_for_one(
    browser, page, django_assert_max_num_queries
):
    def asked(count):
        people = "\n".join(f"p{n}@example.org;Corte {n}" for n in range(count))
        content = f"correo;institución\nana@example.org;x\n{people}\n"
        queries = []
        with django_assert_max_num_queries(60) as seen:
            path = given(browser, page, content).request["PATH_INFO"]
        queries.append(len(seen))
        with django_assert_max_num_queries(60) as seen:
            browser.get(f"{path}errors/")
        queries.append(len(seen))
        return queries

    asked(1)

    assert asked(1000) == asked(1)
