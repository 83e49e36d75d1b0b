"""Who is stuck in any of a trainer's cohorts, with what, and what can be done?

As many queries for one cohort as for fifty. People come from `members_in`, who may be
seen: a shielded person stands in no line, and no number says that there is one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.assigning.rules import State
from courses.assigning.standing import Standing
from courses.following import rules, words
from courses.following.lines import last_in_words
from courses.following.members import Followed, followed_across
from courses.following.rules import Snag
from lms.people.models import Cohort, User
from lms.people.zones import day_of
from lms.team.cohorts import members_in


@dataclass(frozen=True, slots=True)
class Stuck:
    """A member of a cohort who does not get on, and why."""

    one: Followed
    snags: list[Snag]
    on: date  # the day where the cohort is

    @property
    def person(self) -> User:
        return self.one.person

    @property
    def cohort(self) -> Cohort:
        return self.one.row.cohort


@dataclass(frozen=True, slots=True)
class Line:
    """The same in words: what is wrong, with which courses, and where to mend it."""

    stuck: Stuck
    wrong: list[str]
    courses: list[
        tuple[str, list[str]]
    ]  # of each its title, and why it is not finished
    acts: list[tuple[str, Any]]  # of each its address and its words
    why_none: str  # why there is nothing to be done on a screen


def stuck_among(viewer: User, *, at: datetime) -> list[Stuck]:
    """Return who is stuck in the viewer's cohorts at work, the most urgent first.

    Whoever is stuck in two cohorts stands there twice: each has its own courses.
    """
    found = [
        _stuck(one, at=at)
        for one in followed_across(members_in(viewer, at=at), viewer=viewer, at=at)
    ]
    return sorted((one for one in found if one.snags), key=_urgency)


def _stuck(one: Followed, *, at: datetime) -> Stuck:
    snags = rules.snags_of(
        one.needs,
        waits_for_approval=any(map(_waits_for_approval, one.standings)),
        came_back=one.came_back,
    )
    return Stuck(one, snags, on=day_of(at, zone=one.row.cohort.zone))


def _urgency(stuck: Stuck) -> tuple:
    return (*rules.urgency(stuck.one.case, on=stuck.on), stuck.cohort.pk)


def _waits_for_approval(standing: Standing) -> bool:
    return standing.state == State.WAITS_FOR_SUPERIOR


def lines_of(found: Iterable[Stuck], *, language: str) -> list[Line]:
    """Return the lines of these people, in their order."""
    return [
        Line(
            stuck=one,
            wrong=[_in_words(snag, one) for snag in one.snags],
            courses=[
                (standing.title(language), _why(standing, one, language))
                for standing in one.one.open_standings
            ],
            acts=_acts(one),
            why_none=_why_none(one),
        )
        for one in found
    ]


def _in_words(snag: Snag, stuck: Stuck) -> str:
    due_on = stuck.one.case.due_on
    return words.snag_in_words(
        snag,
        late=(stuck.on - due_on).days if due_on else 0,
        last=last_in_words(stuck.one, cohort=stuck.cohort, on=stuck.on),
        failed=stuck.one.case.failed,
    )


def _why(standing: Standing, stuck: Stuck, language: str) -> list[str]:
    enrolment = standing.enrolment
    tries = [
        one for one in stuck.one.tries if enrolment and one.enrolment_id == enrolment.pk
    ]
    return words.why_not(standing, tries, language=language)


def _acts(stuck: Stuck) -> list[tuple[str, Any]]:
    """Return what a trainer can do: write, give an attempt, see to the superior."""
    cohort, person = stuck.cohort.uuid, stuck.person.uuid
    acts = []
    if rules.needs_help(stuck.one.needs) and not stuck.one.refusals:
        here = reverse("remind_members", args=[cohort])
        acts.append((f"{here}?person={person}", _("Remind…")))
    for one in stuck.one.open_standings:
        if one.attempts_allowed and one.attempts_used >= one.attempts_allowed:
            here = reverse(
                "assignment_exception", args=[cohort, one.assignment.pk, person]
            )
            acts.append((here, _("Give another attempt…")))
    if Snag.APPROVAL in stuck.snags:
        acts.append(
            (reverse("cohort_member", args=[cohort, person]), _("See to the superior…"))
        )
    return acts


def _why_none(stuck: Stuck) -> str:
    if Snag.MAIL in stuck.snags:
        return _("Mail does not reach this person. Talk to them.")
    if "nothing-open" in stuck.one.refusals:
        return words.refusal_in_words("nothing-open")
    return _("Cannot be reminded yet. At most one reminder in 48 hours.")
