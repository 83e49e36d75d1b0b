"""Which word did somebody mean who misspelt it? One that our texts have.

What a text says is folded once for each of its revisions and kept in this process: a
search reads only what has changed, and compares words only where it found nothing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.cache import caches

from courses.matching import near, spelled, words_in
from courses.models import LessonPage
from courses.searchable import parts_of, whole_text

A_DAY = 24 * 60 * 60
SHORTEST = 5  # of shorter words, too many are like each other
MOST_MISSPELT = 3


@dataclass(frozen=True, slots=True)
class Told:
    """A lesson, as it is searched: its folded parts, and how it spells each word."""

    parts: tuple[str, ...]
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """The words of all texts: in how many each is, and how it is spelt."""

    counts: Counter[str]
    spelling: Mapping[str, str]

    def has(self, word: str) -> bool:
        return any(one.startswith(word) for one in self.counts)


def told_by(pages: Iterable[LessonPage]) -> dict[int, Told]:
    """Return what each lesson says; one query for all that are not kept."""
    keys = {page.pk: f"told:{page.pk}:{page.live_revision_id}" for page in pages}
    kept = caches["pages"].get_many(keys.values())
    missing = [pk for pk, key in keys.items() if key not in kept]
    for pk, lesson in LessonPage.objects.in_bulk(missing).items():
        kept[keys[pk]] = Told(parts_of(lesson), spelled(whole_text(lesson)))
        caches["pages"].set(keys[pk], kept[keys[pk]], A_DAY)
    return {pk: kept[key] for pk, key in keys.items() if key in kept}


def known_words(texts: Iterable[Mapping[str, str]]) -> Known:
    counts: Counter[str] = Counter()
    spelling: dict[str, str] = {}
    for words in texts:
        counts.update(words.keys())
        spelling |= words
    return Known(counts, spelling)


def as_meant(asked: str, known: Known) -> str:
    """Return the words with the misspelt ones put right; nothing where that fails."""
    words = words_in(asked)
    wrong = [word for word in words if not known.has(word)]
    if not wrong or len(wrong) > MOST_MISSPELT:
        return ""
    right = {word: _nearest(word, known) for word in wrong}
    if not all(right.values()):
        return ""
    meant = [right.get(word, word) for word in words]
    return " ".join(known.spelling.get(word, word) for word in meant)


def _nearest(word: str, known: Known) -> str:
    """Return the word that is meant: whole before begun, then what more texts have."""
    if len(word) < SHORTEST or not word.isalpha():
        return ""
    form, counts = near(word), known.counts
    found = [one for one in counts if len(one) >= SHORTEST - 1 and form.match(one)]
    first = sorted(found, key=lambda one: (not form.fullmatch(one), -counts[one], one))
    return next(iter(first), "")
