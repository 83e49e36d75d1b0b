"""As whom does a visitor of the demo sign in, and what is there to see?

No password stands here: `bin/demo` says it, to whoever started it.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.demo.cast import DOMAIN


@dataclass(frozen=True, slots=True)
class Seat:
    """Some of the cast who do the same work, and what they come to."""

    role: Any
    keys: tuple[str, ...]
    sees: Any

    @property
    def addresses(self) -> list[str]:
        return [f"{key}@{DOMAIN}" for key in self.keys]


SEATS = [
    Seat(
        _("Learners: a judge, a prosecutor, a child protection officer"),
        ("ana", "bruno", "carla"),
        _("Their courses, what is next, and their certificates."),
    ),
    Seat(
        _("Trainers"),
        ("tomas", "rosa"),
        _("Their cohorts, who is silent, and the workshops with their attendance."),
    ),
    Seat(
        _("Ministry, a whole country"),
        ("pilar",),
        _("Who works where, the reports of a country, and who is shielded."),
    ),
    Seat(
        _("Ministry, one institution"),
        ("ines", "hugo"),
        _("The people of one institution, its reports and the posts it must cover."),
    ),
    Seat(
        _("Regional secretariat"),
        ("sofia",),
        _("Countries compared by figures alone, mandates, the calendar of trainings."),
    ),
    Seat(
        _("Editors, of whom one reviews what the other writes"),
        ("elena", "mateo"),
        _("The courses as they are written and translated."),
    ),
    Seat(
        _("Administrators"),
        ("admin", "olga"),
        _("Support for one account at a time; what is for two, both decide."),
    ),
]
