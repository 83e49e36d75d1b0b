"""The regional calendar: what everybody reads, in which forms; never a person."""

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.inperson.calendar import Asked, entries, months_from
from courses.models import Training, Workshop
from lms.people.choices import Role
from tests.factories import (
    NOON,
    MandateFactory,
    TrainingFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
DAY = timedelta(days=1)
PAGE = "/en/calendar/"
TYPED = {
    "title_es": "Curso de entrevista",
    "title_en": "Training in interviews",
    "country": "GT",
    "from_on": "2026-12-01",
    "until_on": "2026-12-02",
    "place": "Antigua",
    "organiser": "Organismo Judicial",
    "language": "es",
    "open_to": "Judicaturas",
}


def words(answer):
    return " ".join(answer.content.decode().split())


def titles(**asked):
    caches["pages"].clear()
    found = entries(Asked(**asked), language="en", on=TODAY)
    return [entry.title for entry in found]


@pytest.fixture
def public(workshop, judiciary):
    """A workshop that its trainer shows to everybody."""
    workshop.is_public, workshop.organiser = True, judiciary
    workshop.save()
    return workshop


def test_calendar_holds_public_workshops_and_trainings(client, public, tomas, cohort):
    WorkshopFactory(cohort=cohort, title="Interno")
    TrainingFactory(entered_by=tomas, contact="https://example.org/x")

    page = words(client.get(PAGE))

    for said in (
        "Entrevista",
        "Organised by Judiciary",
        "2 places",
        "Training ",
        "Antigua, Guatemala",
        "Open to Judicaturas",
        'href="https://example.org/x"',
    ):
        assert said in page
    for hidden in ("Interno", "sala 2", cohort.name, tomas.legal_name, tomas.email):
        assert hidden not in page
    assert "Announce a training" not in page


def test_cancelled_withdrawn_and_past_are_not_in_it(public, tomas, cohort, judiciary):
    TrainingFactory(entered_by=tomas, withdrawn_at=NOON)
    TrainingFactory(entered_by=tomas, from_on=TODAY - 2 * DAY, until_on=TODAY - DAY)
    on = TrainingFactory(entered_by=tomas, from_on=TODAY - 2 * DAY, until_on=TODAY)
    WorkshopFactory(
        cohort=cohort, is_public=True, organiser=judiciary, cancelled_at=NOON
    )

    assert titles() == [on.title_en, "Entrevista"]


def test_days_of_a_workshop_are_those_of_its_cohort(public):
    """Seven in the evening there is already tomorrow in London."""
    public.starts_at = NOON.replace(day=3, hour=1)
    public.ends_at = NOON.replace(day=3, hour=3)
    public.save()

    [entry] = entries(Asked(), language="es", on=TODAY)

    assert (entry.from_on, entry.until_on) == (TODAY, TODAY)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["A", "B", "C"]),
        ({"country": "HN"}, ["C"]),
        ({"country": "XX"}, ["A", "B", "C"]),
        ({"month": "2026-11"}, ["A", "B"]),
        ({"month": "2026-12"}, ["B", "C"]),
        ({"month": "2026-12", "country": "GT"}, ["B"]),
        ({"month": "2031-01"}, ["A", "B", "C"]),
        ({"month": "2027-05"}, []),
    ],
)
def test_calendar_is_narrowed_by_country_and_month(client, tomas, query, found):
    for title, country, begins, ends in (
        ("A", "GT", TODAY, TODAY),
        ("B", "GT", date(2026, 11, 30), date(2026, 12, 1)),
        ("C", "HN", date(2026, 12, 5), date(2026, 12, 5)),
    ):
        TrainingFactory(
            entered_by=tomas,
            title_en=title,
            country=country,
            from_on=begins,
            until_on=ends,
        )

    answer = client.get(PAGE, query)

    assert [entry.title for entry in answer.context["page_obj"]] == found


def test_months_to_choose_are_a_year():
    found = months_from(date(2026, 11, 30))

    assert found[0] == date(2026, 11, 1)
    assert found[-1] == date(2027, 10, 1)
    assert len(found) == 12


def test_calendar_asks_as_many_queries_for_many_as_for_one(client, public, tomas):
    def queries():
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        return len(captured)

    TrainingFactory(entered_by=tomas)
    few = queries()
    for _number in range(24):
        TrainingFactory(entered_by=tomas, contact="https://example.org/a-long-page/")

    assert queries() == few
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(PAGE)
    assert len(captured) <= few - 2  # kept for a minute
    assert len(answer.content) < 20_000


def test_file_for_calendars_holds_days_and_no_person(client, public, tomas):
    TrainingFactory(
        entered_by=tomas,
        title_en="Listening; asking, \\ waiting",
        from_on=date(2026, 12, 31),
        until_on=date(2027, 1, 1),
        place="Ñ" * 60,
    )

    answer = client.get("/calendar.ics", headers={"accept-language": "en"})

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "max-age=300" in answer["Cache-Control"]
    raw = answer.content
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    text = raw.decode().replace("\r\n ", "")
    assert "SUMMARY:Listening\\; asking\\, \\\\ waiting\r\n" in text
    assert "DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270102\r\n" in text
    assert "LOCATION:" + "Ñ" * 60 + "\\, Guatemala\r\n" in text
    assert text.count("BEGIN:VEVENT") == 2
    assert "@" not in text
    assert tomas.legal_name not in text


