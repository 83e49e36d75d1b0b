"""Is the audit log as it was sealed? The chain is walked a few links at a time."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Exists, OuterRef

from lms.audit import rules
from lms.audit.facts import facts_of
from lms.audit.models import Event, Seal, SealedEvent

MOST_MISSING = 1_000  # numbers of missing seals that are told one by one
SENTENCES = {
    "event-changed": (
        "Event {event}, in seal {seal}, or the list of people it is about, was changed."
    ),
    "event-missing": "Event {event}, in seal {seal}, is missing.",
    "seal-changed": (
        "Seal {seal} was changed, or the list of what it holds: "
        "events were taken out of it or put into it."
    ),
    "seal-missing": "Seal {seal} is missing.",
    "entries-adrift": "{number} sealed events belong to a seal that is missing.",
    "chain-short": "The chain ends before seal {seal}, which was expected.",
    "chain-other": "Seal {seal} is not the one that was expected.",
}


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is not as it was, in a stable word and in a sentence."""

    word: str
    seal: int | None = None
    event: int | None = None
    number: int | None = None

    def __str__(self) -> str:
        return SENTENCES[self.word].format(
            seal=self.seal, event=self.event, number=self.number
        )


@dataclass(frozen=True, slots=True)
class Mark:
    """A seal that somebody saw: its number and digest, kept outside of the database."""

    number: int
    digest: str

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"


@dataclass
class Walk:
    """What was found on the way; whole once `flaws` has come to its end."""

    expected: Mark | None = None
    events: int = 0
    seals: int = 0
    last: Mark | None = None
    # What the next link may rest on: where one was changed, we cannot tell whether its
    # digest was, or what it holds. Each change is told once, where it is.
    before: list[str] = field(default_factory=lambda: [""])

    def flaws(self) -> Iterator[Flaw]:
        """Yield what is wrong, from the first link to the last."""
        for links in some_links():
            held = held_by(links)
            facts = facts_of(Event.objects.filter(sealed__seal__in=links))
            for link in links:
                yield from self.missing_before(link)
                yield from self.follow(link, held[link.pk])
                yield from changed_events(link, held[link.pk], facts)
        adrift = entries_adrift()
        if adrift:
            yield Flaw("entries-adrift", number=adrift)
        if self.expected and self.reached < self.expected.number:
            yield Flaw("chain-short", seal=self.expected.number)

    @property
    def reached(self) -> int:
        return self.last.number if self.last else 0

    def missing_before(self, link: Seal) -> Iterator[Flaw]:
        first = self.reached + 1
        for number in range(first, min(link.number, first + MOST_MISSING)):
            yield Flaw("seal-missing", seal=number)
        if link.number > first:
            self.before = []

    def follow(self, link: Seal, held: dict[int, str]) -> Iterator[Flaw]:
        """Take one step; after a gap nobody can say what the link rested on."""
        possible = [digest_of(link, held, before) for before in self.before]
        changed = bool(possible) and link.digest not in possible
        if changed:
            yield Flaw("seal-changed", seal=link.number)
        self.before = [link.digest, *(possible[:1] if changed else [])]
        self.last = Mark(link.number, link.digest)
        self.seals += 1
        self.events += len(held)
        if self.expected not in (None, self.last) and self.is_expected(link):
            yield Flaw("chain-other", seal=link.number)

    def is_expected(self, link: Seal) -> bool:
        return self.expected is not None and self.expected.number == link.number


def some_links() -> Iterator[list[Seal]]:
    """Yield the chain in pieces that fit into memory with all they hold."""
    links, events = [], 0
    for link in Seal.objects.order_by("number").iterator(chunk_size=500):
        links.append(link)
        events += max(1, link.events)
        if events >= rules.MOST_EVENTS_IN_A_SEAL:
            yield links
            links, events = [], 0
    if links:
        yield links


def held_by(links: list[Seal]) -> dict[int, dict[int, str]]:
    """Return what each link holds: the events by id, with their digests."""
    held: dict[int, dict[int, str]] = defaultdict(dict)
    entries = SealedEvent.objects.filter(seal__in=links)
    for seal, event, digest in entries.values_list("seal", "event", "digest"):
        held[seal][event] = digest
    return held


def digest_of(link: Seal, held: dict[int, str], before: str) -> str:
    return rules.seal_digest(
        previous=before,
        number=link.number,
        at=link.at,
        count=link.events,
        entries=held.items(),
        key=settings.AUDIT_KEY,
    )


def changed_events(
    link: Seal, held: dict[int, str], facts: dict[int, rules.Facts]
) -> Iterator[Flaw]:
    for event, digest in sorted(held.items()):
        if event not in facts:
            yield Flaw("event-missing", seal=link.number, event=event)
        elif rules.event_digest(facts[event], key=settings.AUDIT_KEY) != digest:
            yield Flaw("event-changed", seal=link.number, event=event)


def entries_adrift() -> int:
    standing = Seal.objects.filter(pk=OuterRef("seal"))
    return SealedEvent.objects.filter(~Exists(standing)).count()


def not_sealed() -> int:
    return Event.objects.filter(sealed=None).count()
