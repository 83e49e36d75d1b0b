"""What a country owner sees and says about the law of their country."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from courses.models import CountryNote
from lms.models import Event
from lms.people.choices import Role
from tests.courses.noting import a_note
from tests.factories import MandateFactory

HERE = "/es/country/"


def note(country: str, topic: str = "means-and-penalties") -> CountryNote:
    return CountryNote.objects.create(
        country=country,
        topic=topic,
        titles={"es": f"Ley de {country}", "en": f"Law of {country}"},
        texts={"es": "<p>Texto.</p>", "en": "<p>Text.</p>"},
        checked_on=date(2025, 1, 1),
        owners={"es": "Punto focal", "en": "Focal point"},
    )


@pytest.fixture
def owner(bruno):
    MandateFactory(holder=bruno, role=Role.COUNTRY_OWNER)
    return bruno


@pytest.fixture
def as_owner(client, owner):
    client.force_login(owner)
    return client


def test_an_owner_sees_the_notes_of_their_country(as_owner):
    note("GT")
    note("HN")

    said = as_owner.get(HERE).content.decode()

    assert "Ley de GT" in said
    assert "Ley de HN" not in said


def test_a_note_that_still_stands_says_so_from_today(as_owner, owner):
    found = note("GT")

    as_owner.post(f"{HERE}{found.pk}/checked/")
    as_owner.post(f"{HERE}{found.pk}/checked/")

    found.refresh_from_db()
    assert found.checked_on == timezone.localdate()
    assert [e.actor for e in Event.objects.filter(kind="change")] == [owner]


def test_a_note_of_another_country_is_not_there(as_owner):
    foreign = note("HN")

    assert as_owner.post(f"{HERE}{foreign.pk}/checked/").status_code == 404
    foreign.refresh_from_db()
    assert foreign.checked_on == date(2025, 1, 1)


def test_without_the_mandate_there_is_no_such_screen(client, ana, ines):
    for person in (ana, ines):
        client.force_login(person)

        assert client.get(HERE).status_code == 404


def test_the_screen_asks_as_many_queries_for_many_notes(
    as_owner, django_assert_num_queries
):
    note("GT")
    as_owner.get(HERE)
    with django_assert_num_queries(5):
        as_owner.get(HERE)
    for topic in ("contacts", "coordination"):
        note("GT", topic)
    with django_assert_num_queries(5):
        as_owner.get(HERE)


def test_a_note_checked_long_ago_is_marked(as_owner):
    fresh = note("GT", "contacts")
    fresh.checked_on = timezone.localdate() - timedelta(days=10)
    fresh.save()
    note("GT")

    said = as_owner.get(HERE).content.decode()

    assert said.count("badge warn") == 1


def test_numbers_say_where_and_when_they_were_read_and_that_nobody_called(client, db):
    today = timezone.localdate()
    a_note("GT", "contacts", es="Llame al 1546.", checked_on=today)

    said = client.get("/es/country-notes/GT/").content.decode()

    assert f"Leído el {date_format(today)} en: El Nacional." in said
    assert "Sin llamar" in said
    assert "Comprobada el" not in said


def test_numbers_that_were_called_say_when(as_owner, owner):
    found = note("GT", "contacts")

    as_owner.post(f"{HERE}{found.pk}/checked/", {"called": "yes"})
    as_owner.post(f"{HERE}{found.pk}/checked/", {"called": "yes"})

    found.refresh_from_db()
    assert found.called_on == found.checked_on == timezone.localdate()
    assert Event.objects.filter(kind="change", actor=owner).count() == 2
    said = as_owner.get("/es/country-notes/GT/").content.decode()
    assert f"Se llamó el {date_format(found.called_on)}." in said
    assert "Sin llamar" not in said


def test_a_note_without_numbers_cannot_be_called(as_owner):
    found = note("GT")

    as_owner.post(f"{HERE}{found.pk}/checked/", {"called": "yes"})

    found.refresh_from_db()
    assert found.called_on is None


def test_numbers_that_nobody_called_are_marked_for_the_owner(as_owner):
    found = note("GT", "contacts")
    found.checked_on = timezone.localdate()
    found.save()

    assert "sin llamar" in as_owner.get(HERE).content.decode()
