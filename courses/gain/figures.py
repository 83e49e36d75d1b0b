"""What does a course teach, in figures that tell nothing about a person?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import caches
from django.db.models import QuerySet

from courses.gain import facts, rules
from courses.gain.titles import Titles, titles_of
from courses.models import Attempt, Course
from lms.thresholds import BEHIND_A_GAIN

DAY = 86400  # seconds


@dataclass(frozen=True, slots=True)
class Objective:
    """A module, and what was gained in it; None where too few people were asked."""

    title: str
    gain: rules.Gain | None


@dataclass(frozen=True, slots=True)
class Item:
    """A question that many do not know, and the lesson that answers it."""

    question: facts.Question
    module: str
    lesson: str
    share: rules.Share


@dataclass(frozen=True, slots=True)
class Figures:
    """What is shown of a course and, if asked for, one track of it.

    `judged` is how many questions enough people were asked, `unjudged` how many not.
    """

    objectives: list[Objective]
    together: rules.Gain | None
    items: list[Item]
    judged: int
    unjudged: int

    @property
    def gains(self) -> list[Objective]:
        return [one for one in self.objectives if one.gain]


def figures_of(
    attempts: QuerySet[Attempt],
    *,
    course: Course,
    track: str,
    until: datetime,
    language: str,
) -> Figures:
    """Return the figures of these attempts; four queries, however many they are."""
    titles = titles_of(course, language)
    twice = facts.answered_twice(attempts, course=course, until=until)
    objectives = list(_objectives(facts.by_objective(twice), titles, track))
    whole = all(one.gain for one in objectives)
    together = facts.together(twice) if whole else {}
    known = _known(
        facts.asked_in_finals(attempts, course=course, until=until),
        facts.asked_again(twice),
    )
    shares = {
        key: _share(by_track, track)
        for key, by_track in known.items()
        if not track or track in by_track
    }
    return Figures(
        objectives,
        _gain(_of_module(together, None), track),
        list(_low(shares, titles)),
        judged=sum(1 for share in shares.values() if share),
        unjudged=sum(1 for share in shares.values() if not share),
    )


def figures_of_everybody(
    *, course: Course, track: str, until: datetime, language: str
) -> Figures:
    """Return the figures of all people together, reckoned once a day at most."""
    return caches["pages"].get_or_set(
        f"gain:{course.pk}:{track}:{until:%Y-%m-%d}:{language}",
        lambda: figures_of(
            facts.all_attempts(),
            course=course,
            track=track,
            until=until,
            language=language,
        ),
        DAY,
    )


def _objectives(
    answered: facts.Answered, titles: Titles, track: str
) -> Iterator[Objective]:
    modules = {module for module, _ in answered}
    for module in titles.in_order(modules):
        by_track = _of_module(answered, module)
        if not track or track in by_track:
            yield Objective(titles.module(module), _gain(by_track, track))


def _of_module(answered: facts.Answered, module) -> dict[str, Counter]:
    return {track: one for (key, track), one in answered.items() if key == module}


def _gain(by_track: Mapping[str, Counter], track: str) -> rules.Gain | None:
    """Return the gain of a track, else of all together, if it may be shown."""
    people = {key: one.total() for key, one in by_track.items()}
    if not _may_show(people, track):
        return None
    if track:
        return rules.gain_of(by_track[track])
    return rules.gain_of(sum(by_track.values(), Counter()))


def _may_show(people: Mapping[str, int], track: str) -> bool:
    if track:
        return track in rules.shown_of(people)
    return sum(people.values()) >= BEHIND_A_GAIN


def _known(asked: facts.Asked, again: facts.Asked) -> facts.Asked:
    """Return who knew each question in their first final test.

    Only of those who had taken the pre-test, where so few others are among them that
    the gain beside it would tell what these few answered.
    """
    return {
        question: again[question]
        if question in again and _would_tell(by_track, again[question])
        else by_track
        for question, by_track in asked.items()
    }


def _would_tell(
    everybody: Mapping[str, facts.Right], again: Mapping[str, facts.Right]
) -> bool:
    nobody = facts.Right(0, 0)
    others = [
        one.people - again.get(track, nobody).people for track, one in everybody.items()
    ]
    return any(0 < number < BEHIND_A_GAIN for number in [*others, sum(others)])


def _share(by_track: Mapping[str, facts.Right], track: str) -> rules.Share | None:
    """Return which share knew a question, if it may be shown."""
    people = {key: one.people for key, one in by_track.items()}
    if not _may_show(people, track):
        return None
    counted: Iterable[facts.Right] = [by_track[track]] if track else by_track.values()
    right, number = (
        sum(one.right for one in counted),
        sum(one.people for one in counted),
    )
    return rules.share_of(right, number)


def _low(
    shares: Mapping[facts.Question, rules.Share | None], titles: Titles
) -> Iterator[Item]:
    """Yield the questions that too few know, the least known first."""
    low = [(share, key) for key, share in shares.items() if share and share.is_low]
    for share, key in sorted(low, key=lambda one: (one[0].known, one[1].code)):
        yield Item(key, titles.module(key.module), titles.lesson(key.lesson), share)
