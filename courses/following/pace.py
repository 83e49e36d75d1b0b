"""What went faster than anybody reads? Told to the trainer, with why; nothing follows.

Marc Brysbaert, "How many words do we read per minute?" (Journal of Memory and Language
109, 2019): adults read some 240 words of a factual text a minute, hardly anybody 400.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import Attempt, AttemptItem, Completion, LessonPage
from courses.models.editions import in_language
from courses.reading import texts_of
from lms.people.choices import Language

LESSONS = 3  # of fewer nothing is said: a page may have been read elsewhere
PART = 50  # of their reading time
WORDS_PER_MINUTE = 600


@dataclass(frozen=True, slots=True)
class Hurried:
    """Lessons or a test that nobody can have read, in a sentence."""

    at: datetime
    sentence: str


def lessons_are_hurried(moments: Sequence[datetime], minutes: Sequence[int]) -> bool:
    """Whether lessons were finished, one after another, in a fiftieth of their time.

    `moments` and the `minutes` that each takes, in the order of the moments. The first
    may have been open for long: what is timed are the others.
    """
    if len(moments) < LESSONS:
        return False
    reading = timedelta(minutes=sum(minutes[1:]))
    return PART * (moments[-1] - moments[0]) <= reading


def attempt_is_hurried(took: timedelta, words: int) -> bool:
    """Whether so many words were read, and answered, faster than anybody reads."""
    return took < timedelta(minutes=words / WORDS_PER_MINUTE)


def hurried(
    completions: QuerySet[Completion], attempts: QuerySet[Attempt], *, language: str
) -> list[Hurried]:
    """Return what went too fast, the latest first; three queries.

    Both are what the viewer may see of one person.
    """
    found = [*_lessons(completions), *_tests(attempts, language)]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _lessons(completions: QuerySet[Completion]) -> Iterator[Hurried]:
    by_course = defaultdict(list)
    rows = completions.filter(activity__kind="lesson").order_by("at")
    for enrolment, key, moment in rows.values_list("enrolment", "activity", "at"):
        by_course[enrolment].append((key, moment))
    keys = {key for done in by_course.values() for key, _moment in done}
    pages = LessonPage.objects.filter(translation_key__in=keys)
    # Of its languages the shorter one counts.
    takes = dict(pages.order_by("-minutes").values_list("translation_key", "minutes"))
    for done in by_course.values():
        known = [(moment, takes[key]) for key, moment in done if key in takes]
        moments = [moment for moment, _minutes in known]
        minutes = [each for _moment, each in known]
        if lessons_are_hurried(moments, minutes):
            yield Hurried(moments[-1], _of_lessons(moments, sum(minutes)))


def _of_lessons(moments: Sequence[datetime], minutes: int) -> str:
    return _(
        "%(lessons)d lessons that take %(minutes)d minutes to read were finished "
        "within %(took)s."
    ) % {
        "lessons": len(moments),
        "minutes": minutes,
        "took": _in_words(moments[-1] - moments[0]),
    }


def _tests(attempts: QuerySet[Attempt], language: str) -> Iterator[Hurried]:
    handed_in = {one.pk: one for one in attempts.submitted()}
    asked = defaultdict(list)
    items = AttemptItem.objects.filter(attempt__in=handed_in)
    rows = items.values_list("attempt", "answer", "version__document")
    for attempt, answer, document in rows:
        if answer:
            asked[attempt].append(document)
    for key, documents in asked.items():
        one = handed_in[key]
        took = one.submitted_at - one.started_at
        words = min(_words(documents, code) for code in Language.values)
        if attempt_is_hurried(took, words):
            yield Hurried(
                one.submitted_at,
                _of_a_test(one, took, len(documents), words, language),
            )


def _words(documents: Iterable[dict], language: str) -> int:
    """Count the words of stems and options, in the language with the fewest."""
    texts = (
        text
        for document in documents
        for text in texts_of(
            [in_language(document["stem"], language), *_options(document, language)]
        )
    )
    return sum(len(text.split()) for text in texts)


def _options(document: dict, language: str) -> list[str]:
    options = document["options"]
    sides = options.values() if isinstance(options, dict) else [options]
    return [in_language(option, language) for side in sides for option in side]


def _of_a_test(
    attempt: Attempt, took: timedelta, questions: int, words: int, language: str
) -> str:
    return ngettext(
        "%(test)s: %(questions)d question of %(words)d words was answered and handed "
        "in within %(took)s.",
        "%(test)s: %(questions)d questions of %(words)d words were answered and handed "
        "in within %(took)s.",
        questions,
    ) % {
        "test": in_language(attempt.titles, language),
        "questions": questions,
        "words": words,
        "took": _in_words(took),
    }


def _in_words(took: timedelta) -> str:
    seconds = max(1, round(took.total_seconds()))
    if seconds < 120:
        return ngettext("%(count)d second", "%(count)d seconds", seconds) % {
            "count": seconds
        }
    minutes = round(seconds / 60)
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {
        "count": minutes
    }
