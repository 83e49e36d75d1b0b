"""Walking the chain: each change is told once, where it is."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from lms.audit.actions import seal
from lms.audit.chain import Flaw, Mark, Walk
from lms.audit.models import Event, EventSubject, Seal, SealedEvent
from lms.audit.tasks import walk_the_chain
from lms.mail.models import Letter
from lms.mail.troubles import AUDIT_CHANGED
from lms.queue.periodic import REGISTER
from tests.factories import NOON
from tests.lms.audit.conftest import MINUTE

OTHER = "f" * 64


def change(model, pk, **columns):
    """Change a row behind the model's back."""
    names = ", ".join(f"{name} = %s" for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {model._meta.db_table} SET {names} WHERE id = %s",
            [*columns.values(), pk],
        )


def flaws(expected=None):
    return list(Walk(expected=expected).flaws())


def event_of(link):
    return link.entries.order_by("event").first().event


def gone(rows):
    rows._raw_delete("default")


def test_log_that_nobody_touched_has_no_flaw(links, look, ana):
    look(ana)
    walk = Walk()

    assert list(walk.flaws()) == []
    assert (walk.events, walk.seals) == (4, 3)
    assert walk.last == Mark(3, links[2].digest)


def test_empty_log_has_no_flaw(db):
    assert flaws() == []


def test_changed_event_is_named(links):
    event = event_of(links[1])
    change(Event, event.pk, purpose="help")

    assert flaws() == [Flaw("event-changed", seal=2, event=event.pk)]


def test_subject_put_in_or_taken_out_is_a_change_of_the_event(links, bruno):
    first, third = event_of(links[0]), event_of(links[2])
    EventSubject.objects.create(event=first, person=bruno)
    gone(EventSubject.objects.filter(event=third, person=bruno))

    assert flaws() == [
        Flaw("event-changed", seal=1, event=first.pk),
        Flaw("event-changed", seal=3, event=third.pk),
    ]


def test_missing_event_is_named_while_its_entry_is_there(links):
    event = event_of(links[1])
    gone(EventSubject.objects.filter(event=event))
    gone(Event.objects.filter(pk=event.pk))

    found = flaws()
    gone(SealedEvent.objects.filter(event=event.pk))  # nothing may point nowhere

    assert found == [Flaw("event-missing", seal=2, event=event.pk)]


def test_event_taken_out_with_its_entry_changes_the_seal(links):
    event = event_of(links[0])
    gone(SealedEvent.objects.filter(event=event))
    gone(EventSubject.objects.filter(event=event))
    gone(Event.objects.filter(pk=event.pk))

    assert flaws() == [Flaw("seal-changed", seal=1)]


@pytest.mark.parametrize(
    "columns", [{"digest": OTHER}, {"events": 7}, {"at": "2020-01-01 00:00:00+00:00"}]
)
def test_changed_seal_is_named_and_only_that(links, columns):
    change(Seal, links[1].pk, **columns)

    assert flaws() == [Flaw("seal-changed", seal=2)]


def test_missing_seal_and_what_it_leaves_behind_are_told(links):
    gone(Seal.objects.filter(number=2))

    found = flaws()
    gone(SealedEvent.objects.filter(seal=links[1].pk))

    assert found == [Flaw("seal-missing", seal=2), Flaw("entries-adrift", number=1)]


def test_first_seal_is_missed_too(links):
    gone(SealedEvent.objects.filter(seal=links[0].pk))
    gone(Seal.objects.filter(number=1))

    assert flaws() == [Flaw("seal-missing", seal=1)]


def test_end_that_was_cut_off_is_missed_by_who_kept_it(links):
    gone(SealedEvent.objects.filter(seal=links[2].pk))
    gone(Seal.objects.filter(number=3))

    assert flaws() == []
    assert flaws(Mark(3, links[2].digest)) == [Flaw("chain-short", seal=3)]


def test_end_that_was_sealed_anew_is_not_the_one_somebody_kept(links):
    assert flaws(Mark(2, links[1].digest)) == []
    assert flaws(Mark(2, OTHER)) == [Flaw("chain-other", seal=2)]


def test_chain_of_another_key_is_not_ours(links, settings):
    settings.AUDIT_KEY = "another key"

    assert {flaw.word for flaw in flaws()} == {"seal-changed", "event-changed"}


def test_pieces_make_no_difference(links, monkeypatch):
    monkeypatch.setattr("lms.audit.rules.MOST_EVENTS_IN_A_SEAL", 1)

    assert flaws() == []


def check(*arguments):
    """Return how `audit_check` ended and what it said."""
    said = StringIO()
    try:
        call_command("audit_check", *arguments, stdout=said)
    except SystemExit as ended:
        return ended.code, said.getvalue()
    return 0, said.getvalue()


def test_command_says_what_there_is_and_ends_well(links, look, ana):
    look(ana)

    assert check() == (
        0,
        f"4 events, 3 seals, last 3:{links[2].digest}, 1 not yet sealed\n",
    )


def test_command_says_what_is_wrong_in_sentences_and_ends_badly(links):
    event = event_of(links[0])
    change(Event, event.pk, kind="change")

    code, said = check("--expect", f"4:{OTHER}")

    assert code == 1
    assert said.splitlines() == [
        f"Event {event.pk}, in seal 1, or the list of people it is about, was changed.",
        "The chain ends before seal 4, which was expected.",
        f"4 events, 3 seals, last 3:{links[2].digest}, 0 not yet sealed",
    ]


def test_command_prints_the_report_as_json(links):
    change(Seal, links[2].pk, digest=OTHER)

    code, said = check("--json")

    assert (code, json.loads(said)) == (
        1,
        {
            "events": 4,
            "seals": 3,
            "last": {"number": 3, "digest": OTHER},
            "not_yet_sealed": 0,
            "flaws": [
                {
                    "word": "seal-changed",
                    "seal": 3,
                    "event": None,
                    "number": None,
                    "sentence": (
                        "Seal 3 was changed, or the list of what it holds: "
                        "events were taken out of it or put into it."
                    ),
                }
            ],
        },
    )


def test_command_refuses_an_expectation_that_cannot_be_read(db):
    with pytest.raises(CommandError, match="NUMBER:DIGEST"):
        check("--expect", "3:abc")


@pytest.mark.parametrize("minutes", [1, 3])
def test_walk_asks_as_often_for_one_link_as_for_three(
    look, ana, minutes, django_assert_num_queries
):
    for minute in range(minutes):
        look(ana)
        seal(at=NOON + minute * MINUTE)

    with django_assert_num_queries(5):
        flaws()


def test_administrators_hear_once_a_day_that_the_log_was_changed(links, admin):
    assert walk_the_chain.call() is True
    assert not Letter.objects.exists()

    change(Event, event_of(links[1]).pk, purpose="help")

    assert walk_the_chain.call() is False
    assert walk_the_chain.call() is False
    letter = Letter.objects.get()
    assert (letter.person, letter.facts) == (admin, {"kind": AUDIT_CHANGED})
    assert REGISTER["walk the chain of the log"].every == timedelta(days=1)
