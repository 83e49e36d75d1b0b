"""What would become of each question of a file? Asked before anybody accepts it."""

from collections.abc import Iterable
from dataclasses import dataclass

from courses.questions.interchange.documents import (
    document_of,
    losses_of,
    problem_of,
)
from courses.questions.interchange.neutral import (
    LANGUAGES,
    Brought,
    Loss,
    Read,
    in_language,
)
from courses.questions.kinds import kind_of
from courses.questions.kinds.kind import Document
from lms.folding import folded_text


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with its fate: a document, or why there is none."""

    question: Brought
    document: Document | None
    problem: str = ""
    losses: tuple[Loss, ...] = ()
    missing: tuple[str, ...] = ()
    twin: str = ""  # the code of a question that asks the same
    twin_line: int = 0  # or where the file asked it before

    @property
    def is_taken(self) -> bool:
        return self.document is not None


def folded(stem: str) -> str:
    """Return a stem so that the same question is the same text."""
    return " ".join(folded_text(stem).split())


def judge(read: Read, *, language: str, bank: dict[str, str]) -> list[Judged]:
    """Judge each question; `bank` holds the code of every folded stem that there is.

    Whose language the file does not say is written in `language`.
    """
    seen: dict[str, int] = {}
    found = []
    for one in read.questions:
        question = in_language(one, language)
        stems = [folded(text) for text in question.stem.values()]
        stems = [stem for stem in stems if stem]
        problem = problem_of(question)
        twin = _first(bank.get(stem) for stem in stems)
        line = _first(seen.get(stem) for stem in stems)
        taken = not problem and not twin and not line
        document = document_of(question) if taken else None
        found.append(
            Judged(
                question=question,
                document=document,
                problem=problem,
                losses=tuple(losses_of(question)),
                missing=tuple(missing_in(document)) if document else (),
                twin=twin or "",
                twin_line=line or 0,
            )
        )
        if not problem:
            seen |= {stem: question.line for stem in stems if stem not in seen}
    return found


def _first[Word](words: Iterable[Word | None]) -> Word | None:
    return next((word for word in words if word), None)


def missing_in(document: Document) -> list[str]:
    """Return what Campus asks of a question and its file does not say."""
    options = kind_of(document).options_of(document)
    parts = [part for part in ("feedback", "source") if any(document[part].values())]
    asked = [document["stem"], *options, *[document[part] for part in parts]]
    found = [
        f"language-{code}"
        for code in LANGUAGES
        if any(not texts[code] for texts in asked)
    ]
    found += [part for part in ("feedback", "source") if part not in parts]
    return [*found, "lesson"]  # no other platform knows ours
