"""What does it do to whom, if a page of a course is taken down, moved or deleted?

Counts alone: editors reach no person, and can build none of them from a list.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.checks.words import named
from courses.models import (
    Activity,
    Attempt,
    CaseRun,
    Completion,
    EditionActivity,
    Enrolment,
)
from courses.models.places import Placed
from lms.thresholds import TO_EDITORS, fewer_than


@dataclass(frozen=True, slots=True)
class Impact:
    """How many people have finished something of a page, owe it, are busy with it."""

    finished: int
    asked: int
    attempting: int


def impact_of(page: Page) -> Impact:
    """Return whom a page concerns, with all that stands below it."""
    pages = Page.objects.filter(path__startswith=page.path)
    keys = set(pages.values_list("translation_key", flat=True))
    activities = set(Activity.objects.filter(pk__in=keys).values_list("pk", flat=True))
    whole = Enrolment.objects.filter(course=page.translation_key)
    done = Completion.objects.filter(activity__in=activities)
    if page.specific_class.is_course:
        finished = _learners(whole.completed())
    else:
        finished = done.values_list("enrolment__learner", flat=True)
    return Impact(
        finished=len(set(finished)),
        asked=len({*_learners(whole.open()), *_learners(_asked(activities))}),
        attempting=len(_attempting(activities)),
    )


def _asked(activities: Iterable[UUID]):
    """Return the open enrolments whose edition asks their track for one of these."""
    rows = EditionActivity.objects.filter(activity__in=activities)
    asking = [
        Q(edition=row.edition_id, track__in=row.required_for)
        for row in rows
        if row.required_for
    ]
    wanted = reduce(or_, asking, Q(pk__in=[]))
    return Enrolment.objects.open().filter(wanted)


def _attempting(activities: Iterable[UUID]) -> set:
    open_ones = (
        rows.objects.open().filter(
            activity__in=activities,
            enrolment__completed_at=None,
            enrolment__withdrawn_at=None,
        )
        for rows in (Attempt, CaseRun)
    )
    return {
        learner
        for rows in open_ones
        for learner in rows.values_list("enrolment__learner", flat=True)
    }


def _learners(enrolments) -> Iterable:
    return enrolments.values_list("learner", flat=True)


def figures_of(page: Page) -> str:
    """Return whom a page of a course concerns, in words; nothing for other pages."""
    if not issubclass(page.specific_class, Placed):
        return ""
    impact = impact_of(page)
    return _(
        "People who have finished it or a part of it: %(finished)s. Who are asked for "
        "it: %(asked)s. Who are in an attempt: %(attempting)s."
    ) % {
        "finished": _figure(impact.finished),
        "asked": _figure(impact.asked),
        "attempting": _figure(impact.attempting),
    }


def what_follows(page: Page) -> str:
    """Return what is asked of learners once a page is away in its language."""
    if not issubclass(page.specific_class, Placed):
        return ""
    code = page.locale.language_code
    if code != settings.LANGUAGE_CODE:
        return _(
            "It is still asked of everybody: once it is away in %(language)s, people "
            "read it in %(original)s."
        ) % {"language": named([code]), "original": named([settings.LANGUAGE_CODE])}
    if page.specific_class.is_course:
        return _(
            "Once the course is away in this language, its translations decide what is "
            "asked. What people have finished stays theirs."
        )
    return _(
        "Once it is away in this language it is asked of nobody, even if a translation "
        "of it is left. What people have finished stays theirs."
    )


def _figure(number: int) -> str:
    return str(number) if number >= TO_EDITORS else fewer_than(TO_EDITORS)
