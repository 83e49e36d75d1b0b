"""What is there to say of a cohort when it is archived? It names nobody.

Each floor tells what it knows: it registers, in `AppConfig.ready` and by name, a
function of the cohort and the moment that returns `Line`s in the language that is
active then. They are stored with the cohort and never drawn again.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from lms.people.choices import Language
from lms.people.models import (
    Affiliation,
    Cohort,
    CohortMember,
    CohortTrainer,
    Invitation,
    JoinCode,
)
from lms.people.zones import day_of


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it belongs under, what it says, and how much."""

    under: str
    what: str
    value: str | int


Lines = Callable[[Cohort, datetime], list[Line]]

REGISTER: list[str] = []


def register(path: str) -> None:
    """Add the function at `path`: `lines(cohort, at) -> list[Line]`."""
    if path not in REGISTER:
        REGISTER.append(path)


def record_of(cohort: Cohort, *, at: datetime) -> dict[str, list]:
    """Return what every floor says of the cohort, the ground floor's first.

    By language, each line as a list: it is stored as JSON.
    """
    record = {}
    for language in Language.values:
        with override(language):
            # Apps are ready from the top floor down.
            record[language] = [
                list(astuple(line))
                for path in reversed(REGISTER)
                for line in import_string(path)(cohort, at)
            ]
    return record


def lines(cohort: Cohort, at: datetime) -> list[Line]:
    """Return what the ground floor knows: who was there, by number, and how they came.

    Shielded people are not among them: beside the list that a trainer knew, a figure
    would say that they exist.
    """
    rows = _last_rows(cohort)
    return [
        *_facts(cohort, at, people=len(rows)),
        *_counted(_("Institution and profession"), _places(cohort, rows, at)),
        *_counted(_("How people came"), _ways(cohort, rows)),
        *_counted(_("How memberships ended"), _ends(rows)),
    ]


def _last_rows(cohort: Cohort) -> list[CohortMember]:
    """Return the last membership of everybody who was a member, but of the shielded."""
    rows = CohortMember.objects.filter(cohort=cohort, person__shielded=False)
    return list({row.person_id: row for row in rows.order_by("from_on", "pk")}.values())


def _facts(cohort: Cohort, at: datetime, *, people: int) -> Iterator[Line]:
    trainings = CohortTrainer.objects.filter(cohort=cohort, trainer__shielded=False)
    trainers = trainings.values("trainer").distinct().count()
    under = _("The cohort")
    days = {
        _("First day"): cohort.from_on,
        _("Last day"): cohort.until_on,
        _("Archived on"): day_of(at, zone=cohort.zone),
    }
    yield Line(under, _("Name"), cohort.name)
    yield Line(under, _("Country"), cohort.get_country_display())
    for what, day in days.items():
        yield Line(under, what, date_format(day, "DATE_FORMAT"))
    yield Line(under, _("People who trained it"), trainers)
    yield Line(under, _("People who learned in it"), people)


def _counted(under: str, words: Iterable[str]) -> list[Line]:
    counted = Counter(words)
    return [Line(under, what, counted[what]) for what in sorted(counted)]


def _places(cohort: Cohort, rows: list[CohortMember], at: datetime) -> Iterator[str]:
    """Yield where each worked on the last day of their membership."""
    posts = Affiliation.objects.filter(person__member_rows__cohort=cohort)
    of: dict[int, list[Affiliation]] = {}
    for post in (
        posts.distinct().select_related("institution").order_by("from_on", "pk")
    ):
        of.setdefault(post.person_id, []).append(post)
    for row in rows:
        last = min(row.until_on or timezone.localdate(at), timezone.localdate(at))
        known = [post for post in of.get(row.person_id, []) if post.from_on <= last]
        yield _place(known[-1]) if known else _("not known")


def _place(post: Affiliation) -> str:
    where = str(post.institution) if post.institution else _("not in the list")
    return f"{where}, {post.get_track_display()}"


def _ways(cohort: Cohort, rows: list[CohortMember]) -> Iterator[str]:
    accepted = Invitation.objects.filter(
        cohort=cohort, role=Invitation.Role.MEMBER, redeemed_at__isnull=False
    )
    facts = dict(accepted.order_by("redeemed_at").values_list("redeemed_by", "facts"))
    codes = JoinCode.objects.filter(cohort=cohort).exists()
    for row in rows:
        yield _way(row, facts.get(row.person_id), codes=codes)


def _way(row: CohortMember, facts: dict | None, *, codes: bool) -> str:
    if row.rule_id:
        return _("by a rule")
    if facts is None:
        return _("by a code in a room") if codes else _("entered by somebody")
    listed = facts.keys() - {"language", "rule"}
    return _("from a list") if listed else _("by an invitation")


def _ends(rows: list[CohortMember]) -> Iterator[str]:
    for row in rows:
        yield str(row.get_ended_display()) if row.ended else _("stayed until the end")


def lines_in(cohort: Cohort, language: str) -> list[list]:
    """Return the lines of the stored record in that language."""
    return cohort.record.get(language, [])
