"""Which questions of the bank fit what is looked for, and how many are there?"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

from courses.analysis.rules import EASY, HARD
from courses.questions.kinds import kind_of
from courses.questions.rules import Document

# What a source says of a place inside a norm begins here: "Protocolo, art. 3".
PLACE = re.compile(
    r",?\s+(?:arts?\.|artículos?|párrs?\.|caps?\.|págs?\.|pp?\.|secc?\.|sección|"
    r"principios?\s+\d|directri(?:z|ces)\s+\d|recomendaci(?:ón|ones)\s+\d|§|parte\s)"
)
BEFORE = "before"  # the course: of a question that a pre-test asks
WORDS_OF_OUR_OWN = "elaboración docente"


@dataclass(frozen=True, slots=True)
class Entry:
    """A question as the bank lists it, by the newest of its versions."""

    key: UUID
    code: str
    number: int
    changed_at: datetime
    course: str
    module: UUID
    lesson: UUID | None
    use: str
    state: str
    facility: float | None
    document: Document
    objective: int | None = None
    tags: tuple[str, ...] = ()
    anchor: bool = False

    @property
    def uses(self) -> list[str]:
        """In which tests it is asked; a pre-test asks some of the others' questions."""
        return [self.use, BEFORE] if self.anchor else [self.use]

    @property
    def kind(self) -> str:
        return self.document["type"]

    @property
    def level(self) -> str:
        return self.document.get("level") or ""


MOST_TAGS, LONGEST_TAG = 10, 40


def tags_in(text: str) -> list[str]:
    """Return the tags that somebody typed with commas between them, each once.

    In small letters: "Consent" and "consent" are one tag.
    """
    words = (" ".join(part.split()).lower() for part in text.split(","))
    return list(dict.fromkeys(word for word in words if word))


def refusals_of_tags(tags: Sequence[str]) -> list[str]:
    """Return why a question cannot have these tags, as stable words."""
    reasons = ["too-many-tags"] if len(tags) > MOST_TAGS else []
    return reasons + ["long-tag"] * any(len(tag) > LONGEST_TAG for tag in tags)


class State:
    """Whether a question is asked: a draft never was, a retired one was."""

    ASKED, DRAFT, RETIRED = "asked", "draft", "retired"


def state_of(*, retired_at: datetime | None, begun_at: datetime) -> str:
    """Return whether a question is asked; a draft is kept back since its beginning."""
    if retired_at is None:
        return State.ASKED
    return State.RETIRED if retired_at > begun_at else State.DRAFT


def texts_of(value: Any, language: str) -> Iterator[str]:
    """Yield each text of a document, or of a part of it, in a language."""
    if isinstance(value, Mapping):
        if isinstance(text := value.get(language), str):
            yield text
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from texts_of(part, language)


def asks_of(document: Document, languages: Iterable[str]) -> str:
    """Return what is asked and what may be answered, in all languages, as one text."""
    parts = [document["stem"], document.get("options", [])]
    return " ".join(
        text for language in languages for text in texts_of(parts, language)
    )


def norms_in(source: str) -> list[str]:
    """Return the norms that a source names, without article or paragraph."""
    pieces = (PLACE.split(piece, maxsplit=1)[0].strip() for piece in source.split(";"))
    return list(dict.fromkeys(piece for piece in pieces if piece))


def lacking(document: Document, languages: Iterable[str]) -> list[str]:
    """Return the languages in which a part of a question is not written."""
    languages = list(languages)
    return [one for one in languages if _lacks(document, one)]


def _lacks(document: Document, language: str) -> bool:
    parts = [document.get(name) or {} for name in ("stem", "feedback", "source")]
    options = kind_of(document).options_of(document)
    return not all(part.get(language) for part in [*parts, *options])


def ease_of(facility: float | None) -> str:
    """Return how hard a question proved to be, as a stable word."""
    if facility is None:
        return "unknown"
    if facility < HARD:
        return "hard"
    return "easy" if facility > EASY else "middle"


def falls_short(*, asked: int, with_it: Sequence[int], without: Sequence[int]) -> bool:
    """Whether a quiz could no longer ask what it draws, were a question not there.

    Of several pools one that nobody is asked from is bad; that some are smaller than
    the draw is none while another is not. `asked` 0: it asks all there are.
    """
    if any(
        before and not after for before, after in zip(with_it, without, strict=True)
    ):
        return True
    return bool(asked) and max(with_it) >= asked > max(without)


Values = Mapping[str, Collection[str]]  # facet → the values that an entry has


def admitted(found: Mapping[UUID, Values], chosen: Mapping[str, str]) -> list[UUID]:
    """Return the keys of what has every value that was chosen."""
    return [
        key
        for key, values in found.items()
        if all(value in values[name] for name, value in chosen.items())
    ]


def counts_of(
    found: Mapping[UUID, Values], chosen: Mapping[str, str]
) -> dict[str, Counter[str]]:
    """Return facet → value → how many there would be, were that value chosen."""
    counts: dict[str, Counter[str]] = {}
    for values in found.values():
        missed = [name for name, one in chosen.items() if one not in values[name]]
        if len(missed) > 1:
            continue
        for name in missed or values:
            counts.setdefault(name, Counter()).update(set(values[name]))
    return counts


def without(chosen: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    """Return what is still chosen when these are taken away."""
    return {name: value for name, value in chosen.items() if name not in names}


LONGEST_CODE = 20
# Of a copy: "TIP-1-F001.2" is the second question that began as "TIP-1-F001".
NUMBER = re.compile(r"\.\d+$")


def codes_of_copies(codes: Sequence[str], *, taken: Collection[str]) -> dict[str, str]:
    """Return for each code the one of its copy, which no question has."""
    found: dict[str, str] = {}
    used = set(taken) | set(codes)
    for code in codes:
        begin = NUMBER.sub("", code)
        endings = (f".{number}" for number in count(2))
        found[code] = next(
            new
            for end in endings
            if (new := begin[: LONGEST_CODE - len(end)] + end) not in used
        )
        used.add(found[code])
    return found
