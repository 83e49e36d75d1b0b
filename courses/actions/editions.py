"""Opening an edition over the live tree, and the rows that pages are known by."""

import secrets
from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop
from wagtail.models import Page

from courses import rules
from courses.bank import asked, draw_of, few_questions
from courses.behind import pages_behind
from courses.comparing.rules import refusals_to_ask_again
from courses.comparing.since import rewritten_since
from courses.models import (
    Activity,
    CasePage,
    Course,
    CoursePage,
    Edition,
    EditionActivity,
    EditionReasoning,
    Enrolment,
    LessonPage,
    Question,
    QuizPage,
    ReasoningTask,
)
from courses.tree import (
    Node,
    activities_in,
    course_node,
    has_drafts,
    lacks_a_language,
)
from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.people.choices import Track
from lms.people.models import User
from lms.refusals import Refused

MINUTES_PER_QUESTION = 1
# Whether a page of reasons counts for completing the course → how that is asked for.
REASONS_BY_WEIGHT = {False: "asked", True: "counts"}


def make_identity(page: Page) -> None:
    """Make the row that outlives the page, at its first publication."""
    page = page.specific
    if isinstance(page, CoursePage):
        _make_course(page)
    elif isinstance(page, LessonPage | QuizPage | CasePage):
        above = page.get_ancestors().type(CoursePage).last()
        Activity.objects.get_or_create(
            pk=page.translation_key,
            defaults={"course": _make_course(above.specific), "kind": _kind_of(page)},
        )


def _make_course(page: CoursePage) -> Course:
    course, _made = Course.objects.get_or_create(
        pk=page.translation_key, defaults={"code": page.code}
    )
    return course


def _kind_of(page: Page) -> str:
    if isinstance(page, QuizPage):
        return page.purpose
    is_case = isinstance(page, CasePage)
    return Activity.Kind.CASE if is_case else Activity.Kind.LESSON


@transaction.atomic
def open_edition(
    course_page: CoursePage,
    *,
    kind: Edition.Kind,
    by: User | None,
    at: datetime,
    despite: str = "",
    again: Collection[UUID] = (),
    reasoning: str = "",
) -> Edition:
    """Freeze the live tree of a course as its newest edition and return it.

    A correction is a new version of the same run, takes the open enrolments along and
    may neither add nor drop an activity. `despite` says why it is opened although a
    translation is behind its original. `again`: the rewritten lessons that holders
    read again in a delta. `reasoning`: "asked" or "counts", where a page of reasons is
    wanted; a correction asks what its edition asked. Raises `Refused` with the reasons.
    """
    course = _make_course(course_page)
    course_in_languages, nodes = course_node(course_page), activities_in(course_page)
    previous = Edition.objects.filter(course=course).current().first()
    draw = draw_of(nodes, draw=course_page.draw)
    reasons = _refusals(course_in_languages, nodes, kind=kind, previous=previous)
    reasons += few_questions(
        nodes, draw=draw, languages=list(course_in_languages.translations)
    )
    behind = [page.title for page in pages_behind(course_page)]
    reasons += rules.refusals_to_open_on_unequal_texts(behind, despite=despite)
    reasons += refusals_to_ask_again(
        again,
        is_delta=kind == Edition.Kind.DELTA and previous is not None,
        rewritten=[one.key for one in rewritten_since(previous, nodes)]
        if again
        else [],
    )
    task = ReasoningTask.objects.filter(course=course).first()
    if reasoning and task is None:
        reasons.append("no-reasoning-task")
    if reasons:
        raise Refused(*reasons)
    run, version = _run_and_version(kind, previous, year=localdate(at).year)
    edition = Edition.objects.create(
        course=course,
        kind=kind if previous else Edition.Kind.NEW_RUN,
        run=run,
        version=version,
        previous=previous,
        titles=course_in_languages.titles,
        issuer={
            language: page.issuer
            for language, page in course_in_languages.translations.items()
        },
        pass_mark=course_page.pass_mark,
        attempts_allowed=course_page.attempts_allowed,
        wait_days=course_page.wait_days,
        draw=draw,
        final_minutes=course_page.final_minutes,
        validity_months=course_page.validity_months,
        norms_on=course_page.norms_on,
        minutes=_minutes_by_track(nodes, draw=draw),
        despite=despite if behind else "",
        opened_at=at,
        opened_by=by,
    )
    if behind:
        record_event(
            Event.Kind.CHANGE,
            actor=by,
            purpose=gettext_noop("edition opened with a translation behind"),
            subjects=[],
            at=at,
        )
    if kind == Edition.Kind.CORRECTION:
        again = _read_again(previous)
    EditionActivity.objects.bulk_create(_rows(edition, nodes, again=again))
    modules = {node.module.key for node in nodes if node.module}
    edition.questions.set(Question.objects.live().tested_in(modules))
    _ask_for_reasons(edition, task, reasoning)
    if kind == Edition.Kind.CORRECTION:
        Enrolment.objects.filter(edition=previous).open().update(edition=edition)
    return edition


