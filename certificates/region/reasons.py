"""Which pages of reasons wait in the demo, and which were read? Tomás's Monday again.

Five wait for him, and chance gave one of them to a second trainer. Others were read by
both, one fewer than an agreement is shown of: the next one shows it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle
from random import Random
from uuid import UUID

from courses.models import Edition, EditionReasoning, Enrolment, Paper, ReasoningTask
from courses.reasoning import actions, rules
from courses.reasoning.facts import keys_of
from lms.crockford import fresh
from lms.demo import cast
from lms.people.models import Cohort, User

COHORT = "Puestos fronterizos y delegaciones 2026-2"
TWICE = [False, True, False, False, False]  # of those that wait: read by two, or one
READ_BY_TWO = rules.LEAST_PAPERS - 1
SINCE = timedelta(days=4)
COMMENT = "Distingue bien lo dicho de lo inferido. Diga qué dato resolvería la duda."
BEGINNINGS = [
    "Doy por ciertos el contrato, la deuda y los descuentos, que constan en papeles; "
    "que el pasaporte esté guardado lo dice Nora y nadie lo niega.",
    "Nora dice que quiso venir, y le creo. La pregunta es otra: a qué dijo que sí y "
    "con qué medios se la mantiene en el trabajo.",
    "El colega tiene razón en un punto, porque nadie la encerró. Se equivoca en el "
    "que decide, que es el valor de aceptar un viaje.",
]
REST = (
    "Hubo acogida y traslado. En los medios, la deuda que crece, el documento "
    "retenido y el salario que no llega se refuerzan entre sí: sin dinero y sin "
    "pasaporte, poder salir a la calle no es poder irse. El Protocolo de Palermo, "
    "artículo 3, no tiene en cuenta el consentimiento cuando se usó un medio, y "
    "aceptar un empleo no es aceptar catorce horas al día por el salario de dos "
    "semanas. Queda una duda: si se trata de una infracción laboral grave. La "
    "resolvería saber quién fijó la deuda, si aumenta y qué pasó con quienes "
    "quisieron irse antes. Lo preguntaría después de que Nora descanse, con "
    "intérprete si lo pide y sin prometer nada. Propongo no cerrar el asunto, "
    "ofrecerle asistencia desde hoy, declare o no, y pedir los registros de pago."
)


def write_reasons(edition: Edition, *, at: datetime, dice: Random) -> int:
    """Let the edition ask for its course's page; return how many were handed in.

    None where nobody has written a task.
    """
    task = ReasoningTask.objects.filter(course=edition.course_id).first()
    if task is None:
        return 0
    asked = EditionReasoning.objects.create(
        edition=edition,
        document=task.document,
        counts=False,
        seed=f"{dice.getrandbits(64):016x}",
    )
    twice = [*TWICE, *[True] * READ_BY_TWO]
    papers = list(_handed_in(asked, twice, at=at - SINCE, dice=dice))
    for place, paper in enumerate(papers[len(TWICE) :]):
        _read(paper, place, at=at)
    return len(papers)


def _handed_in(
    asked: EditionReasoning, twice: list[bool], *, at: datetime, dice: Random
) -> Iterator[Paper]:
    """Yield a page of each of so many people; chance decides as it is wanted here."""
    people = Cohort.objects.get(name=COHORT).members.filter(shielded=False)
    enrolments = Enrolment.objects.filter(
        edition=asked.edition, learner__in=people, enrolled_at__lt=at
    )
    texts = cycle(f"{beginning}\n\n{REST}" for beginning in BEGINNINGS)
    rows = enrolments.order_by("learner__email")[: len(twice)]
    for enrolment, is_twice, text in zip(rows, twice, texts, strict=False):
        Paper.objects.create(
            pk=_key(asked.seed, is_twice, dice),
            enrolment=enrolment,
            asked=asked,
            number=fresh(actions.SIGNS, dice.choice),
            language="es",
            saved_at=at,
        )
        yield actions.hand_in(enrolment, text=text, language="es", at=at)


def _key(seed: str, is_twice: bool, dice: Random) -> UUID:
    """Draw keys of pages until one is read by as many as it should be."""
    while True:
        key = UUID(int=dice.getrandbits(128), version=4)
        if rules.is_read_twice(seed, str(key)) is is_twice:
            return key


def _read(paper: Paper, place: int, *, at: datetime) -> None:
    """Let both trainers mark it; they differ on one line at the most."""
    keys = keys_of(paper.asked.document)
    levels = {key: 1 + (place + line) % 2 for line, key in enumerate(keys)}
    other = levels | ({keys[place % len(keys)]: 2} if place else {})
    for who, marked in (("tomas", levels), ("rosa", other)):
        actions.mark(
            paper,
            levels=marked,
            comment=COMMENT,
            by=User.objects.get(email=f"{who}@{cast.DOMAIN}"),
            at=at,
        )
