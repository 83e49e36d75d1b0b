"""Which lessons and country notes have the words that a reader looks for?

Lessons are found by Wagtail's index, notes one by one. There are a few dozen of them;
the index keeps one text for a row, so that a note would be found by words of another
language, and on SQLite it finds no row whose key is a UUID.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from django.core.cache import caches
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail.search.query import And, PlainText

from courses.addresses import url_of
from courses.matching import (
    Piece,
    has_all,
    passage,
    place_of,
    spelled,
    words_in,
)
from courses.models import CountryNote, LessonPage
from courses.reading import texts_of
from courses.searchable import joined, plain_lesson
from courses.spelling import Known, as_meant, known_words, told_by
from lms.folding import folded_text

SECONDS = 10
STEP = Page.steplen


@dataclass(frozen=True, slots=True)
class Found:
    """A lesson or a country note, and where it stands."""

    kind: str  # "lesson" or "note"
    title: str
    within: tuple[str, str]  # course and module, or country and topic
    url: str
    text: str = ""
    lesson: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, and for which words: others where one was misspelt."""

    asked: str
    found: list[Found]


@dataclass(frozen=True, slots=True)
class Result:
    """What was found, with the passage that shows the words."""

    found: Found
    passage: list[Piece]


def search(asked: str, *, language: str, on: date) -> Answer:
    """Return what has all the words, or those that were meant where nothing has them.

    First what is about them: they are in its title, then in its headings, then in what
    it aims at. Then lessons as they are studied. The order is ours: how an index ranks
    differs from one database to another.
    """
    found = _found(asked, language, on)
    if found:
        return Answer(asked, found)
    meant = as_meant(asked, _known(language, on))
    return Answer(meant, _found(meant, language, on)) if meant else Answer(asked, [])


def _known(language: str, on: date) -> Known:
    lessons = told_by(_readable(language)).values()
    notes = [spelled(note.text) for note, _folded in _notes_to_search(language, on)]
    return known_words([*(one.words for one in lessons), *notes])


def _found(asked: str, language: str, on: date) -> list[Found]:
    words = words_in(asked)
    if not words:
        return []
    placed = [*_lessons(words, language), *_notes(words, language, on)]
    return [found for _place, found in sorted(placed, key=itemgetter(0))]


def with_passages(found: Sequence[Found], asked: str) -> list[Result]:
    """Return the results of one page, each with its passage; one query for all."""
    words = words_in(asked)
    lessons = LessonPage.objects.in_bulk([one.lesson for one in found if one.lesson])
    texts = {key: plain_lesson(lesson) for key, lesson in lessons.items()}
    return [
        Result(one, passage(texts.get(one.lesson, one.text), words)) for one in found
    ]


def _readable(language: str):
    """Return the lessons that anybody may read in a language."""
    return (
        LessonPage.objects.live()
        .public()
        .filter(locale__in=Locale.objects.filter(language_code=language))
        .defer("body", "objectives")
    )


def _lessons(words: list[str], language: str) -> Iterator[tuple[int, Found]]:
    """Yield each lesson with how much of it is about the words."""
    pages = list(
        _readable(language)
        .order_by("path")
        .autocomplete(
            And([PlainText(word) for word in words]), order_by_relevance=False
        )
    )
    above, told = _titles_above(pages), told_by(pages)
    for page in pages:
        module, course = page.path[:-STEP], page.path[: -2 * STEP]
        if module in above and course in above:
            found = Found(
                kind="lesson",
                title=page.title,
                within=(above[course], above[module]),
                url=url_of(page.url_path, language),
                lesson=page.pk,
            )
            yield place_of(words, told[page.pk].parts), found


def _titles_above(pages: list[LessonPage]) -> dict[str, str]:
    """Return path → title of the live courses and modules that the lessons are in."""
    modules = {page.path[:-STEP] for page in pages}
    courses = {path[:-STEP] for path in modules}
    live = Page.objects.live().filter(path__in=modules | courses)
    return dict(live.values_list("path", "title"))


def _notes(words: list[str], language: str, on: date) -> Iterator[tuple[int, Found]]:
    """Yield each note as lessons are: it has a title, and what it says."""
    for found, folded in _notes_to_search(language, on):
        if has_all(words, folded):
            yield place_of(words, (folded_text(found.title), "", "", folded)), found


def _notes_to_search(language: str, on: date) -> list[tuple[Found, str]]:
    return caches["pages"].get_or_set(
        f"notes-to-search:{language}:{on}",
        lambda: [_note(note, language) for note in CountryNote.objects.shown(on)],
        SECONDS,
    )


def _note(note: CountryNote, language: str) -> tuple[Found, str]:
    """Return a note as it is found, and all its words."""
    country, topic = note.get_country_display(), note.get_topic_display()
    found = Found(
        kind="note",
        title=note.title(language),
        within=(country, topic),
        url=f"{reverse('country_notes', args=[note.country])}#{note.topic}",
        text=joined(texts_of(note.text(language))),
    )
    return found, folded_text(" ".join([found.title, *found.within, found.text]))
