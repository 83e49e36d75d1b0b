"""What a person takes with them: everything registered, in a file."""

import json
import re
from datetime import datetime
from uuid import uuid4

import pytest
from allauth.usersessions.models import UserSession

from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.people.export import as_html, as_json, sections_of
from lms.people.records import declared
from tests import factories
from tests.lms.people.seeding import TOLD, asked, awarded, seeded

EXPORT = "/en/account/my-data/export/"
DONE = [(Event.Kind.EXPORT, "own data"), (Event.Kind.CHANGE, "person shielded")]


@pytest.fixture
def person(admin, edition, at):
    return seeded(by=admin, edition=edition, at=at)


def records(person, at, language="es"):
    return json.loads(as_json(person, language=language, at=at))["records"]


def test_export_holds_every_text_about_the_person(person, at):
    written = as_json(person, language="es", at=at)

    assert [word for word in TOLD if word not in written] == []


def test_export_tells_of_every_kind_that_is_registered(person, at):
    document = json.loads(as_json(person, language="es", at=at))

    told = {record.what for record in declared()}
    assert told == set(document["records"]) | set(document["not in this file"])


def test_export_holds_answers_completions_and_certificates(person, at):
    told = records(person, at, language="en")

    assert told["Your answers"][0]["answer"][0].startswith("Dos")
    (done, *_more) = told["What you finished"]
    assert done["course"] == "Curso C1 (en)"
    assert done["at"] == at.isoformat()
    codes = set(person.certificates.values_list("code", flat=True))
    assert {row["code"] for row in told["Certificates"]} == codes


def test_export_writes_dates_so_that_machines_read_them(person, at):
    (mine, *_more) = records(person, at)["Who you are"]

    assert datetime.fromisoformat(mine["account opened"]) == person.joined_at
    assert mine["country"] == "Guatemala"


def test_export_gives_no_key_away(person, at):
    for written in (
        as_json(person, language="es", at=at),
        as_html(person, language="es", at=at),
    ):
        assert "KEY" not in written
        assert '"secret"' not in written
        assert "md5$" not in written


def test_export_holds_nothing_of_anybody_else(person, bruno, at, edition, admin):
    awarded(bruno, edition, at=at)

    written = as_json(person, language="es", at=at)

    for other in (bruno, admin):
        assert other.legal_name not in written
        assert other.email not in written


def test_html_needs_nothing_but_itself(person, at):
    page = as_html(person, language="en", at=at)

    assert [word for word in TOLD if word not in page] == []
    assert not re.search(r"<script|<link|src=|href=|url\(|@import", page)
    assert '<html lang="en">' in page
    assert "2 November 2026" in page


def test_html_speaks_the_language_of_its_reader(person, at):
    page = as_html(person, language="es", at=at)

    assert '<html lang="es">' in page
    assert "2 de noviembre de 2026" in page


@pytest.fixture
def busy(person, at):
    """The person signed in with a browser, and did what the log notes."""
    for kind, purpose in DONE:
        record_event(kind, actor=person, purpose=purpose, subjects=[person], at=at)
    person.mandates.update(ended_reason="it ran out")
    UserSession.objects.create(
        user=person, session_key="x", user_agent="Firefox/140.0 (Android 14)"
    )
    return person


def test_html_says_our_own_words_in_the_language_of_its_reader(busy, at):
    page = as_html(busy, language="es", at=at)

    said = ["datos propios", "protección de identidad activada", "venció"]
    assert [word for word in [*said, "Firefox en Android"] if word not in page] == []
    english = ["own data", "person shielded", "it ran out", "Firefox on Android"]
    assert [word for word in english if word in page] == []


def test_json_has_english_keys_and_says_our_own_words_in_the_readers_language(busy, at):
    spanish, english = (
        json.loads(as_json(busy, language=code, at=at)) for code in ("es", "en")
    )

    assert set(spanish) == set(english)
    assert set(spanish["records"]) == set(english["records"])
    told = [
        {"at": at.isoformat(), "kind": kind, "purpose": purpose}
        for kind, purpose in (
            ("Descarga", "datos propios"),
            ("Cambio", "protección de identidad activada"),
        )
    ]
    assert spanish["records"]["What you did that the log notes"] == told
    for document, browser, reason in (
        (spanish, "Firefox en Android", "venció"),
        (english, "Firefox on Android", "it ran out"),
    ):
        (session,) = document["records"]["Where you are signed in"]
        assert session["browser"] == browser
        (held,) = document["records"]["Mandates that you hold or held"]
        assert held["reason it ended"] == reason
    for what, why in spanish["not in this file"].items():
        assert why != english["not in this file"][what]


def test_export_asks_as_often_for_much_as_for_little(
    person, at, django_assert_max_num_queries, admin
):
    def queries():
        with django_assert_max_num_queries(200) as found:
            list(sections_of(person, language="es"))
        return len(found)

    few = queries()
    for number in range(3):
        person.consents.create(version=f"v{number}", at=at)
        asked(person, reason="x", subject=uuid4(), at=at)
        Event.objects.create(kind="look", actor=admin, purpose="p", at=at)
        edition = factories.make_edition(
            factories.make_course_page(code=f"M{number}", slug=f"m{number}")
        )
        awarded(person, edition, at=at)

    assert queries() == few


def test_export_page_says_what_each_file_weighs(sure, ana):
    page = sure(ana).get(EXPORT).content.decode()

    assert re.search(r"my-data\.html \([\d.,]+.KB\)", page)
    assert re.search(r"my-data\.json \([\d.,]+.KB\)", page)
    assert not Event.objects.filter(kind=Event.Kind.EXPORT).exists()


def test_export_page_offers_first_what_a_person_reads(sure, ana):
    page = sure(ana).get(EXPORT).content.decode()

    buttons = re.findall(r'class="(button[^"]*)" href="[^"]*as=(\w+)"', page)
    assert buttons == [("button", "html"), ("button secondary", "json")]


@pytest.mark.parametrize(
    ("name", "kind"), [("json", "application/json"), ("html", "text/html")]
)
def test_download_is_a_file_and_leaves_a_line_in_the_log(sure, ana, name, kind):
    answer = sure(ana).get(EXPORT, {"as": name})

    assert answer["Content-Type"] == f"{kind}; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="my-data.{name}"'
    assert ana.legal_name in answer.content.decode()
    event = Event.objects.get(kind=Event.Kind.EXPORT)
    assert (event.actor, event.purpose, [*event.subjects.all()]) == (
        ana,
        "own data",
        [ana],
    )


def test_download_asks_for_the_password_first(client, ana, at):
    client.force_login(ana)

    answer = client.get(EXPORT, {"as": "json"})

    assert answer["Location"].startswith("/en/account/reauthenticate/")


def test_download_is_ones_own(client, db):
    assert "/account/login/" in client.get(EXPORT)["Location"]
