"""Whoever is shown on a screen is written down, once, and not to themselves."""

import pytest

from lms.audit.looks import looked
from lms.audit.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_of(rf):
    def from_(person):
        request = rf.get("/")
        request.user = person
        return request

    return from_


def test_who_was_shown_is_written_down_by_person_or_key(
    request_of, tomas, ana, bruno, time_machine, at
):
    time_machine.move_to(at, tick=False)

    looked(request_of(tomas), [ana, bruno.pk, ana.pk], purpose="list", fields=["name"])

    [event] = Event.objects.all()
    assert set(event.subjects.all()) == {ana, bruno}
    assert (event.kind, event.actor, event.purpose, event.fields, event.at) == (
        Event.Kind.LOOK,
        tomas,
        "list",
        ["name"],
        at,
    )


@pytest.mark.parametrize("shown", [[], ["oneself"]])
def test_nobody_else_shown_is_nothing_to_write_down(request_of, tomas, shown):
    looked(request_of(tomas), [tomas for _one in shown], purpose="list", fields=[])

    assert Event.objects.count() == 0


def test_one_who_sees_oneself_among_others_is_not_named(request_of, tomas, ana):
    looked(request_of(tomas), [tomas, ana], purpose="list", fields=["name"])

    assert list(Event.objects.get().subjects.all()) == [ana]
