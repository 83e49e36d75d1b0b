"""Starting an attempt, keeping its answers, handing it in: graded only here.

A time limit is kept by the clock of the server, whoever comes first after the end.
"""

from datetime import datetime
from random import Random, SystemRandom
from typing import Any

from django.db import transaction
from django.db.models import F
from wagtail.models import Page

from courses import rules, timing
from courses.actions.enrolments import complete_activity
from courses.lines.facts import items_of
from courses.lines.rules import drawn_by_lines
from courses.models import (
    Activity,
    Attempt,
    AttemptItem,
    EditionActivity,
    Enrolment,
    QuestionVersion,
)
from courses.questions import rules as question_rules
from courses.quizzes import (
    allowance_for,
    comes_too_late,
    end_of_attempt,
    has_passed,
    how_many,
    modules_asked,
    questions_of,
)
from courses.reach import reached
from courses.syllabus import activities_of
from lms.refusals import Refused

SWEPT_AT_ONCE = 1000
OF_A_HAND_IN = ("activity", "enrolment__edition", "enrolment__learner")


@transaction.atomic
def start_attempt(
    enrolment: Enrolment,
    *,
    activity: Activity,
    at: datetime,
    chance: Random | None = None,
) -> Attempt:
    """Return the learner's open attempt at the quiz, started if there is none.

    The questions, their versions and their order are frozen here. Raises `Refused`.
    """
    existing = enrolment.attempts.filter(activity=activity).open().first()
    if existing:
        return existing
    row = _row_in_syllabus(enrolment, activity)
    reasons = rules.refusals_to_start(
        enrolment_is_open=enrolment.is_open,
        is_live=_is_reached(activity),
        has_passed=has_passed(enrolment, activity),
        comes_too_late=comes_too_late(enrolment, activity),
        allowance=allowance_for(enrolment, activity=activity, at=at),
    )
    versions = _versions_asked(enrolment, row)
    if not versions:
        reasons.append("no-questions")
    if reasons:
        raise Refused(*reasons)
    return _freeze(enrolment, row, versions, at=at, chance=chance or SystemRandom())


def _is_reached(activity: Activity) -> bool:
    return reached(Page.objects.filter(translation_key=activity.pk)).exists()


def _row_in_syllabus(enrolment: Enrolment, activity: Activity) -> EditionActivity:
    for row in activities_of(enrolment):
        if row.activity_id == activity.pk and activity.is_quiz:
            return row
    raise Refused("not-in-this-edition")


def _versions_asked(
    enrolment: Enrolment, row: EditionActivity
) -> dict[int, QuestionVersion]:
    """Return the versions, by key, of the questions that this quiz draws from."""
    kind, rows = row.activity.kind, activities_of(enrolment)
    questions = questions_of(
        kind,
        module=row.module,
        modules=modules_asked(kind, rows, track=enrolment.track),
        edition=enrolment.edition_id,
    ).with_current_version()
    keys = [q.current for q in questions.order_by("code") if q.current]
    return QuestionVersion.objects.select_related("question").in_bulk(keys)


def _freeze(
    enrolment: Enrolment,
    row: EditionActivity,
    versions: dict[int, QuestionVersion],
    *,
    at: datetime,
    chance: Random,
) -> Attempt:
    mine = Attempt(
        enrolment=enrolment,
        activity=row.activity,
        number=enrolment.attempts.filter(activity=row.activity).count() + 1,
        titles=row.titles,
        pass_mark=enrolment.edition.pass_mark,
        started_at=at,
        ends_at=end_of_attempt(enrolment, activity=row.activity, at=at),
    )
    Attempt.objects.bulk_create([mine], ignore_conflicts=True)
    attempt = enrolment.attempts.filter(activity=row.activity).open().get()
    if attempt != mine:  # somebody was faster: the constraint decided
        return attempt
    order = _drawn(attempt, row, versions, chance=chance)
    AttemptItem.objects.bulk_create(
        AttemptItem(
            attempt=attempt,
            position=position,
            version_id=key,
            shown=question_rules.order_shown(versions[key].document, chance=chance),
        )
        for position, key in enumerate(order, start=1)
    )
    return attempt


def _drawn(
    attempt: Attempt,
    row: EditionActivity,
    versions: dict[int, QuestionVersion],
    *,
    chance: Random,
) -> list[int]:
    """Return the keys of what is asked, in an order of chance."""
    seen = _seen(attempt, versions)
    first: dict[str, Any] = {
        "always": [] if seen else _anchors(versions),
        "seen": seen,
        "chance": chance,
    }
    if row.lines:
        return drawn_by_lines(row.lines, items_of(versions), **first)
    draw = attempt.enrolment.edition.draw
    return rules.drawn(
        {key: version.question.module for key, version in versions.items()},
        number=how_many(row.activity.kind, draw=draw, available=len(versions)),
        finer={
            key: (version.question.lesson, version.question.objective)
            for key, version in versions.items()
        },
        **first,
    )


def _anchors(versions: dict[int, QuestionVersion]) -> list[int]:
    """Return what is asked before a course and in the first test after it."""
    return [key for key, version in versions.items() if version.question.anchor]


