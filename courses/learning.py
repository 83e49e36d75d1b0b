"""What "My learning" shows: what comes next, what is under way, earned or left."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.cache import caches
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from courses.addresses import LivePage
from courses.awards import AwardLink, award_links
from courses.models import Enrolment
from courses.programme import Programme, Taking, programme_for
from courses.progress import SECONDS, Progress, Row, progress_of_each, rows_of_each
from courses.reasoning.listing import reasoning_of
from courses.syllabus import give_editions
from lms.people.models import User

SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Taken:
    """A course that a person takes or took."""

    enrolment: Enrolment
    title: str
    progress: Progress
    award: AwardLink | None
    missing: SafeString  # the rows of what is missing, drawn
    owes_reasons: bool  # a page of reasons, and nothing else

    @property
    def url(self) -> str:
        return reverse("enrolment", args=[self.enrolment.pk])

    @property
    def next(self) -> Row | None:
        return self.progress.next

    @property
    def go_on(self) -> str:
        """What leads to the next step: "Continue with 2.2"."""
        number = self.next.number if self.next else ""
        return (
            _("Continue with %(number)s") % {"number": number}
            if number
            else _("Continue")
        )

    @property
    def last_at(self) -> datetime:
        """When something was last done in it."""
        times = [row.done_at for row in self.progress.rows if row.done_at]
        return max([self.enrolment.enrolled_at, *times])


@dataclass(frozen=True, slots=True)
class Learning:
    """The courses of a person; the ones under way, latest first."""

    under_way: list[Taken]
    completed: list[Taken]
    left: list[Taken]
    minutes_by_year: list[tuple[int, int]]
    in_person_by_year: list[tuple[int, int]]  # of these

    @property
    def is_empty(self) -> bool:
        return not (self.under_way or self.completed or self.left)

    @property
    def next(self) -> Taken | None:
        """The course to go on with."""
        return next((taken for taken in self.under_way if taken.progress.next), None)


def learning_of(person: User, *, language: str, in_person: dict[int, int]) -> Learning:
    """Return what a person learns; as many queries for one course as for many.

    `in_person`: the minutes earned in a room, by year.
    """
    enrolments = list(Enrolment.objects.own(person))
    give_editions(enrolments)
    progress = progress_of_each(enrolments, language=language)
    awards = award_links([e.pk for e in enrolments if e.completed_at], language)
    taken = [
        Taken(
            e,
            e.edition.title(language),
            progress[e.pk],
            awards.get(e.pk),
            missing=_drawn(e, progress[e.pk].missing, language),
            owes_reasons=_owes_reasons(e, progress[e.pk], language),
        )
        for e in enrolments
    ]
    under_way = [one for one in taken if one.enrolment.is_open]
    completed = [one for one in taken if one.enrolment.completed_at]
    return Learning(
        under_way=sorted(under_way, key=lambda one: one.last_at, reverse=True),
        completed=sorted(
            completed, key=lambda one: one.enrolment.completed_at, reverse=True
        ),
        left=_left(
            taken, unless={one.enrolment.course_id for one in under_way + completed}
        ),
        minutes_by_year=_minutes_by_year(taken, in_person),
        in_person_by_year=sorted(in_person.items(), reverse=True),
    )


def path_of(
    person: User, learning: Learning, *, language: str, due: dict[UUID, date | None]
) -> Programme:
    """Return the path of the person's track; `due`: the day by enrolment.

    What was completed stays done, also while it is taken once more.
    """
    takings = {
        one.enrolment.course_id: Taking(
            enrolment=one.enrolment.pk,
            completed_at=one.enrolment.completed_at,
            award=one.award,
            words=one.progress.in_words,
            due_on=due.get(one.enrolment.pk),
        )
        for one in [*learning.under_way, *reversed(learning.completed)]
    }
    return programme_for(person.track, language=language, takings=takings)


def _drawn(enrolment: Enrolment, missing: list[Row], language: str) -> SafeString:
    """Return the rows of what is missing; each is drawn once for all who miss it."""
    asking = (enrolment.edition_id, enrolment.track)
    drawn = caches["pages"].get_or_set(
        f"missing:{enrolment.edition_id}:{enrolment.track}:{language}",
        lambda: _draw(rows_of_each({asking}, language=language)[asking]),
        SECONDS,
    )
    return mark_safe("".join(drawn[row.key] for row in missing))  # noqa: S308 - ours


def _owes_reasons(enrolment: Enrolment, progress: Progress, language: str) -> bool:
    """Whether a course that lacks nothing else waits for a page of reasons."""
    if progress.missing or not enrolment.is_open:
        return False
    listed = reasoning_of(enrolment, language=language)
    return listed is not None and listed.is_owed


def _draw(rows: dict[UUID, Row]) -> dict[UUID, str]:
    return {
        key: render_to_string("courses/missing.html", {"row": row})
        for key, row in rows.items()
    }


def _minutes_by_year(
    taken: Iterable[Taken], in_person: dict[int, int]
) -> list[tuple[int, int]]:
    """Return the years with the minutes of what was completed in each, latest first.

    Those earned in person are among them. A tick that went along into a later
    enrolment counts once.
    """
    done = {
        (row.key, row.done_at): row.minutes
        for one in taken
        for row in one.progress.rows
        if row.done_at
    }
    minutes: Counter[int] = Counter(in_person)
    for (_key, at), took in done.items():
        minutes[localtime(at).year] += took
    return sorted(minutes.items(), reverse=True)


def _left(taken: Iterable[Taken], *, unless: set[UUID]) -> list[Taken]:
    """Return the latest enrolment of each course that was left for good."""
    left = sorted(
        (one for one in taken if one.enrolment.withdrawn_at),
        key=lambda one: one.enrolment.withdrawn_at,
    )
    latest = {one.enrolment.course_id: one for one in left}
    return [one for course, one in latest.items() if course not in unless][::-1]


def suggestions_for(person: User, *, language: str) -> list[LivePage]:
    """Return up to three courses in the order of the path.

    Those that ask nothing of the person's track stand behind the others.
    """
    steps = programme_for(person.track, language=language, takings={}).steps
    ordered = sorted(steps, key=lambda step: step.modules == 0)
    return [step.station.page for step in ordered[:SUGGESTED]]
