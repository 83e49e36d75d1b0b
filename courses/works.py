"""Which works the course cites, and whether each part of a source names one of them.

A source is parts with "; " between them. A part is a work by its name, perhaps with
where in it (", art. 3(a)"), after "Teaching material based on" when we only started
from it; or it says that the part is ours.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from re import compile as pattern

import yaml
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lms.folding import folded_text

KINDS = {
    "treaty": _("Treaties"),
    "convention": _("Instruments of the ILO"),
    "general-comment": _("General comments"),
    "judgment": _("Judgments and decisions"),
    "un-document": _("United Nations documents"),
    "guideline": _("Guidelines and manuals"),
    "report": _("Reports and studies"),
    "statute": _("National law"),
    "notice": _("Press and official notices"),
    "teaching": _("Teaching material"),
}
OWN = {
    "es": {"Elaboración docente", "Caso ficticio"},
    "en": {"Teaching material", "Fictitious case"},
}
BASED_ON = {
    "es": pattern(r"Elaboración docente a partir de(?:l| la| los| las)? "),
    "en": pattern(r"Teaching material based on (?:the )?"),
}
NUMBER = r"[(\d][\w().-]*|[IVX]+(?:-\d+)?|[AB]|Ter|Quáter|§§?"
# The words of "arts. 12 to 14", "cap. IV-11" or "2018 and 2019 editions".
PLACE = {
    "es": pattern(
        r"arts?\.|párrs?\.|principios?|directri(?:z|ces)|recomendaci(?:ón|ones)"
        rf"|cap\.|vol\.|parte|edici(?:ón|ones)|de|y|a|{NUMBER}"
    ),
    "en": pattern(
        r"arts?\.|ss?\.|paras?\.|Principles?|Guidelines?|recommendations?"
        rf"|ch\.|vol\.|part|editions?|and|to|{NUMBER}"
    ),
}
SHEET = {"es": "ficha de ", "en": "sheet on "}


@dataclass(frozen=True, slots=True)
class Work:
    """A work in one language; `where` says how to find it."""

    key: str
    kind: str
    name: str
    full: str
    issuer: str
    year: str
    where: str


@cache
def works(language: str) -> list[Work]:
    """Return every work by the alphabet of a language."""
    text = (settings.BASE_DIR / "fixtures" / "works.yaml").read_text(encoding="utf-8")
    found = [_work(row, language) for row in yaml.safe_load(text)]
    return sorted(found, key=lambda work: folded_text(work.name))


def _work(row: dict, language: str) -> Work:
    own = {part: row[part][language] for part in ("full", "issuer", "where")}
    year = str(row["year"] or "")
    return Work(row["key"], row["kind"], row[language], year=year, **own)


def unresolved(source: str, language: str) -> list[str]:
    """Return the parts of a source that name no work and are not ours."""
    return [part for part, key in _parts(source, language) if key is None]


def cited(source: str, language: str) -> list[str]:
    """Return the keys of the works that a source names, in its order."""
    return [key for _part, key in _parts(source, language) if key]


def _parts(source: str, language: str) -> Iterator[tuple[str, str | None]]:
    """Yield each part with the key of its work; with none when it is ours."""
    for part in source.split("; "):
        said = part[:1].upper() + part[1:]  # small letters after a semicolon
        if said in OWN[language]:
            yield part, ""
        else:
            name = BASED_ON[language].sub("", said, count=1)
            yield part, _key_of(name, language)


def _key_of(name: str, language: str) -> str | None:
    for work in works(language):
        if name == work.name:
            return work.key
        place = name.removeprefix(f"{work.name}, ")
        if place != name and _is_place(place, language):
            return work.key
    return None


def _is_place(text: str, language: str) -> bool:
    """Say whether a text tells where in a work, and nothing else."""
    return text.startswith(SHEET[language]) or all(
        PLACE[language].fullmatch(word) for word in text.replace(",", "").split(" ")
    )
