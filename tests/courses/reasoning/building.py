"""Pages of reasons for tests, in an edition without pages: nothing lighter shows it."""

from datetime import date
from uuid import UUID, uuid4

from courses.models import (
    Course,
    Edition,
    EditionReasoning,
    Paper,
    ReasoningTask,
)
from courses.reasoning import actions
from tests.factories import NOON, EnrolmentFactory

KEYS = ("facts", "norm", "doubt", "result")
TEXT = "Consideré los hechos y la norma, y lo digo así. " * 20
LEVELS = dict.fromkeys(KEYS, 1)


def task_document(*, mark: str = "") -> dict:
    """Return a task with four lines in both languages."""

    def both(text: str) -> dict[str, str]:
        return {"es": f"{text} {mark}".strip(), "en": f"{text} (en) {mark}".strip()}

    return {
        "titles": both("El consentimiento"),
        "briefs": both("Escriba por qué.\n\nTres hechos."),
        "lines": [
            {
                "key": key,
                "names": both(f"Línea {key}"),
                "good": both(f"{key} bien"),
                "sufficient": both(f"{key} suficiente"),
                "missing": both(f"{key} falta"),
            }
            for key in KEYS
        ],
    }


def an_edition(*, code: str = "C9", run: str = "2026-1") -> Edition:
    """Return an edition that lists nothing."""
    course, _made = Course.objects.get_or_create(code=code, defaults={"id": uuid4()})
    return Edition.objects.create(
        course=course,
        kind=Edition.Kind.NEW_RUN,
        run=run,
        titles={"es": "Curso", "en": "Course"},
        pass_mark=80,
        attempts_allowed=3,
        wait_days=7,
        validity_months=24,
        issuer={"es": "Programa"},
        norms_on=date(2026, 1, 1),
        minutes={},
        opened_at=NOON,
    )


def a_task(course: UUID) -> ReasoningTask:
    return ReasoningTask.objects.create(course_id=course, document=task_document())


def asking(edition: Edition, *, counts: bool = False) -> EditionReasoning:
    """Let the edition ask for a page of reasons."""
    document = task_document()
    ReasoningTask.objects.get_or_create(
        course=edition.course, defaults={"document": document}
    )
    return EditionReasoning.objects.create(
        edition=edition, document=document, counts=counts, seed="seed"
    )


def a_paper(person, asked: EditionReasoning, *, twice: bool = False, at=NOON) -> Paper:
    """Return a page that the person handed in, drawn for two readers or not."""
    enrolment = EnrolmentFactory(learner=person, edition=asked.edition)
    paper = actions.hand_in(enrolment, text=TEXT, language="es", at=at)
    Paper.objects.filter(pk=paper.pk).update(drawn_twice=twice, wanted=1 + twice)
    paper.refresh_from_db()
    return paper


def a_page_of(enrolment) -> Paper:
    """Return what an enrolment handed in; its edition asks for it from now on."""
    asking(enrolment.edition)
    return actions.hand_in(enrolment, text=TEXT, language="es", at=NOON)


def read(paper: Paper, by, *, comment: str = "Va bien.", **levels: int):
    """Mark the page: sufficient on each line but for these."""
    return actions.mark(paper, levels=LEVELS | levels, comment=comment, by=by, at=NOON)
