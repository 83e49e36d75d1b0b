"""The questions of a course, read from each `questions.json` beside its pages."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from courses.actions import save_question
from courses.loader import by_hand
from courses.loader.files import read_text, uuid_of
from courses.loader.library import LANGUAGES, Written
from courses.loader.reasons import Reasons
from courses.loader.report import Report
from courses.models import Question
from courses.questions.kinds import KINDS, kind_of
from courses.questions.rules import problems_of

NAMES = {"uuid", "code", "module", "use", "anchor", "lesson", "document"}
PARTS = {"type", "level", "stem", "options", "correct", "feedback", "source"}
# Whether a vignette shows the sign that is looked for: misses and false alarms.
VIGNETTES = {"sign", "no-sign"}
SENTENCES = {
    "unknown-kind": f"its type is none of {', '.join(KINDS)}",
    "missing-stem": "the stem lacks a language",
    "missing-feedback": "the feedback lacks a language",
    "missing-source": "the source lacks a language",
    "missing-option-text": "an option lacks a language",
    "unknown-credit": "its credit is all or parts",
    "no-key": "`correct` does not answer the question",
}


@dataclass(frozen=True, slots=True)
class WrittenQuestion:
    """A question as its file says it should be."""

    key: UUID
    facts: dict[str, Any]
    document: dict[str, Any]
    name: str


def read_questions(
    folder: Path, *, root: Path, course: Written, reasons: Reasons
) -> list[WrittenQuestion]:
    """Return the questions of a course; what is wrong is said in `reasons`."""
    paths = sorted(folder.rglob("questions.json"))
    if not paths:
        missing = folder / "questions.json"
        reasons.say(str(missing.relative_to(root)), "this file is missing")
    found = [
        question
        for path in paths
        for question in _questions_in(
            path, name=str(path.relative_to(root)), course=course, reasons=reasons
        )
    ]
    _refuse_doubles(found, reasons)
    return found


def _questions_in(
    path: Path, *, name: str, course: Written, reasons: Reasons
) -> list[WrittenQuestion]:
    text = read_text(path, name=name, reasons=reasons)
    if text is None:
        return []
    try:
        rows = json.loads(text)["questions"]
    except json.JSONDecodeError as error:
        reasons.say(f"{name}:{error.lineno}", f"this cannot be read: {error.msg}")
        return []
    except (KeyError, TypeError):
        reasons.say(name, "the file is an object with a list `questions`")
        return []
    questions = [
        _question(row, name=name, course=course, reasons=reasons) for row in rows
    ]
    return [question for question in questions if question]


def write_questions(
    questions: list[WrittenQuestion], *, overwrite: bool, at: datetime, report: Report
) -> None:
    """Store each question; what a person wrote of it, and its use, stays."""
    known = Question.objects.in_bulk()
    tally = report.questions
    for question in questions:
        if not overwrite and _is_a_persons(question, known.get(question.key)):
            report.left_alone.append(f"edited by hand: {question.name}")
            continue
        changed = save_question(
            question.key,
            document=question.document,
            facts=question.facts,
            by=None,
            at=at,
        )
        if question.key not in known:
            tally.new += 1
        elif changed:
            tally.changed += 1
        else:
            tally.unchanged += 1


def _question(
    row: Any, *, name: str, course: Written, reasons: Reasons
) -> WrittenQuestion | None:
    if not isinstance(row, dict) or set(row) != NAMES:
        reasons.say(name, f"a question has {', '.join(sorted(NAMES))}; here {row!r}")
        return None
    place = f"{name} {row['code']}"
    key, module = uuid_of(row["uuid"]), uuid_of(row["module"])
    lesson = uuid_of(row["lesson"])
    said = len(reasons)
    if key is None:
        reasons.say(place, f"uuid is {row['uuid']!r}; write a UUID")
    lessons = {
        page.key: [child.key for child in page.children if child.kind == "lesson"]
        for page in course.children
        if page.kind == "module"
    }
    if module not in lessons:
        reasons.say(place, f"module {row['module']} is no module of this course")
    elif row["lesson"] is not None and lesson not in lessons[module]:
        reasons.say(place, f"lesson {row['lesson']} is no lesson of its module")
    if row["use"] not in Question.Use.values:
        reasons.say(place, f"use is {row['use']!r}; known: {Question.Use.values}")
    if not isinstance(row["anchor"], bool):
        reasons.say(place, "anchor is true or false")
    for problem in _problems_with(row["document"]):
        reasons.say(place, problem)
    if len(reasons) > said:
        return None
    facts = {name: row[name] for name in ("code", "use", "anchor")}
    facts |= {"module": module, "lesson": lesson}
    return WrittenQuestion(key, facts, row["document"], place)


def _problems_with(document: Any) -> list[str]:
    own = KINDS[document["type"]].own_parts if _has_a_kind(document) else set()
    if not isinstance(document, dict) or set(document) - {"vignette", *own} != PARTS:
        return [f"its document has {', '.join(sorted(PARTS))}"]
    if document.get("vignette", "sign") not in VIGNETTES:
        return [f"its vignette is one of {', '.join(sorted(VIGNETTES))}"]
    if not _has_a_kind(document):
        return [SENTENCES["unknown-kind"]]
    if not kind_of(document).has_options(document["options"]):
        return ["options are a list of objects with a key each (left, right: two)"]
    words = problems_of(document, languages=LANGUAGES)
    return [SENTENCES[word] for word in words]


def _has_a_kind(document: Any) -> bool:
    return isinstance(document, dict) and document.get("type") in list(KINDS)


def _refuse_doubles(questions: list[WrittenQuestion], reasons: Reasons) -> None:
    keys = [question.key for question in questions]
    codes = [question.facts["code"] for question in questions]
    for question, key, code in zip(questions, keys, codes, strict=True):
        if keys.count(key) > 1 or codes.count(code) > 1:
            reasons.say(question.name, "its uuid or code names two questions")


def _is_a_persons(question: WrittenQuestion, row: Question | None) -> bool:
    """Whether a person wrote its newest version or said its use, other than the file.

    A person who changed the use alone made no version; the log knows of it.
    """
    if row is None:
        return False
    latest = row.versions.order_by("-number").first()
    if latest and latest.made_by_id and latest.document != question.document:
        return True
    said = any(getattr(row, name) != question.facts[name] for name in ("use", "anchor"))
    return said and by_hand.was_changed(row)
