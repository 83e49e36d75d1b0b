"""How do the rows that would be invited read on a screen?"""

from collections.abc import Iterable
from dataclasses import dataclass

from lms.people.choices import Country, Language, Track
from lms.people.models import Institution
from lms.team.roster.checking import New
from lms.team.roster.words import sentences

MOST_ERRORS = 200  # on a screen; the file has all of them
MOST_RUNS = 40


@dataclass(frozen=True, slots=True)
class Row:
    """One new row in words; what the list does not say is empty."""

    number: int
    address: str
    name: str
    institution: str
    work: str
    place: str
    superior: str
    warnings: list[str]


def rows(new: Iterable[New]) -> list[Row]:
    """Return these rows in words."""
    new = list(new)
    codes = {one.facts["institution"] for one in new if "institution" in one.facts}
    names = {one.code: str(one) for one in Institution.objects.filter(code__in=codes)}
    return [_row(one, names) for one in new]


def numbers(rows: Iterable[int]) -> str:
    """Return the numbers of rows in order, runs of them as such: "2–5, 9"."""
    runs: list[list[int]] = []
    for number in sorted(rows):
        if runs and number - runs[-1][-1] <= 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    told = ["–".join(map(str, dict.fromkeys(run))) for run in runs[:MOST_RUNS]]
    return ", ".join(told) + (", …" if len(runs) > MOST_RUNS else "")


def _row(one: New, names: dict[str, str]) -> Row:
    facts = one.facts
    known = names.get(facts.get("institution", ""))
    return Row(
        number=one.row,
        address=one.address,
        name=facts.get("name", ""),
        institution=known or facts.get("institution_typed", ""),
        work=_joined(_label(Track, facts.get("track")), facts.get("position")),
        place=_joined(
            _label(Country, facts.get("country")),
            _label(Language, facts.get("language")),
        ),
        superior=_joined(facts.get("superior_name"), facts.get("superior_address")),
        warnings=sentences(one.warnings),
    )


def _label(choices, value) -> str:
    return str(choices(value).label) if value else ""


def _joined(*texts: str | None) -> str:
    return ", ".join(text for text in texts if text)