def _ask_for_reasons(
    edition: Edition, task: ReasoningTask | None, reasoning: str
) -> None:
    """Freeze the task of the course, if the edition asks for it."""
    if edition.kind == Edition.Kind.CORRECTION:
        before = EditionReasoning.objects.filter(edition=edition.previous_id).first()
        reasoning = REASONS_BY_WEIGHT[before.counts] if before else ""
    if reasoning and task:
        EditionReasoning.objects.create(
            edition=edition,
            document=task.document,
            counts=reasoning == REASONS_BY_WEIGHT[True],
            seed=secrets.token_hex(16),
        )


def _refusals(
    course: Node, nodes: list[Node], *, kind: str, previous: Edition | None
) -> list[str]:
    required = [node for node in nodes if node.required_for]
    languages = list(course.translations)
    reasons = rules.refusals_to_open_edition(
        drafts=[n.page.title for n in [course, *required] if has_drafts(n)],
        missing=[
            node.page.title
            for node in [course, *required]
            if lacks_a_language(node, languages=languages)
        ],
        has_required=any(isinstance(node.page, LessonPage) for node in required),
        finals=_titles(nodes, QuizPage.Purpose.FINAL),
        pretests=_titles(nodes, QuizPage.Purpose.PRETEST),
    )
    if kind == Edition.Kind.CORRECTION and not _same_activities(nodes, previous):
        reasons.append("correction-changes-activities")
    return reasons


def _titles(nodes: list[Node], purpose: str) -> list[str]:
    return [node.page.title for node in nodes if node.is_quiz_for(purpose)]


def _same_activities(nodes: list[Node], previous: Edition | None) -> bool:
    if previous is None:
        return False
    before = {
        row.activity_id: sorted(row.required_for) for row in previous.activities.all()
    }
    return before == {node.key: sorted(node.required_for) for node in nodes}


def _run_and_version(
    kind: str, previous: Edition | None, *, year: int
) -> tuple[str, int]:
    if previous and kind == Edition.Kind.CORRECTION:
        return previous.run, previous.version + 1
    return rules.next_run(previous.run if previous else None, year=year), 1


def _minutes_by_track(nodes: list[Node], *, draw: int) -> dict[str, int]:
    """Return track → minutes of all that it must do, as the texts shipped take them."""
    return {
        track: sum(
            _minutes_of(node, nodes, draw=draw, track=track)
            for node in nodes
            if track in node.required_for
        )
        for track in Track.values
    }


def _minutes_of(node: Node, nodes: list[Node], *, draw: int, track: str) -> int:
    if isinstance(node.page, CasePage):
        return node.page.minutes_for(track)
    if isinstance(node.page, LessonPage):
        return node.page.minutes
    return asked(node, nodes, draw=draw, track=track) * MINUTES_PER_QUESTION


def _read_again(edition: Edition | None) -> set[UUID]:
    """Return the lessons that an edition asks holders to read again."""
    rows = EditionActivity.objects.filter(edition=edition, read_again=True)
    return set(rows.values_list("activity", flat=True))


def _rows(
    edition: Edition, nodes: list[Node], *, again: Collection[UUID]
) -> list[EditionActivity]:
    return [
        EditionActivity(
            edition=edition,
            activity_id=node.key,
            position=position,
            number=node.number,
            module=node.module.key if node.module else None,
            module_titles=node.module.titles if node.module else {},
            titles=node.titles,
            required_for=node.required_for,
            recommended_for=node.recommended_for,
            minutes={
                track: _minutes_of(node, nodes, draw=edition.draw, track=track)
                for track in Track.values
            },
            revisions=node.revisions,
            draws=_draws_of(node),
            read_again=node.key in again,
        )
        for position, node in enumerate(nodes, start=1)
    ]


def _draws_of(node: Node) -> list[dict]:
    """Return the lines of a quiz as the edition keeps them."""
    if not isinstance(node.page, QuizPage):
        return []
    return [asdict(line) for line in node.page.lines]
