"""Is every edit of the sealed log found? Tried with SQL, as if somebody had the tables.

Each edit happens in a transaction that is rolled back: foreign keys are looked at only
when one is committed, so that rows can go which others point at.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from django.utils import timezone

from lms.audit.actions import record_event, seal
from lms.audit.chain import Mark, Walk
from lms.audit.models import Event, EventSubject, Seal, SealedEvent
from lms.drills import Finding
from lms.people.models import User

LINKS = 6
EVENTS_IN_A_LINK = 8
SUBJECTS = 3
TIME = timedelta(seconds=1)
FORGED = "f" * 64
Edit = Callable[[Random], None]


def drill(site: Any, rounds: int, *, seed: int | None = None) -> list[Finding]:
    """Make a small sealed log, edit it that many times, and count what was found."""
    random = Random(seed)  # noqa: S311 - which row is edited is no secret
    end = write_a_log(random)
    before = len(list(Walk(expected=end).flaws()))
    made, found = Counter(), Counter()
    for number in range(rounds):
        edit = EDITS[number % len(EDITS)]
        with undone():
            edit(random)
            made[edit.__name__] += 1
            found[edit.__name__] += any(Walk(expected=end).flaws())
    after = len(list(Walk(expected=end).flaws()))
    return [
        Finding("flaws before any edit", before, 0),
        Finding("edits found", found.total(), rounds),
        *(Finding(name, found[name], made[name]) for name in sorted(made)),
        Finding("flaws after all were undone", after, 0),
    ]


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def write_a_log(random: Random) -> Mark:
    """Let invented people look at each other, seal it, and return the chain's end."""
    people = [newcomer() for _number in range(SUBJECTS + 3)]
    at = timezone.now()
    for _link in range(LINKS):
        for _event in range(EVENTS_IN_A_LINK):
            actor, *subjects = random.sample(people, SUBJECTS + 1)
            record_event(
                random.choice([Event.Kind.LOOK, Event.Kind.EXPORT]),
                actor=actor,
                purpose="drill",
                subjects=subjects,
                fields=["name", "country"],
                at=at,
            )
            at += TIME
        made = seal(at=at)
    if made is None:
        raise RuntimeError("Nothing was sealed: does something else seal this log?")
    return Mark(made.number, made.digest)


def newcomer() -> User:
    return User.objects.create_user(f"{uuid4().hex}@drill.example", legal_name="Drill")


def run(statement: str, *values: Any) -> None:
    """Change the tables behind the models' backs; once it must have changed a row."""
    with connection.cursor() as cursor:
        cursor.execute(statement.format(**TABLES), values)
        if not cursor.rowcount:
            raise RuntimeError(f"An edit changed nothing: {statement}")


TABLES = {
    "event": Event._meta.db_table,
    "subject": EventSubject._meta.db_table,
    "seal": Seal._meta.db_table,
    "entry": SealedEvent._meta.db_table,
}


def any_event(random: Random) -> int:
    events = SealedEvent.objects.order_by("pk").values_list("event", flat=True)
    return random.choice(events)


def any_seal(random: Random) -> Seal:
    return random.choice(Seal.objects.order_by("number"))


def somebody_not_in(event: int, random: Random) -> int:
    named = EventSubject.objects.filter(event=event).values("person")
    others = User.objects.exclude(pk__in=named).order_by("pk")
    return random.choice(others.values_list("pk", flat=True))


def another_kind(random: Random) -> None:
    run("UPDATE {event} SET kind = 'change' WHERE id = %s", any_event(random))


def another_time(random: Random) -> None:
    event = Event.objects.get(pk=any_event(random))
    later = connection.ops.adapt_datetimefield_value(event.at + TIME)
    run("UPDATE {event} SET at = %s WHERE id = %s", later, event.pk)


def another_actor(random: Random) -> None:
    event = Event.objects.get(pk=any_event(random))
    others = User.objects.exclude(pk=event.actor_id).order_by("pk")
    other = random.choice(others.values_list("pk", flat=True))
    run("UPDATE {event} SET actor_id = %s WHERE id = %s", other, event.pk)


def nobody_did_it(random: Random) -> None:
    run("UPDATE {event} SET actor_id = NULL WHERE id = %s", any_event(random))


def another_purpose(random: Random) -> None:
    run("UPDATE {event} SET purpose = 'help' WHERE id = %s", any_event(random))


def fewer_fields(random: Random) -> None:
    run("UPDATE {event} SET fields = '[\"name\"]' WHERE id = %s", any_event(random))


