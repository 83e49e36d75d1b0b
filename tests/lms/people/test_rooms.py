from datetime import timedelta

import pytest

from lms.models import RoomWindow
from lms.people.rooms import close_room, digest_of, open_room
from lms.refusals import Refused

HERE = "192.0.2.1"


@pytest.fixture
def opening(tomas, at):
    """Return a function that opens Tomás's room, for 30 people and 20 minutes."""

    def act(**facts):
        usual = {"address": HERE, "places": 30, "minutes": 20, "at": at}
        return open_room(tomas, **(usual | facts))

    return act


def test_room_is_open_for_its_minutes(opening, at):
    window = opening()

    def is_open(minutes):
        moment = at + timedelta(minutes=minutes)
        return RoomWindow.objects.open(moment).contains(window)

    assert [is_open(0), is_open(19), is_open(20)] == [True, True, False]
    assert window.places == 30


def test_room_keeps_no_address(opening):
    assert HERE not in str(vars(opening()))


def test_another_room_of_the_same_trainer_closes_the_first(opening, at):
    first, later = opening(), at + timedelta(minutes=5)

    second = opening(address="192.0.2.2", at=later)

    assert list(RoomWindow.objects.open(later)) == [second]
    first.refresh_from_db()
    assert first.closed_at == later


def test_rooms_of_two_trainers_stand_side_by_side(opening, ines, at):
    rooms = [opening(), open_room(ines, address=HERE, places=5, minutes=10, at=at)]

    assert list(RoomWindow.objects.open(at).order_by("pk")) == rooms


def test_room_is_closed_once(opening, at):
    window = opening()

    for minutes in (3, 4):
        close_room(window, at=at + timedelta(minutes=minutes))

    window.refresh_from_db()
    assert window.closed_at == at + timedelta(minutes=3)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"places": 0}, "room-places"),
        ({"places": 601}, "room-places"),
        ({"minutes": 9}, "room-minutes"),
        ({"minutes": 61}, "room-minutes"),
    ],
)
def test_rooms_have_a_size(opening, facts, reason):
    with pytest.raises(Refused) as refused:
        opening(**facts)

    assert refused.value.reasons == [reason]
    assert not RoomWindow.objects.exists()


@pytest.mark.parametrize("facts", [{"places": 600, "minutes": 60}, {"minutes": 10}])
def test_rooms_of_the_largest_and_shortest_kind(opening, facts):
    opening(**facts)

    assert RoomWindow.objects.count() == 1


def test_one_line_is_one_place_in_ipv6_as_well():
    assert digest_of("2001:db8:1:2::5") == digest_of("2001:db8:1:2:ffff::6")
    assert digest_of("2001:db8:1:2::5") != digest_of("2001:db8:1:3::5")
    assert digest_of("192.0.2.1") != digest_of("192.0.2.2")
