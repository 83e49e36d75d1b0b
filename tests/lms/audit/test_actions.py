"""Sealing: everything once, one link at a time, whoever else seals meanwhile."""

import logging

import pytest

from lms.audit import rules
from lms.audit.actions import seal
from lms.audit.chain import Walk
from lms.audit.models import Event, Seal, SealedEvent
from lms.audit.tasks import seal_the_log
from lms.queue.periodic import REGISTER
from tests.factories import NOON, rival
from tests.lms.audit.conftest import MINUTE


def flaws():
    return list(Walk().flaws())


def test_seal_holds_every_event_that_none_holds(look, ana, bruno):
    events = [look(ana), look(bruno)]

    made = seal(at=NOON)

    assert (made.number, made.events, made.at) == (1, 2, NOON)
    assert [entry.event for entry in made.entries.order_by("event")] == events
    assert flaws() == []


def test_empty_minute_makes_no_seal(db, look, ana):
    assert seal(at=NOON) is None
    look(ana)
    seal(at=NOON)

    assert seal(at=NOON + MINUTE) is None
    assert Seal.objects.count() == 1


def test_late_event_with_a_lower_id_is_sealed_with_the_next(look, bruno):
    event = look(bruno)
    seal(at=NOON)
    late = Event(pk=event.pk - 1, kind=Event.Kind.LOOK, at=NOON, purpose="test")
    Event.objects.bulk_create([late])

    made = seal(at=NOON + MINUTE)

    assert [entry.event_id for entry in made.entries.all()] == [late.pk]
    assert flaws() == []


def test_of_two_that_seal_at_once_one_wins(look, ana, bruno):
    look(ana)
    seal(at=NOON)
    look(bruno)
    faster = Seal(number=2, at=NOON, events=1, digest="f" * 64)

    with rival(faster):
        made = seal(at=NOON + MINUTE)

    assert made is None
    assert [entry.seal.number for entry in SealedEvent.objects.all()] == [1]


def test_event_is_never_in_two_seals(look, ana):
    event = look(ana)
    other = Seal.objects.create(number=9, at=NOON, events=1, digest="f" * 64)

    with rival(SealedEvent(event=event, seal=other, digest="f" * 64)):
        made = seal(at=NOON)

    assert made is None


def test_seal_holds_no_more_than_fits(look, ana, bruno, carla, monkeypatch):
    monkeypatch.setattr(rules, "MOST_EVENTS_IN_A_SEAL", 2)
    monkeypatch.setattr("lms.audit.tasks.MOST_EVENTS_IN_A_SEAL", 2)
    for person in (ana, bruno, carla):
        look(person)

    made = seal_the_log.call()

    assert made == 2
    assert [link.events for link in Seal.objects.order_by("number")] == [2, 1]
    assert flaws() == []


def test_number_and_digest_are_told_to_the_log_of_the_process(look, ana, caplog):
    look(ana)

    with caplog.at_level(logging.INFO, "campus.audit"):
        made = seal(at=NOON)

    (told,) = caplog.records
    assert (told.name, told.facts) == (
        "campus.audit",
        {"number": 1, "digest": made.digest, "events": 1},
    )


@pytest.mark.parametrize("number", [1, 3])
def test_sealing_asks_as_often_for_one_event_as_for_three(
    look, ana, number, django_assert_num_queries
):
    for _event in range(number):
        look(ana)

    with django_assert_num_queries(7):  # two of them a savepoint's
        seal(at=NOON)


def test_log_is_sealed_every_minute(db):
    assert REGISTER["seal the log"].task is seal_the_log
    assert REGISTER["seal the log"].every == MINUTE
