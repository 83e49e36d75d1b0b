"""Which trainings stand in the demo's regional calendar? Invented ones, of the region.

Those of Tomás's and other trainers' cohorts are workshops: see `rooms`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from courses.inperson.actions.trainings import Announcement, announce
from lms.people.choices import Country, Language
from lms.people.models import User


@dataclass(frozen=True, slots=True)
class Said:
    """One announcement by its first day from today; it lasts so many days."""

    country: Country
    on: int
    days: int
    title_es: str
    title_en: str
    place: str
    organiser: str
    open_to: str
    language: Language = Language.SPANISH


SAID = [
    Said(
        Country.MEXICO,
        on=-20,
        days=2,
        title_es="Entrevista con niñas y niños en puestos fronterizos",
        title_en="Interviewing children at border posts",
        place="Tapachula",
        organiser="Sistema Nacional DIF",
        open_to="OPI y personal de procuradurías de protección",
    ),
    Said(
        Country.GUATEMALA,
        on=9,
        days=1,
        title_es="Anticipo de prueba en casos de trata",
        title_en="Evidence taken in advance in trafficking cases",
        place="Ciudad de Guatemala",
        organiser="Organismo Judicial",
        open_to="Judicaturas y fiscalías",
    ),
    Said(
        Country.HONDURAS,
        on=17,
        days=3,
        title_es="Evaluación del interés superior",
        title_en="Assessing the child’s best interests",
        place="Tegucigalpa",
        organiser="Secretaría de Niñez, Adolescencia y Familia",
        open_to="OPI de toda la región",
    ),
    Said(
        Country.BELIZE,
        on=24,
        days=2,
        title_es="Detección de la trata para inspecciones de trabajo",
        title_en="Detecting trafficking, for labour inspectors",
        place="Belmopan",
        organiser="Labour Department",
        open_to="Labour and immigration officers",
        language=Language.ENGLISH,
    ),
    Said(
        Country.COSTA_RICA,
        on=38,
        days=2,
        title_es="Encuentro regional de personas formadoras",
        title_en="Regional meeting of trainers",
        place="San José",
        organiser="Dirección General de Migración y Extranjería",
        open_to="Personas formadoras de los once países",
    ),
    Said(
        Country.PANAMA,
        on=52,
        days=1,
        title_es="Atención inmediata a víctimas en tránsito",
        title_en="Immediate assistance to victims in transit",
        place="Metetí, Darién",
        organiser="Comisión Nacional contra la Trata de Personas",
        open_to="Migración, salud y Defensoría",
    ),
]
SAID_BEFORE = timedelta(days=40)


def announce_trainings(*, by: User, at: datetime) -> None:
    """Put them into the calendar in the name of the secretariat, some weeks ago."""
    today = timezone.localdate(at)
    for one in SAID:
        from_on = today + timedelta(days=one.on)
        announce(
            Announcement(
                title_es=one.title_es,
                title_en=one.title_en,
                country=one.country,
                from_on=from_on,
                until_on=from_on + timedelta(days=one.days - 1),
                place=one.place,
                organiser=one.organiser,
                language=one.language,
                open_to=one.open_to,
            ),
            by=by,
            at=at - SAID_BEFORE,
        )
