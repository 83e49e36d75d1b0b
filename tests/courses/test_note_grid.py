"""The editors' grid of country notes: missing, not shown, old, in order."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.blocks import Topic
from courses.editors import ensure_editors
from courses.models import CountryNote
from courses.note_grid import State, grid_of, state_of
from lms.people.choices import Country
from tests.factories import PersonFactory

TODAY = date(2026, 11, 24)
LAW, CONTACTS = Topic.MEANS, Topic.CONTACTS


def note(country: str, topic: str, checked_on: date) -> CountryNote:
    return CountryNote.objects.create(
        country=country,
        topic=topic,
        titles={"es": "Título", "en": "Title"},
        texts={"es": "<p>Texto</p>", "en": "<p>Text</p>"},
        checked_on=checked_on,
        owners={"es": "Rosa Paz", "en": "Rosa Paz"},
    )


@pytest.fixture
def elena(client, db):
    """Elena, signed in: she edits courses."""
    elena = PersonFactory(email="elena@example.org", legal_name="Elena Rivas")
    elena.groups.add(ensure_editors())
    client.force_login(elena)
    return elena


@pytest.mark.parametrize(
    ("topic", "days", "state"),
    [
        (LAW, None, State.MISSING),
        (LAW, 365, State.STANDS),
        (LAW, 366, State.OLD),
        (CONTACTS, None, State.MISSING),
        (CONTACTS, 90, State.STANDS),
        (CONTACTS, 91, State.HIDDEN),
        (CONTACTS, 400, State.HIDDEN),
    ],
)
def test_state_tells_what_readers_see_and_what_waits(topic, days, state):
    checked_on = None if days is None else TODAY - timedelta(days=days)

    assert state_of(topic, checked_on, on=TODAY) is state


def test_grid_has_a_cell_for_every_country_and_topic(db):
    note("GT", LAW, TODAY)
    note("HN", LAW, TODAY - timedelta(days=366))
    old = note("HN", CONTACTS, TODAY - timedelta(days=91))

    grid = grid_of(language="en", on=TODAY)

    cells = len(Country) * len(Topic)
    assert [len(row) for _country, row in grid.rows] == [len(Topic)] * len(Country)
    assert grid.counts == {"missing": cells - 3, "hidden": 1, "old": 1, "stands": 1}
    assert [(c.cell.note, c.owner, c.shown_until) for c in grid.contacts] == [
        (old, "Rosa Paz", TODAY - timedelta(days=1))
    ]


def test_what_readers_see_is_what_the_grid_calls_shown(db):
    for days in (0, 90, 91, 400):
        CountryNote.objects.all().delete()
        stored = note("GT", CONTACTS, TODAY - timedelta(days=days))
        hidden = state_of(CONTACTS, stored.checked_on, on=TODAY) is State.HIDDEN

        assert CountryNote.objects.shown(TODAY).exists() is not hidden


def test_editors_come_from_the_grid_to_the_note_and_to_a_new_one(client, elena):
    law = note("GT", LAW, timezone.localdate())

    body = client.get(reverse("note_grid")).text

    add = f"{reverse('countrynote:add')}?country=HN&amp;topic=duty-to-report"
    assert reverse("countrynote:edit", args=[law.pk]) in body
    assert add in body
    form = client.get(add.replace("&amp;", "&")).context["form"]
    assert (form["country"].value(), form["topic"].value()) == ("HN", "duty-to-report")


def test_a_new_note_begins_with_no_country_that_there_is_not(client, elena):
    answer = client.get(f"{reverse('countrynote:add')}?country=ES&topic=<b>")

    form = answer.context["form"]
    assert (form["country"].value(), form["topic"].value()) == ("", "")


def test_grid_asks_as_much_for_three_notes_as_for_one(db, django_assert_num_queries):
    for country in ("GT", "HN", "MX"):
        note(country, CONTACTS, TODAY)
        with django_assert_num_queries(1):
            grid_of(language="es", on=TODAY)


def test_the_grid_is_in_the_menu_of_editors_and_of_nobody_else(client, elena, ana):
    assert f'"{reverse("note_grid")}"' in client.get("/admin/").text.replace("\\", "")
    client.force_login(ana)

    assert client.get(reverse("note_grid")).status_code == 302
