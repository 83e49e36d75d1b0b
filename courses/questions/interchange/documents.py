"""A question of a file as the question bank would hold it, and the other way round.

What Campus has no kind for becomes nothing else: `problem_of` says why.
"""

from typing import Any

from courses.questions.interchange.neutral import (
    KEPT,
    LANGUAGES,
    TYPED,
    Brought,
    Kind,
    Loss,
    Option,
    Texts,
)
from courses.questions.interchange.typed import (
    extra_of_typed,
    options_of_typed,
    parts_of_typed,
    problem_with_typed,
)
from courses.questions.kinds import KINDS
from courses.questions.kinds.kind import KEYS, Document
from courses.questions.kinds.truefalse import TRUE_FALSE


def problem_of(question: Brought) -> str:
    """Return why Campus cannot keep the question, as a stable word, or nothing."""
    if question.kind == Kind.UNREADABLE:
        return question.problem
    if question.kind not in KEPT:
        return f"not-kept-{question.kind}"
    if not question.stem:
        return "no-stem"
    if question.kind in TYPED:
        return problem_with_typed(question)
    if question.kind == Kind.MATCHING:
        return _problem_with_pairs(question.options)
    if question.kind != Kind.TRUE_FALSE and not all(o.texts for o in question.options):
        return "empty-option"
    if len(question.options) < 2:
        return "too-few-options"
    if question.kind == Kind.ORDERING:
        return ""
    right = _right(question)
    if not right or (question.kind != Kind.MULTIPLE and len(right) > 1):
        return "no-right-answer"
    return ""


def _problem_with_pairs(options: tuple[Option, ...]) -> str:
    if not all(option.match for option in options):
        return "no-right-answer"
    statements = sum(bool(option.texts) for option in options)
    if statements < 2 or len(_matches(options)) < 2:
        return "too-few-options"
    return ""


def losses_of(question: Brought) -> list[Loss]:
    """Return what the question loses here, its reader's losses first."""
    losses = list(question.losses)
    if question.kind not in KEPT:
        return losses
    losses += [
        Loss("option-feedback", question.line, text[:80])
        for option in question.options
        for text in option.feedback.values()
    ]
    if _weighs(question):
        losses.append(Loss("weights", question.line))
    return losses


def _weighs(question: Brought) -> bool:
    """Whether answers weigh differently: what is brought is right as a whole."""
    earned = {option.weight for option in question.options if option.weight > 0}
    punished = question.kind == Kind.SINGLE and any(
        option.weight < 0 for option in question.options
    )
    return len(earned) > 1 or punished


def document_of(question: Brought) -> Document:
    """Return the document of a question that has no problem; gaps are empty texts."""
    document: dict[str, Any] = {
        "type": str(question.kind),
        "level": question.extra.get("level", ""),
        "stem": _whole(question.stem),
        "feedback": _whole(question.feedback),
        "source": _whole(question.extra.get("source", {})),
    }
    if question.kind in TYPED:
        document |= parts_of_typed(question)
    else:
        document["options"], document["correct"] = _options(question)
    for part in ("vignette", *_own_parts(question.kind)):
        if part in question.extra and part not in document:
            document[part] = question.extra[part]
    return document


def _own_parts(kind: str) -> frozenset[str]:
    """Return what a document of this kind says that no other does."""
    return KINDS[kind].own_parts


def _options(question: Brought) -> tuple[Any, Any]:
    if question.kind == Kind.MATCHING:
        return _pairs(question.options)
    mistakes = question.extra.get("mistakes", [])
    texts = [_whole(option.texts) for option in question.options]
    places = _places(question)
    rows: list[dict] = [
        {"key": key, **texts[places.index(at)]}
        for at, key in enumerate(KEYS[: len(texts)])
    ]
    if question.kind == Kind.TRUE_FALSE:
        rows = [dict(row) for row in TRUE_FALSE]
    for row, mistake in zip(rows, mistakes, strict=False):
        if mistake:
            row["mistake"] = mistake
    right = places if question.kind == Kind.ORDERING else _right(question)
    return rows, [rows[at]["key"] for at in right]