def one_subject_more(random: Random) -> None:
    event = any_event(random)
    somebody = somebody_not_in(event, random)
    run("INSERT INTO {subject} (event_id, person_id) VALUES (%s, %s)", event, somebody)


def one_subject_less(random: Random) -> None:
    subject = random.choice(EventSubject.objects.filter(event=any_event(random)))
    run("DELETE FROM {subject} WHERE id = %s", subject.pk)


def another_subject(random: Random) -> None:
    subject = random.choice(EventSubject.objects.filter(event=any_event(random)))
    somebody = somebody_not_in(subject.event_id, random)
    run("UPDATE {subject} SET person_id = %s WHERE id = %s", somebody, subject.pk)


def event_gone(random: Random) -> None:
    event = any_event(random)
    run("DELETE FROM {subject} WHERE event_id = %s", event)
    run("DELETE FROM {event} WHERE id = %s", event)


def event_gone_with_its_entry(random: Random) -> None:
    event = any_event(random)
    run("DELETE FROM {entry} WHERE event_id = %s", event)
    run("DELETE FROM {subject} WHERE event_id = %s", event)
    run("DELETE FROM {event} WHERE id = %s", event)


def event_slipped_in(random: Random) -> None:
    event = record_event(
        Event.Kind.LOOK, actor=None, purpose="drill", subjects=[], at=timezone.now()
    )
    run(
        "INSERT INTO {entry} (event_id, seal_id, digest) VALUES (%s, %s, %s)",
        event.pk,
        any_seal(random).pk,
        FORGED,
    )


def entry_gone(random: Random) -> None:
    run("DELETE FROM {entry} WHERE event_id = %s", any_event(random))


def entry_forged(random: Random) -> None:
    run("UPDATE {entry} SET digest = %s WHERE event_id = %s", FORGED, any_event(random))


def entry_moved(random: Random) -> None:
    entry = random.choice(SealedEvent.objects.order_by("pk"))
    others = Seal.objects.exclude(pk=entry.seal_id).order_by("pk")
    run(
        "UPDATE {entry} SET seal_id = %s WHERE id = %s",
        random.choice(others).pk,
        entry.pk,
    )


def seal_forged(random: Random) -> None:
    run("UPDATE {seal} SET digest = %s WHERE id = %s", FORGED, any_seal(random).pk)


def seal_at_another_time(random: Random) -> None:
    link = any_seal(random)
    later = connection.ops.adapt_datetimefield_value(link.at + TIME)
    run("UPDATE {seal} SET at = %s WHERE id = %s", later, link.pk)


def seal_of_fewer(random: Random) -> None:
    run("UPDATE {seal} SET events = events - 1 WHERE id = %s", any_seal(random).pk)


def seal_gone(random: Random) -> None:
    run("DELETE FROM {seal} WHERE id = %s", any_seal(random).pk)


def seal_gone_with_all_it_held(random: Random) -> None:
    cut(any_seal(random))


def end_cut_off(random: Random) -> None:
    cut(Seal.objects.order_by("number").last())


def end_sealed_anew(random: Random) -> None:
    """Take the last link off, change an event that it held, and seal that again."""
    last = Seal.objects.order_by("number").last()
    event = last.entries.order_by("pk").first().event_id
    run("DELETE FROM {entry} WHERE seal_id = %s", last.pk)
    run("DELETE FROM {seal} WHERE id = %s", last.pk)
    run("UPDATE {event} SET purpose = 'help' WHERE id = %s", event)
    seal(at=last.at)


def cut(link: Seal) -> None:
    events = list(link.entries.values_list("event", flat=True))
    run("DELETE FROM {entry} WHERE seal_id = %s", link.pk)
    for event in events:
        run("DELETE FROM {subject} WHERE event_id = %s", event)
        run("DELETE FROM {event} WHERE id = %s", event)
    run("DELETE FROM {seal} WHERE id = %s", link.pk)


EDITS: tuple[Edit, ...] = (
    another_kind,
    event_gone_with_its_entry,
    one_subject_less,
    seal_forged,
    end_cut_off,
    another_time,
    another_actor,
    nobody_did_it,
    another_purpose,
    fewer_fields,
    one_subject_more,
    another_subject,
    event_gone,
    event_slipped_in,
    entry_gone,
    entry_forged,
    entry_moved,
    seal_at_another_time,
    seal_of_fewer,
    seal_gone,
    seal_gone_with_all_it_held,
    end_sealed_anew,
)