def test_table_holds_no_live_formula(client, public, tomas):
    TrainingFactory(
        entered_by=tomas,
        title_en='=HYPERLINK("x")',
        from_on=TODAY + DAY,
        until_on=TODAY + DAY,
    )

    answer = client.get("/en/calendar.csv")

    rows = list(csv.DictReader(StringIO(answer.content.decode())))
    assert [row["title"] for row in rows] == ["Entrevista", '\'=HYPERLINK("x")']
    assert rows[0] == {
        "title": "Entrevista",
        "country": "Guatemala",
        "from": "2026-11-02",
        "until": "2026-11-02",
        "venue": "",
        "organiser": "Judiciary",
        "language": "Spanish",
        "open to": "",
        "places": "2",
        "page to ask at": "",
        "as of": "2026-11-02",
    }


def test_trainers_announce_in_their_country(enter, tomas):
    browser = enter(tomas)

    assert "Announce a training" in words(browser.get(PAGE))
    for _time in range(2):
        answer = browser.post("/en/calendar/trainings/new/", TYPED)

    assert answer["Location"] == "/en/calendar/trainings/"
    [made] = Training.objects.all()
    assert (made.title_en, made.country, made.entered_by) == (
        "Training in interviews",
        "GT",
        tomas,
    )
    refused = browser.post("/en/calendar/trainings/new/", TYPED | {"country": "HN"})
    assert refused.status_code == 422


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"until_on": "2026-11-30"}, "It ends before it begins."),
        ({"until_on": "2028-11-30"}, "A training lasts at most a year."),
        ({"organiser": "eva@example.org"}, "Leave out e-mail addresses."),
        ({"contact": "mailto:eva@example.org"}, "Write the address of a page"),
        ({"contact": "https://eva@example.org"}, "Leave out e-mail addresses."),
    ],
)
def test_announcement_is_refused_in_a_sentence(enter, sofia, facts, sentence):
    answer = enter(sofia).post("/en/calendar/trainings/new/", TYPED | facts)

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not Training.objects.exists()


def test_announcements_are_changed_by_those_of_the_country(enter, tomas, sofia):
    other = MandateFactory(role=Role.TRAINER, country="HN").holder
    one = TrainingFactory(entered_by=sofia)
    page = f"/en/calendar/trainings/{one.uuid}/"

    strange = [enter(other).get(page), enter(other).post(f"{page}withdraw/")]
    shown = enter(tomas).get(page)
    changed = enter(tomas).post(page, TYPED)
    listed = enter(sofia).get("/en/calendar/trainings/")

    assert [answer.status_code for answer in strange] == [404, 404]
    assert 'value="Antigua"' in words(shown)
    assert changed.status_code == 302
    assert "Training in interviews" in words(listed)


def test_withdrawn_training_is_gone(enter, tomas):
    one = TrainingFactory(entered_by=tomas)
    page, browser = f"/en/calendar/trainings/{one.uuid}/withdraw/", enter(tomas)

    assert one.title_en in words(browser.get(page))
    assert browser.post(page).status_code == 302
    assert titles() == []
    assert browser.post(page).status_code == 404


def test_others_announce_nothing(enter, ana, ines, admin):
    pages = [enter(who).get("/en/calendar/trainings/") for who in (ana, ines, admin)]

    assert [page.status_code for page in pages] == [404] * 3
    assert "Announce a training" not in words(enter(ines).get(PAGE))


def test_who_is_a_trainer_no_longer_announces_nothing(enter, ines):
    yesterday = TODAY - DAY
    MandateFactory(
        holder=ines, role=Role.TRAINER, from_on=yesterday, until_on=yesterday
    )

    assert "Announce a training" not in words(enter(ines).get(PAGE))


@pytest.mark.parametrize(("ago", "shown"), [(0, True), (1, False)])
def test_calendar_shows_a_training_through_its_last_day(public, tomas, ago, shown):
    last_on = TODAY - ago * DAY
    TrainingFactory(entered_by=tomas, from_on=last_on - DAY, until_on=last_on)

    assert ("Entrevista" in titles(), len(titles()) == 2) == (True, shown)


@pytest.mark.parametrize(
    ("month", "from_on", "until_on", "shown"),
    [
        (date(2026, 12, 1), date(2026, 12, 1), date(2026, 12, 1), True),
        (date(2026, 12, 1), date(2026, 11, 1), date(2026, 12, 1), True),
        (date(2026, 12, 1), date(2026, 11, 1), date(2026, 11, 30), False),
        (date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 9), True),
        (date(2026, 12, 1), date(2027, 1, 1), date(2027, 1, 9), False),
        # What is asked about the past: a year and a day, and then it is forgotten.
        (date(2025, 11, 1), date(2025, 11, 1), TODAY - 366 * DAY, True),
        (date(2025, 10, 1), date(2025, 10, 1), TODAY - 367 * DAY, False),
    ],
)
def test_calendar_of_a_month_shows_what_touches_it(
    tomas, month, from_on, until_on, shown
):
    TrainingFactory(entered_by=tomas, from_on=from_on, until_on=until_on)

    assert bool(titles(month=month)) is shown


@pytest.mark.parametrize(("days", "shown"), [(367, True), (368, False)])
def test_calendar_keeps_a_workshop_a_year_and_a_day(public, days, shown):
    """A day more than trainings: its own zone decides on which day it was."""
    ended = NOON - days * DAY
    Workshop.objects.update(starts_at=ended - DAY, ends_at=ended)

    assert bool(titles(month=date(2025, 10, 1))) is shown
