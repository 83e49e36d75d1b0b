"""Does the final test of a course find its questions, for everybody and in full?

For each profession that must do something besides, in each language of the course.
"""

from collections.abc import Iterator
from uuid import UUID

from courses import rules
from courses.lines.facts import available, items_of
from courses.lines.rules import Line, asked_by
from courses.models import Activity, EditionActivity, QuestionVersion, QuizPage
from courses.questions.rules import is_written_in
from courses.quizzes import how_many, modules_asked, questions_of
from courses.tree import Node
from lms.people.choices import Track

FINAL = Activity.Kind.FINAL


def few_questions(nodes: list[Node], *, draw: int, languages: list[str]) -> list[str]:
    """Return why its final test cannot be asked, as stable words with its title.

    A profession that must do few modules is asked fewer than the test draws; that is
    no fault while somebody can be asked them all.
    """
    finals = [node.page for node in nodes if node.is_final]
    found = list(_available(nodes, languages, finals[0].lines)) if finals else []
    most = max((total for _track, total, _written in found), default=0)
    reasons = []
    for track, total, written in found:
        asked = draw if draw > most else how_many(FINAL, draw=draw, available=total)
        if word := rules.refusal_to_ask(asked=asked, written=written):
            reasons.append(f"{word}:{finals[0].title}:{track}")
    return reasons


def draw_of(nodes: list[Node], *, draw: int) -> int:
    """Return how many questions the final test draws: as its lines say, if it has any.

    Otherwise as the course says.
    """
    lines = [line for node in nodes if node.is_final for line in node.page.lines]
    return sum(line.count for line in lines) or draw


def syllabus_of(nodes: list[Node]) -> list[EditionActivity]:
    """Return the rows as far as a quiz is drawn from them."""
    return [
        EditionActivity(
            module=node.module.key if node.module else None,
            required_for=node.required_for,
        )
        for node in nodes
    ]


def asked(node: Node, nodes: list[Node], *, draw: int, track: str) -> int:
    """Return how many questions a quiz asks of a track."""
    kind = node.page.purpose
    questions = questions_of(
        kind,
        module=node.module.key if node.module else None,
        modules=modules_asked(kind, syllabus_of(nodes), track=track),
        edition=None,
    )
    return how_many(kind, draw=draw, available=available(questions, node.page.lines))


def _available(
    nodes: list[Node], languages: list[str], lines: list[Line]
) -> Iterator[tuple[str, int, int]]:
    """Yield each track that must do something: its questions, and the least written."""
    rows = syllabus_of(nodes)
    for track in Track.values:
        if any(
            track in node.required_for
            for node in nodes
            if not isinstance(node.page, QuizPage)
        ):
            modules = modules_asked(FINAL, rows, track=track)
            versions = _versions(modules)
            written = [
                _asked_at_most(
                    {
                        key: one
                        for key, one in versions.items()
                        if is_written_in(one.document, language)
                    },
                    lines,
                )
                for language in languages
            ]
            yield track, _asked_at_most(versions, lines), min(written)


def _asked_at_most(versions: dict[int, QuestionVersion], lines: list[Line]) -> int:
    return asked_by(lines, items_of(versions)) if lines else len(versions)


def _versions(modules: set[UUID]) -> dict[int, QuestionVersion]:
    """Return the wordings of the day of what a final test draws from."""
    questions = questions_of(FINAL, module=None, modules=modules, edition=None)
    newest = questions.with_current_version().values("current")
    versions = QuestionVersion.objects.filter(pk__in=newest)
    return {one.pk: one for one in versions.select_related("question")}
