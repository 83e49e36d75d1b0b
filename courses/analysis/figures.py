"""What is told of a test and of each of its questions, the doubtful ones first?"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.core.cache import caches

from courses.analysis import facts, reliability, rules
from courses.gain.titles import titles_of
from courses.models import Activity, QuestionVersion
from courses.models.editions import in_language
from lms.people.choices import Language

HOUR = 3600  # seconds


@dataclass(frozen=True, slots=True)
class Item:
    """A version of a question: its figures, and those of each language's readers."""

    version: QuestionVersion
    figures: rules.Figures
    languages: dict[Language, rules.Figures]

    @property
    def code(self) -> str:
        return self.version.question.code

    def stem(self, language: str) -> str:
        return in_language(self.version.document["stem"], language)


@dataclass(frozen=True, slots=True)
class Analysis:
    """A test: how far it can be relied on, which way it errs, and its questions."""

    activity: Activity
    title: str
    counted_at: datetime
    reliability: reliability.Reliability | None
    alarms: reliability.Alarms
    items: list[Item]
    unjudged: int  # versions that too few people were asked

    @property
    def doubtful(self) -> list[Item]:
        return [item for item in self.items if item.figures.signs]


def analyses_in(language: str) -> list[Analysis]:
    """Return every test that anything is known of."""
    found = list(facts.counted_tests())
    at = facts.counted_at([test.pk for test in found])
    tests = []
    for course, of_course in groupby(found, key=lambda test: test.course):
        titles = titles_of(course, language)
        tests += [
            _analysis(one, title=titles.lesson(one.pk), at=at[one.pk])
            for one in of_course
        ]
    return tests


def doubtful_in(language: str) -> list[tuple[UUID, Item]]:
    """Return the questions to look at, each with its test; reckoned once an hour."""
    return caches["pages"].get_or_set(
        f"doubtful:{language}",
        lambda: [
            (one.activity.pk, item)
            for one in analyses_in(language)
            for item in one.doubtful
        ],
        HOUR,
    )


def analysis_of(activity: Activity, language: str) -> Analysis:
    """Return one test."""
    titles = titles_of(activity.course, language)
    at = facts.counted_at([activity.pk])[activity.pk]
    return _analysis(activity, title=titles.lesson(activity.pk), at=at)


def _analysis(activity: Activity, *, title: str, at: datetime) -> Analysis:
    tallies = facts.tallies_of(activity)
    answered = facts.by_version(tallies)
    versions = facts.versions_in(answered)
    thirds = rules.thirds_of(_shares(tallies))
    judged = [
        item
        for key, mine in answered.items()
        if (item := _item(versions[key], mine, thirds))
    ]
    return Analysis(
        activity=activity,
        title=title,
        counted_at=at,
        reliability=reliability.reliability_of(tallies),
        alarms=reliability.alarms_of(tallies, signs=_signs(versions)),
        items=sorted(judged, key=_doubtful_first),
        unjudged=len(answered) - len(judged),
    )


def _shares(tallies: list[rules.Tally]) -> Counter[float]:
    totals = reliability.totals_of(tallies)
    found: Counter[float] = Counter()
    for (total, out_of), people in totals.items():
        found[total / out_of] += people
    return found


def _signs(versions: dict[int, QuestionVersion]) -> dict[int, str]:
    return {
        key: version.document["vignette"]
        for key, version in versions.items()
        if "vignette" in version.document
    }


def _item(
    version: QuestionVersion, tallies: list[rules.Tally], thirds: dict[float, int]
) -> Item | None:
    figures = rules.figures_of(version.graded_by, tallies, thirds)
    if figures is None:
        return None
    by_language = {
        language: rules.figures_of(
            version.graded_by,
            [one for one in tallies if one.language == language],
            thirds,
        )
        for language in Language
    }
    told = {language: one for language, one in by_language.items() if one}
    return Item(version, figures, told)


def _doubtful_first(item: Item) -> tuple:
    signs = item.figures.signs
    places = [list(rules.Sign).index(sign) for sign in signs]
    return (places[0] if places else len(rules.Sign), item.code, item.version.number)
