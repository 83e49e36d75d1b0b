"""What did a member do in the courses of a cohort, and when were they reminded?

Within the viewer's sight: from the day they came. Results of tests, never answers.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.following import words
from courses.following.pace import Hurried, hurried
from courses.models import Attempt, Completion, Enrolment, Reminder
from courses.models.editions import in_language
from courses.naming import trainer_name
from courses.syllabus import give_editions, syllabuses
from lms.mail.models import Letter
from lms.people.models import Cohort, CohortMember, User


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened."""

    at: datetime
    what: str
    about: str  # the course, the lesson, or who
    is_day: bool = False  # of which only the day is known


def timeline_of(
    cohort: Cohort, row: CohortMember, *, viewer: User, at: datetime, language: str
) -> list[Entry]:
    """Return what happened, the latest first; as many queries whatever happened."""
    on = timezone.localdate(at)
    enrolments = _enrolments(cohort, row)
    joined = datetime.combine(row.joined_on(cohort.zone), time(), tzinfo=cohort.zone)
    entries = [
        Entry(joined, _("Came into the cohort"), "", is_day=True),
        *_enrolled(enrolments.visible_to(viewer, on=on), language),
        *_finished(
            Completion.objects.visible_to(viewer, on=on).filter(
                enrolment__in=enrolments.values("pk")
            ),
            language,
        ),
        *_tested(
            Attempt.objects.visible_to(viewer, on=on).filter(
                enrolment__in=enrolments.values("pk")
            ),
            language,
        ),
        *_reminded(
            Reminder.objects.visible_to(viewer, on=on).filter(
                cohort=cohort, person=row.person_id
            ),
            viewer,
            at,
        ),
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def hurried_of(
    cohort: Cohort, row: CohortMember, *, viewer: User, at: datetime, language: str
) -> list[Hurried]:
    """Return what they did here faster than anybody reads, the latest first."""
    on = timezone.localdate(at)
    enrolments = _enrolments(cohort, row).values("pk")
    return hurried(
        Completion.objects.visible_to(viewer, on=on).filter(enrolment__in=enrolments),
        Attempt.objects.visible_to(viewer, on=on).filter(enrolment__in=enrolments),
        language=language,
    )


def _enrolments(cohort: Cohort, row: CohortMember) -> QuerySet[Enrolment]:
    courses = list(cohort.assignments.values_list("course", flat=True))
    return Enrolment.objects.filter(learner=row.person_id, course__in=courses)


def _enrolled(rows: Iterable[Enrolment], language: str) -> Iterator[Entry]:
    rows = list(rows)
    give_editions(rows)
    for row in rows:
        title = row.edition.title(language)
        yield Entry(row.enrolled_at, _("Enrolled"), title)
        if row.completed_at:
            yield Entry(row.completed_at, _("Completed the course"), title)
        if row.withdrawn_at:
            yield Entry(row.withdrawn_at, _("Left the course"), title)


def _finished(rows: Iterable[Completion], language: str) -> Iterator[Entry]:
    rows = list(rows.select_related("enrolment"))
    asked = syllabuses({row.enrolment.edition_id for row in rows})
    titles = {
        (edition, one.activity_id): f"{one.number} {one.title(language)}".strip()
        for edition, activities in asked.items()
        for one in activities
    }
    for row in rows:
        title = titles.get((row.enrolment.edition_id, row.activity_id), "")
        yield Entry(row.at, _("Finished"), title)


def _tested(rows: QuerySet[Attempt], language: str) -> Iterator[Entry]:
    for row in rows.select_related("activity"):
        title = in_language(row.titles, language)
        yield Entry(row.started_at, _("Began a test"), title)
        if row.submitted_at:
            result = words.attempt_in_words(row)
            yield Entry(row.submitted_at, _("Handed in a test"), f"{title}: {result}")


def _reminded(rows: QuerySet[Reminder], viewer: User, at: datetime) -> Iterator[Entry]:
    later = Letter.objects.waiting().filter(next_at__gt=at)
    waiting = later.filter(event=OuterRef("event"))
    for row in rows.select_related("by").annotate(waits=Exists(waiting)):
        kind = row.get_kind_display()
        about = trainer_name(row.by, viewer=viewer) if row.by else kind
        yield Entry(row.at, _("Reminder written") if row.waits else _what(row), about)


def _what(row: Reminder) -> str:
    if row.kind == Reminder.Kind.ESCALATION:
        return _("Superior told")
    return _("Superior asked again") if row.asks_superior else _("Reminded")
