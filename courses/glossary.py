"""What the words of the courses mean, as readers of a language see them."""

from dataclasses import dataclass

from django.core.cache import caches

from courses.matching import has_all, words_in
from courses.models.editions import in_language
from courses.models.glossary import GlossaryTerm
from lms.folding import folded_text

SECONDS = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """A term in one language; `key` ends its address."""

    key: str
    name: str
    words: tuple[str, ...]  # by which lessons name it
    definition: str
    source: str
    avoid: str
    why: str

    @property
    def name_in_a_sentence(self) -> str:
        """Its name without the capital of a heading, but for what is one's own name."""
        first, *others = self.name.split()
        is_own = first[1:].isupper() or any(word.istitle() for word in others)
        return self.name if is_own else self.name[:1].lower() + self.name[1:]

    @property
    def letter(self) -> str:
        """The letter under which it stands in the alphabet."""
        return folded_text(self.name).strip()[:1].upper()


def entries_in(language: str) -> list[Entry]:
    """Return every term by the alphabet of a language."""
    return caches["pages"].get_or_set(
        f"glossary:{language}",
        lambda: sorted(
            (_entry(term, language) for term in GlossaryTerm.objects.all()),
            key=lambda entry: folded_text(entry.name),
        ),
        SECONDS,
    )


def entries_with(asked: str, language: str) -> list[Entry]:
    """Return the terms that have all the words: those named by them first."""
    words = words_in(asked)
    found = [one for one in entries_in(language) if has_all(words, _folded(one))]
    return sorted(found, key=lambda one: not has_all(words, folded_text(one.name)))


def by_letter(entries: list[Entry]) -> list[tuple[str, list[Entry]]]:
    """Return each letter with its terms, in the order of the alphabet."""
    letters = sorted({entry.letter for entry in entries})
    return [
        (letter, [entry for entry in entries if entry.letter == letter])
        for letter in letters
    ]


def _folded(entry: Entry) -> str:
    """Return all that a term is found by: also what should not be said."""
    parts = [entry.name, *entry.words, entry.definition, entry.avoid]
    return folded_text(" ".join(parts))


def _entry(term: GlossaryTerm, language: str) -> Entry:
    return Entry(
        key=term.key,
        name=term.name(language),
        words=tuple(term.words.get(language, [])),
        definition=in_language(term.definitions, language),
        source=in_language(term.sources, language),
        avoid=in_language(term.avoid, language),
        why=in_language(term.whys, language),
    )
