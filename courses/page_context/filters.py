"""What a reader asks of the catalogue, and what would be shown without one of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from courses.matching import has_all, words_in
from courses.page_context.card import Card
from lms.folding import folded_text
from lms.people.choices import Track
from lms.web.context import name_of

LONGEST = 100
AN_HOUR = 60
# Value → the name of the choice, more minutes than, at most.
DURATIONS = {
    "short": (_("Up to 2 hours"), 0, 2 * AN_HOUR),
    "medium": (_("2 to 4 hours"), 2 * AN_HOUR, 4 * AN_HOUR),
    "long": (_("More than 4 hours"), 4 * AN_HOUR, None),
}
CHOICES = {
    "track": Track.choices,
    "language": [(code, name_of(code)) for code, _name in settings.LANGUAGES],
    "duration": [(value, facts[0]) for value, facts in DURATIONS.items()],
}


@dataclass(frozen=True, slots=True)
class Filter:
    """One thing that was asked, in words, and which cards have it."""

    name: str
    value: str
    label: str
    admits: Callable[[Card], bool]


@dataclass(frozen=True, slots=True)
class Removal:
    """A filter to take away, how many cards there are then, and where."""

    label: str
    count: int
    url: str


def filters_in(query: QueryDict) -> list[Filter]:
    """Return what an address asks; values that nobody offers are passed over."""
    asked = query.get("q", "").strip()[:LONGEST]
    found = [_words(asked)] if words_in(asked) else []
    for name, choices in CHOICES.items():
        labels = dict(choices)
        value = query.get(name, "")
        if value in labels:
            found.append(Filter(name, value, str(labels[value]), _admits(name, value)))
    return found


def admitted(cards: Iterable[Card], filters: list[Filter]) -> list[Card]:
    return [card for card in cards if all(one.admits(card) for one in filters)]


def removals(cards: list[Card], filters: list[Filter]) -> list[Removal]:
    """Return the filters without which something would be shown."""
    found = []
    for one in filters:
        others = [other for other in filters if other is not one]
        count = len(admitted(cards, others))
        if count:
            kept = urlencode({other.name: other.value for other in others})
            found.append(Removal(one.label, count, f"?{kept}#courses"))
    return found


def _words(asked: str) -> Filter:
    words = words_in(asked)
    return Filter(
        "q",
        asked,
        asked,
        lambda card: has_all(
            words, folded_text(f"{card.page.title} {card.page.summary}")
        ),
    )


def _admits(name: str, value: str) -> Callable[[Card], bool]:
    match name:
        case "track":
            return lambda card: value in card.tracks
        case "language":
            return lambda card: name_of(value) in card.languages
        case _:
            _label, more_than, at_most = DURATIONS[value]
            return lambda card: more_than < card.minutes <= (at_most or card.minutes)