def _seen(attempt: Attempt, versions: dict[int, QuestionVersion]) -> set[int]:
    """Return what the learner was asked in earlier attempts, whatever its wording."""
    asked = set(
        AttemptItem.objects.filter(
            attempt__enrolment__learner=attempt.enrolment.learner_id,
            attempt__activity=attempt.activity_id,
        )
        .exclude(attempt=attempt)
        .values_list("version__question", flat=True)
    )
    return {key for key, version in versions.items() if version.question_id in asked}


@transaction.atomic
def save_answers(attempt: Attempt, *, answers: dict[int, Any], at: datetime) -> None:
    """Keep the answers, by position, of an attempt that is still open and in time.

    An answer may be a draft (empty or partial). Raises `Refused` with
    "attempt-closed", or with one "position:problem" per answer that cannot be kept;
    then nothing is kept.
    """
    hold_answerable(attempt, at=at)
    items = {item.position: item for item in attempt.items.with_version()}
    problems = [
        f"{position}:{problem}"
        for position, answer in answers.items()
        if (problem := _problem(items.get(position), answer))
    ]
    if problems:
        raise Refused(*problems)
    changed = [
        items[position]
        for position, answer in answers.items()
        # Who chose nothing where nothing stands has not chosen: what was chosen
        # before, on a line that was cut, may still come.
        if (items[position].answer or None) != (answer or None)
    ]
    for item in changed:
        item.answer = answers[item.position]
        item.answered_at, item.chosen_on, item.chosen_number = at, None, None
    AttemptItem.objects.bulk_update(
        changed, ["answer", "answered_at", "chosen_on", "chosen_number"]
    )


def _problem(item: AttemptItem | None, answer: Any) -> str | None:
    if item is None:
        return "unknown-question"
    return question_rules.problem_with(item.version.document, answer)


def hold_answerable(attempt: Attempt, *, at: datetime) -> None:
    """Lock the open attempt's row until the transaction ends, or refuse.

    The UPDATE waits for whoever is handing in, so that no answer slips in after it.
    """
    mine = Attempt.objects.filter(pk=attempt.pk)
    if not mine.answerable(at=at).update(saved_at=at):
        raise Refused("attempt-closed")


@transaction.atomic
def submit_attempt(attempt: Attempt, *, language: str, at: datetime) -> Attempt:
    """Hand in and grade; return the attempt as graded, also when called again.

    A passed final test, and any practice check, is completed in the same transaction.
    What comes after the end grades what was saved, and counts for the end.
    """
    mine = Attempt.objects.filter(pk=attempt.pk)
    if not mine.open().update(saved_at=F("saved_at")):  # of twenty at once, one
        attempt.refresh_from_db()
        return attempt
    grade = _grade(attempt)
    moment = timing.handed_in_at(at, ends_at=attempt.ends_at)
    attempt.submitted_at, attempt.saved_at = moment, moment
    attempt.by_clock = timing.is_closed(attempt.ends_at, at=at)
    attempt.points, attempt.out_of = grade.points, grade.out_of
    attempt.passed, attempt.language = grade.passed, language
    attempt.save(
        update_fields=[
            "submitted_at",
            "saved_at",
            "by_clock",
            "points",
            "out_of",
            "passed",
            "language",
        ]
    )
    if grade.passed or attempt.activity.kind != Activity.Kind.FINAL:
        _complete(attempt, language=language, at=moment)
    return attempt


def hand_in_if_over(attempt: Attempt, *, at: datetime) -> Attempt:
    """Return the attempt, handed in by the clock if nothing more is kept of it."""
    if not attempt.is_open or not timing.is_closed(attempt.ends_at, at=at):
        return attempt
    language = attempt.enrolment.learner.language
    return submit_attempt(attempt, language=language, at=at)


def hand_in_overdue(*, at: datetime) -> int:
    """Hand in by the clock what nobody handed in; return how many.

    The longest over first, and no more than one run can bear. One that fails keeps no
    other waiting: raises `ExceptionGroup` once all were tried.
    """
    rows = Attempt.objects.overdue(at=at).order_by("ends_at", "pk")
    done, failed = 0, []
    for attempt in list(rows.select_related(*OF_A_HAND_IN)[:SWEPT_AT_ONCE]):
        try:
            hand_in_if_over(attempt, at=at)
            done += 1
        except Exception as error:
            failed.append(error)
    if failed:
        raise ExceptionGroup("attempts that could not be handed in", failed)
    return done


def _grade(attempt: Attempt) -> rules.Grade:
    items = list(attempt.items.with_version())
    for item in items:
        item.earned = question_rules.credit_for(item.version.graded_by, item.answer)
        item.points = question_rules.whole_points(item.earned)
    AttemptItem.objects.bulk_update(items, ["points", "earned"])
    return rules.Grade(
        points=question_rules.whole_points(sum(item.earned for item in items)),
        out_of=len(items),
        pass_mark=attempt.pass_mark,
    )


def _complete(attempt: Attempt, *, language: str, at: datetime) -> None:
    if attempt.enrolment.withdrawn_at:
        return
    complete_activity(
        attempt.enrolment,
        activity=attempt.activity,
        language=language,
        revision=None,
        at=at,
    )