def _places(question: Brought) -> list[int]:
    """Return where each option was written; steps stand in their right order."""
    order = list(range(len(question.options)))
    written = question.extra.get("written", order)
    is_known = question.kind == Kind.ORDERING and sorted(written) == order
    return written if is_known else order


def _right(question: Brought) -> list[int]:
    """Return the places of the right answers: of one answer, what earns it all."""
    enough = 0 if question.kind == Kind.MULTIPLE else 99.9
    return [at for at, one in enumerate(question.options) if one.weight > enough]


def _pairs(options: tuple[Option, ...]) -> tuple[dict[str, list], dict[str, str]]:
    matches = _matches(options)
    keys = KEYS.upper()
    statements = [option for option in options if option.texts]
    left = [
        {"key": str(number), **_whole(option.texts)}
        for number, option in enumerate(statements, start=1)
    ]
    right = [
        {"key": key, **_whole(text)} for key, text in zip(keys, matches, strict=False)
    ]
    correct = {
        row["key"]: keys[matches.index(option.match)]
        for row, option in zip(left, statements, strict=True)
    }
    return {"left": left, "right": right}, correct


def _matches(options: tuple[Option, ...]) -> list[Texts]:
    found: list[Texts] = []
    for option in options:
        if option.match not in found:
            found.append(option.match)
    return found


def _whole(texts: Texts) -> Texts:
    return {code: texts.get(code, "") for code in LANGUAGES}


def brought_of(document: Document, *, name: str, category: str = "") -> Brought | None:
    """Return a document of the bank in the form of all files; None: no file has it.

    No file takes a picture along; without it the question would ask another thing.
    """
    if document["type"] not in KEPT or document.get("picture"):
        return None
    kind = Kind(document["type"])
    extra: dict[str, Any] = {
        part: document[part]
        for part in ("level", "vignette", *_own_parts(kind))
        if document.get(part)
    }
    if source := _said(document["source"]):
        extra["source"] = source
    if kind in TYPED:
        options = options_of_typed(document, kind)
        extra |= extra_of_typed(document, kind)
    elif kind == Kind.MATCHING:
        options = _options_of_pairs(document)
    else:
        options = _options_of_list(document, kind)
        if kind == Kind.ORDERING:
            extra["written"] = _written(document)
        mistakes = [option.get("mistake") for option in document["options"]]
        if any(mistakes):
            extra["mistakes"] = mistakes
    return Brought(
        kind,
        stem=_said(document["stem"]),
        options=options,
        feedback=_said(document["feedback"]),
        name=name,
        category=category,
        extra=extra,
    )


def _options_of_list(document: Document, kind: Kind) -> tuple[Option, ...]:
    right = document["correct"]
    weight = round(100 / len(right), 5) if kind == Kind.MULTIPLE else 100
    rows = document["options"]
    if kind == Kind.ORDERING:
        right, weight = [row["key"] for row in rows], 100
        rows = [rows[at] for at in _written(document)]
    if kind == Kind.TRUE_FALSE:  # "true" comes first in every file
        rows = sorted(rows, key=lambda row: row["key"] != "t")
    return tuple(
        Option(
            {} if kind == Kind.TRUE_FALSE else _said(row),
            weight if row["key"] in right else 0,
        )
        for row in rows
    )


def _written(document: Document) -> list[int]:
    """Return where each step was written, from the first to the last."""
    keys = [row["key"] for row in document["options"]]
    return [keys.index(key) for key in document["correct"]]


def _options_of_pairs(document: Document) -> tuple[Option, ...]:
    right = {row["key"]: _said(row) for row in document["options"]["right"]}
    correct = document["correct"]
    pairs = [
        Option(_said(row), 100, match=right[correct[row["key"]]])
        for row in document["options"]["left"]
    ]
    alone = [key for key in right if key not in correct.values()]
    return (*pairs, *[Option({}, 100, match=right[key]) for key in alone])


def _said(texts: dict[str, Any]) -> Texts:
    return {code: texts[code] for code in LANGUAGES if texts.get(code)}
