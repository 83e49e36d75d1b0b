"""What a course asks its learners to give reasons for, read from `reasoning.yaml`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from courses.loader import by_hand
from courses.loader.files import read_text, read_yaml
from courses.loader.library import LANGUAGES
from courses.loader.reasons import Reasons
from courses.loader.report import Report
from courses.models import ReasoningTask
from courses.reasoning.rules import (
    LEAST_LINES,
    LINE_TEXTS,
    MOST_LINES,
    TEXTS,
    problems_of,
)

FILE = "reasoning.yaml"
SENTENCES = {
    "unknown-parts": f"the file has {', '.join([*TEXTS, 'lines'])}, and nothing else",
    "unknown-line": f"a line has key, {', '.join(LINE_TEXTS)}, and nothing else",
    "number-of-lines": f"a rubric has {LEAST_LINES} to {MOST_LINES} lines",
    "doubled-line": "two lines have the same key",
    "missing-language": "a text lacks a language",
}


@dataclass(frozen=True, slots=True)
class WrittenTask:
    """The task of a course as its file says it should be."""

    course: UUID
    document: dict[str, Any]
    name: str


def read_task(
    folder: Path, *, root: Path, course: UUID, reasons: Reasons
) -> list[WrittenTask]:
    """Return the task of a course; none when there is no file."""
    path = folder / FILE
    name = str(path.relative_to(root))
    text = path.exists() and read_text(path, name=name, reasons=reasons)
    document = text and read_yaml(text, name=name, first_line=1, reasons=reasons)
    if not document:
        return []
    problems = problems_of(document, languages=LANGUAGES)
    for problem in problems:
        reasons.say(name, SENTENCES[problem])
    return [] if problems else [WrittenTask(course, document, name)]


def write_tasks(tasks: list[WrittenTask], *, overwrite: bool, report: Report) -> None:
    """Store each task; one that a person changed stays so."""
    stored = {row.course_id: row for row in ReasoningTask.objects.all()}
    tally = report.reasoning_tasks
    for task in tasks:
        row = stored.get(task.course)
        if row is None:
            ReasoningTask.objects.create(course_id=task.course, document=task.document)
            tally.new += 1
        elif row.document == task.document:
            tally.unchanged += 1
        elif by_hand.was_changed(row) and not overwrite:
            report.left_alone.append(f"edited by hand: {task.name}")
        else:
            ReasoningTask.objects.filter(pk=row.pk).update(document=task.document)
            tally.changed += 1
