"""What happened in rooms of the demo's region: workshops, and practice observed.

Written by the actions that a trainer's screens call, with the hours that follow.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from courses.inperson.actions.attendance import mark
from courses.inperson.actions.places import take_place
from courses.inperson.actions.practice import sign_observation
from courses.inperson.actions.workshops import Plan, plan_workshop
from courses.inperson.checklists import OF_OPIS, checklist
from courses.models import Attendance, Observation, Workshop
from lms.mail.rules import WORKING_DAYS
from lms.people.choices import InstitutionKind, Language, Track
from lms.people.models import Cohort, Institution, User

INTERVIEW = {
    "es": "Entrevista inicial con niñas, niños y adolescentes",
    "en": "First interview with a child",
}
SIGNS = {
    "es": "Indicadores de trata en el primer contacto",
    "en": "Signs of trafficking at first contact",
}
REFERRAL = {
    "es": "Remisión a la autoridad de protección",
    "en": "Referral to the child protection authority",
}
HEARING = {
    "es": "La audiencia con niñas, niños y adolescentes",
    "en": "Hearing a child in court",
}
PLACES = {"es": "Escuela de capacitación, salón 2", "en": "Training school, room 2"}
MATERIALS = {"es": "Guía impresa de la entrevista", "en": "Printed interview guide"}
COMMENTS = {
    "es": "Con calma y con palabras sencillas.",
    "en": "Calmly, and in plain words.",
}
# The items of the checklist that take more than one interview to learn.
HARD = {"elements", "reasons"}

LASTS = timedelta(hours=4)
BEGINS = 9  # o'clock, where the cohort is
EARLIEST, LATEST = 8, 14  # of the one that is held today
AHEAD = timedelta(days=14)  # when a workshop is announced
WERE_THERE = 0.85  # of those who are marked


@dataclass(frozen=True, slots=True)
class Session:
    """A workshop by its day from today, and what was written down of it.

    `within` so many days after that one, drawn by chance, and on a working day unless
    it is today. `marked` is the share of members whose attendance was entered;
    `observed` is of how many child protection officers the practice was signed.
    """

    title: dict[str, str]
    on: int
    within: int = 0
    marked: float = 0
    observed: int = 0
    is_public: bool = False


def hold_sessions(
    sessions: Iterable[Session],
    *,
    cohort: Cohort,
    trainer: User,
    people: Sequence[User],
    at: datetime,
    dice: Random,
) -> None:
    """Plan these workshops; hold those that are over, as far as they were noted."""
    for session in sessions:
        day = session.on + dice.randint(0, session.within)
        workshop = _planned(session, cohort, trainer, people, day=day, at=at)
        told_at = min(at, workshop.made_at + timedelta(days=1))
        for person in people[: workshop.capacity - 1]:
            take_place(workshop, person=person, at=told_at)
        _mark(workshop, people[: round(session.marked * len(people))], dice=dice)
        officers = [one for one in people if one.track == Track.OPI]
        for number, officer in enumerate(officers[: session.observed]):
            _observe(workshop, officer, learns=bool(number), dice=dice)


def _planned(
    session: Session,
    cohort: Cohort,
    trainer: User,
    people: Sequence[User],
    *,
    day: int,
    at: datetime,
) -> Workshop:
    starts_at, language = _begins(day, cohort, at=at), Language(trainer.language)
    return plan_workshop(
        cohort,
        plan=Plan(
            title=session.title[language],
            place=PLACES[language],
            starts_at=starts_at,
            ends_at=starts_at + LASTS,
            minutes=LASTS // timedelta(minutes=1),
            capacity=max(12, len(people) - 5),
            language=language,
            materials=MATERIALS[language],
            is_public=session.is_public,
            organiser=_organiser(cohort) if session.is_public else None,
        ),
        by=trainer,
        at=_made_at(starts_at, cohort, at=at),
    )


def _made_at(starts_at: datetime, cohort: Cohort, *, at: datetime) -> datetime:
    """Return when it was announced: some weeks ahead, once the cohort had begun."""
    ahead = min(at, starts_at - AHEAD)
    return ahead if ahead.astimezone(cohort.zone).date() > cohort.from_on else at


def _begins(day: int, cohort: Cohort, *, at: datetime) -> datetime:
    """Return when it begins there, so many days from today.

    Today's has just begun, if these are office hours: whoever tries the demo finds it
    open, the code of the room counts, and people can be marked.
    """
    now = at.astimezone(cohort.zone)
    if not day:
        hour = min(max(now.hour, EARLIEST), LATEST)
        return now.replace(hour=hour, minute=0, second=0, microsecond=0)
    begins = now + timedelta(days=day)
    while begins.weekday() not in WORKING_DAYS:
        begins += timedelta(days=1)
    return begins.replace(hour=BEGINS, minute=0, second=0, microsecond=0)


def _organiser(cohort: Cohort) -> Institution:
    """Return the migration service of the country: each has one."""
    kind = InstitutionKind.MIGRATION
    here = Institution.objects.filter(country=cohort.country, kind=kind)
    return here.order_by("code")[0]


def _mark(workshop: Workshop, people: Iterable[User], *, dice: Random) -> None:
    """Mark these people; shielded ones stand on no list, they typed the room's code."""
    trainer = workshop.made_by
    for person in people:
        by_code = person.shielded
        mark(
            workshop,
            person=person,
            present=by_code or dice.random() < WERE_THERE,
            how=Attendance.How.CODE if by_code else Attendance.How.TYPED,
            by=person if by_code else trainer,
            at=workshop.ends_at,
        )


def _observe(workshop: Workshop, person: User, *, learns: bool, dice: Random) -> None:
    """Sign what was observed of somebody that day; who `learns` has not got it all."""
    document, marks = checklist(OF_OPIS), Observation.Mark
    keys = [item["key"] for item in document["items"]]
    sign_observation(
        workshop.cohort,
        form=UUID(int=dice.getrandbits(128), version=4),
        person=person,
        checklist=document,
        marks={
            key: marks.NOT_YET if learns and key in HARD else marks.OBSERVED
            for key in keys
        },
        comments={keys[0]: COMMENTS[workshop.language]},
        on=workshop.starts.date(),
        by=workshop.made_by,
        at=workshop.ends_at,
    )
