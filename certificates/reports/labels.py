"""What are the groups of a report called in the reader's language?"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from certificates.lines.cohorts import names_of
from certificates.reports import words
from certificates.reports.figures import Figures, Group
from certificates.reports.filters import Asked
from courses.models import Edition
from lms.people.choices import Country, Language, Track
from lms.people.models import Institution


@dataclass(frozen=True, slots=True)
class Labelled:
    """A group in words, and what an address asks to see its lines alone."""

    labels: list[str]
    query: dict[str, str]
    figures: Figures
    other: Figures | None


def labelled(groups: Sequence[Group], asked: Asked) -> list[Labelled]:
    """Return the groups with their labels; a query for each kind of group."""
    columns = [word for word in (asked.group, asked.then) if word]
    parents = _parents(groups, columns)
    names = [
        NAMES[word]({group.keys[place] for group in groups})
        for place, word in enumerate(columns)
    ]
    return [
        Labelled(
            labels=[
                str(of.get(key) or _("none"))
                for of, key in zip(names, group.keys, strict=True)
            ],
            query={}
            if parents & set(group.keys)
            else _narrowed(asked, columns, group.keys),
            figures=group.figures,
            other=group.other,
        )
        for group in groups
    ]


def _parents(groups: Sequence[Group], columns: Sequence[str]) -> set[int]:
    """Return which institutions have others below them.

    A group counts one alone, the filter takes those below along: no link leads there.
    """
    if "institution" not in columns:
        return set()
    place = list(columns).index("institution")
    keys = {group.keys[place] for group in groups}
    rows = Institution.objects.filter(parent__in=keys)
    return set(rows.values_list("parent", flat=True))


def _narrowed(
    asked: Asked, columns: Sequence[str], keys: Sequence[Any]
) -> dict[str, str]:
    """Return the words of an address that shows this group; none where none can."""
    found = asked.as_query()
    for word, key in zip(columns, keys, strict=True):
        if word in ("cohort", "language") or key in (None, ""):
            return {}
        found[word] = str(key)
    return found | {"group": "course" if asked.group != "course" else "track"}


def _institutions(keys: Iterable[Any]) -> Mapping[Any, Any]:
    return Institution.objects.in_bulk([key for key in keys if key])


def _cohorts(keys: Iterable[Any]) -> Mapping[Any, Any]:
    return names_of(key for key in keys if key)


def _courses(keys: Iterable[Any]) -> Mapping[Any, Any]:
    rows = Edition.objects.filter(course__code__in=keys).select_related("course")
    language = get_language()
    return {
        one.course.code: one.title(language) for one in rows.order_by("opened_at", "pk")
    }


def _editions(keys: Iterable[Any]) -> Mapping[Any, Any]:
    rows = Edition.objects.in_bulk([key for key in keys if key])
    language = get_language()
    return {
        key: f"{edition.title(language)} · {edition.label}"
        for key, edition in rows.items()
    }


def _fixed(choices: Mapping[Any, Any]) -> Callable[[Iterable[Any]], Mapping[Any, Any]]:
    return lambda _keys: choices


NAMES: dict[str, Callable[[Iterable[Any]], Mapping[Any, Any]]] = {
    "country": _fixed(dict(Country.choices)),
    "institution": _institutions,
    "track": _fixed(dict(Track.choices)),
    "cohort": _cohorts,
    "course": _courses,
    "edition": _editions,
    "language": _fixed(dict(Language.choices)),
    "state": _fixed(words.STATES),
    "standing": _fixed(words.STANDINGS),
}
