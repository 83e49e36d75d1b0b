"""The room a trainer stands in: open for some minutes, for where they are, once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lms.models import RoomWindow
from lms.people.choices import Role
from lms.people.rooms import digest_of
from tests.factories import MandateFactory, PersonFactory

ROOM = "/es/team/room/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_tomas(client, tomas):
    client.force_login(tomas)
    return client


def open_now():
    return list(RoomWindow.objects.open(timezone.now()))


def test_a_trainer_opens_the_room_they_stand_in(as_tomas, tomas):
    answer = as_tomas.post(
        ROOM, {"places": "40", "minutes": "20"}, REMOTE_ADDR="192.0.2.7"
    )

    assert answer["Location"] == ROOM
    [window] = open_now()
    assert (window.trainer, window.places) == (tomas, 40)
    assert window.address_hash == digest_of("192.0.2.7")
    assert window.until_at - window.opened_at == timedelta(minutes=20)
    assert as_tomas.get(ROOM).context["window"] == window
    assert as_tomas.get("/es/team/").context["window"] == window


def test_a_trainer_has_one_room_at_a_time(as_tomas):
    as_tomas.post(ROOM, {"places": "40", "minutes": "20"})
    as_tomas.post(ROOM, {"places": "60", "minutes": "30"})

    assert [window.places for window in open_now()] == [60]


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"places": "0", "minutes": "20"},
        {"places": "601", "minutes": "20"},
        {"places": "x", "minutes": "20"},
        {"places": "40", "minutes": "5"},
        {"places": "40", "minutes": "61"},
    ],
)
def test_a_room_has_its_bounds(as_tomas, facts):
    assert as_tomas.post(ROOM, facts).status_code == 422
    assert open_now() == []


@pytest.mark.parametrize("minutes", ["10", "60"])
def test_the_bounds_themselves_are_inside(as_tomas, minutes):
    as_tomas.post(ROOM, {"places": "600", "minutes": minutes})

    assert [window.places for window in open_now()] == [600]


def test_a_trainer_closes_the_room(as_tomas):
    as_tomas.post(ROOM, {"places": "40", "minutes": "20"})

    as_tomas.post(f"{ROOM}close/")
    as_tomas.post(f"{ROOM}close/")

    assert open_now() == []


def test_the_room_of_another_trainer_stays_open(as_tomas, client):
    other = PersonFactory()
    MandateFactory(holder=other, role=Role.TRAINER)
    as_tomas.post(ROOM, {"places": "40", "minutes": "20"})
    client.force_login(other)

    assert client.get(ROOM).context["window"] is None
    client.post(f"{ROOM}close/")
    client.post(ROOM, {"places": "10", "minutes": "10"})

    assert sorted(window.places for window in open_now()) == [10, 40]


def test_others_open_no_room(client, ana, ines):
    for person in (ana, ines):
        client.force_login(person)
        assert client.get(ROOM).status_code == 404
        answer = client.post(ROOM, {"places": "40", "minutes": "20"})
        assert answer.status_code == 404
        assert client.post(f"{ROOM}close/").status_code == 404
    assert open_now() == []
