"""Drawing lines anew: of some people, of who did something, of everybody in turn."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import batched

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from certificates.lines.composing import lines_about
from certificates.lines.facts import Facts, facts_about
from certificates.lines.touched import touched_since
from certificates.models import LinesDrawn, ReportLine
from lms.people.models import User

BATCH = 500  # people in one transaction
ROUND = timedelta(hours=1)  # in which everybody's turn comes
LEAST_IN_A_TURN = 1000
# What was written in a transaction that ended late carries an earlier moment.
OVERLAP = timedelta(minutes=5)
TOO_LONG = timedelta(hours=3)  # for any drawing: its task is stopped before
SAID = tuple(
    field.attname
    for field in ReportLine._meta.concrete_fields
    if field.attname not in ("id", "changed_at")
)
WRITTEN = tuple(
    field.name for field in ReportLine._meta.concrete_fields if not field.primary_key
)


def draw_all(*, at: datetime) -> int:
    """Draw the lines of everybody; return how many people there are."""
    drawn = _drawn(at)  # first: of two that draw, one waits at this row
    people = list(User.objects.order_by("pk").values_list("pk", flat=True))
    _draw_each(people, at=at)
    drawn.as_of, drawn.position = at, 0
    drawn.save()
    return len(people)


def refresh(*, at: datetime) -> int:
    """Draw the lines of whoever did something, and of those whose turn it is.

    May be killed, and run twice: what was drawn is the same. Returns of how many
    people. "As of" moves once all of them are drawn.
    """
    _bring_back(at=at)
    drawn = _drawn(at)
    turn, over = _turn(drawn)
    people = touched_since(drawn.as_of - OVERLAP) | set(turn)
    _draw_each(sorted(people), at=at)
    # Of two that race, who began first may end last: "as of" goes back for nobody.
    LinesDrawn.objects.filter(
        pk=drawn.pk, position=drawn.position, as_of__lt=at
    ).update(as_of=at, position=0 if over else turn[-1])
    return len(people)


def _bring_back(*, at: datetime) -> None:
    """Forget an "as of" that is still to come: a clock was ahead when it was written.

    What happened meanwhile is drawn when everybody's turn comes.
    """
    LinesDrawn.objects.filter(as_of__gt=at + TOO_LONG).update(as_of=at - ROUND)


def _drawn(at: datetime) -> LinesDrawn:
    """Return the one row that says how far we are; made when lines were never drawn."""
    never = datetime.min.replace(year=2000, tzinfo=at.tzinfo)
    found, _made = LinesDrawn.objects.get_or_create(pk=1, defaults={"as_of": never})
    return found


def _turn(drawn: LinesDrawn) -> tuple[list[int], bool]:
    """Return who is drawn anew although nothing is known to have happened.

    And whether the round is over with them.
    """
    everybody = User.objects.count()
    share = max(LEAST_IN_A_TURN, -(-everybody // (ROUND // timedelta(minutes=1))))
    people = User.objects.filter(pk__gt=drawn.position).order_by("pk")
    turn = list(people.values_list("pk", flat=True)[: share + 1])
    return turn[:share], len(turn) <= share


def _draw_each(people: Sequence[int], *, at: datetime) -> None:
    for some in batched(people, BATCH):
        draw(some, at=at)


@transaction.atomic
def draw(people: Collection[int], *, at: datetime) -> None:
    """Make the lines of these people say what is so; what says it already stays."""
    # Of two that draw, one waits here: the other's lines must be seen, not made again.
    LinesDrawn.objects.update(position=F("position"))
    facts = facts_about(people, on=timezone.localdate(at), at=at)
    kept = _kept(people)
    made, changed = [], []
    for line in _composed(facts, at=at):
        before = kept[_key(line)].pop() if kept[_key(line)] else None
        if before is None:
            made.append(line)
        elif _says(before) != _says(line):
            line.pk = before.pk
            changed.append(line)
    gone = [line.pk for lines in kept.values() for line in lines]
    ReportLine.objects.filter(pk__in=gone).delete()
    ReportLine.objects.bulk_update(changed, WRITTEN, batch_size=100)
    ReportLine.objects.bulk_create(made)


def _composed(facts: Facts, *, at: datetime) -> Iterator[ReportLine]:
    for person in facts.people.values():
        for line in lines_about(person, facts, at=at):
            line.changed_at = at
            yield line


def _kept(people: Collection[int]) -> dict[tuple, list[ReportLine]]:
    found: dict[tuple, list[ReportLine]] = defaultdict(list)
    # Of an account that was merged, a line may still name whose enrolment it was.
    theirs = Q(person__in=people) | Q(enrolment__learner__in=people)
    for line in ReportLine.objects.filter(theirs):
        found[_key(line)].append(line)
    return found


def _key(line: ReportLine) -> tuple:
    """Return what makes it the same line: the assignment, else the enrolment."""
    if line.assignment_id:
        return (line.person_id, line.assignment_id)
    return (line.person_id, None, line.enrolment_id)


def _says(line: ReportLine) -> tuple:
    return tuple(getattr(line, name) for name in SAID)
