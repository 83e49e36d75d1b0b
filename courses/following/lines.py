"""What does a line of the cohort's table say, on the screen and in the file?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from courses.assigning.standing import Standing
from courses.following import words
from courses.following.members import Followed
from lms.people.models import Affiliation, Cohort, User
from lms.people.zones import day_of
from lms.team.cohorts import with_posts
from lms.team.words import moment_in_words


@dataclass(frozen=True, slots=True)
class Course:
    """A course that somebody has not finished, and why."""

    title: str
    standing: Standing
    why: list[str]


@dataclass(frozen=True, slots=True)
class Line:
    """A member as a reader sees them."""

    one: Followed
    post: Affiliation | None
    last: str  # "21 days ago", or for how long never
    reminder: str  # when one goes out that waits; "" when none does
    test: str
    courses: list[Course]

    @property
    def person(self) -> User:
        return self.one.person


def lines_of(
    cohort: Cohort,
    found: Iterable[Followed],
    *,
    viewer: User,
    at: datetime,
    language: str,
    titles: bool = False,
) -> list[Line]:
    """Return the lines of these members, in their order; `titles`: of each lesson."""
    found = list(found)
    on = day_of(at, zone=cohort.zone)
    members = with_posts([one.row for one in found], viewer=viewer, on=on)
    return [
        Line(
            one=one,
            post=member.post,
            last=last_in_words(one, cohort=cohort, on=on),
            reminder=leaves_in_words(one, cohort=cohort),
            test=words.attempt_in_words(one.test) if one.test else "",
            courses=[
                _course(standing, one, language, titles=titles)
                for standing in one.open_standings
            ],
        )
        for one, member in zip(found, members, strict=True)
    ]


def last_in_words(one: Followed, *, cohort: Cohort, on: date) -> str:
    """Say when a member was last active, as far as the reader may know."""
    here = max(0, (on - one.row.joined_on(cohort.zone)).days)
    if one.last_at is None:
        return words.last_activity_in_words(None, here=here)
    last_on = day_of(one.last_at, zone=cohort.zone)
    return words.last_activity_in_words(max(0, (on - last_on).days), here=here)


def leaves_in_words(one: Followed, *, cohort: Cohort) -> str:
    """Say when a reminder goes out that waits for office hours; "" when none does."""
    return moment_in_words(cohort, one.leaves_at) if one.leaves_at else ""


def _course(
    standing: Standing, one: Followed, language: str, *, titles: bool
) -> Course:
    enrolment = standing.enrolment
    tries = [
        each for each in one.tries if enrolment and each.enrolment_id == enrolment.pk
    ]
    why = words.why_not(standing, tries, language=language, titles=titles)
    return Course(title=standing.title(language), standing=standing, why=why)
