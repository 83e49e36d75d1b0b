"""Which questions does an address ask for, and how many are there beside them?"""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import QueryDict

from courses.itembank import rules
from courses.itembank.facts import Place, Places
from courses.itembank.rules import Entry
from courses.lines.rules import objective_key
from courses.matching import has_all, words_in
from lms.folding import folded_text

LONGEST = 100
LANGUAGES = [code for code, _name in settings.LANGUAGES]
# From the course down to the norm: what is chosen above opens what is below.
TREE = ("course", "module", "lesson", "objective", "norm")
FACETS: dict[str, Callable[[Entry], Collection[str]]] = {
    "course": lambda one: [one.course],
    "module": lambda one: [str(one.module)],
    "lesson": lambda one: [str(one.lesson or "")],
    "objective": lambda one: [objective_key(one.lesson, one.objective)],
    "tag": lambda one: one.tags,
    "norm": lambda one: rules.norms_in(one.document["source"].get(LANGUAGES[0], "")),
    "state": lambda one: [one.state],
    "kind": lambda one: [one.kind],
    "use": lambda one: one.uses,
    "level": lambda one: [one.level or "none"],
    "ease": lambda one: [rules.ease_of(one.facility)],
    "lacking": lambda one: rules.lacking(one.document, LANGUAGES),
}
SORTED: dict[str, tuple[Callable[[Entry], Any], bool]] = {
    "code": (lambda one: one.code, False),
    "-changed": (lambda one: one.changed_at, True),
    "hardest": (lambda one: 2 if one.facility is None else one.facility, False),
    "easiest": (lambda one: -1 if one.facility is None else one.facility, True),
}


@dataclass(frozen=True, slots=True)
class Branch:
    """A place in the tree: how many questions are in it, and what it holds if open."""

    title: str
    count: int
    is_chosen: bool
    query: str
    inside: list["Branch"]


@dataclass(frozen=True, slots=True)
class Found:
    """What an address asks for: words, values, an order; and what there is of it."""

    asked: str
    chosen: dict[str, str]
    sort: str
    entries: list[Entry]
    values: dict[UUID, rules.Values]  # of what has the words
    counts: dict[str, Counter[str]]
    total: int

    @property
    def is_narrowed(self) -> bool:
        return bool(self.asked or self.chosen)

    def query(self, **others: str) -> str:
        """Return the address of the same with something else chosen, or nothing."""
        said = {"q": self.asked, **self.chosen, "sort": self.sort} | others
        if said["sort"] == "code":
            said["sort"] = ""
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in said.items() if value})
        return f"?{query.urlencode()}"


def find(every: list[Entry], query: QueryDict) -> Found:
    """Return what fits; a value that no question has finds nothing."""
    asked = query.get("q", "").strip()[:LONGEST]
    chosen = {name: query[name] for name in FACETS if query.get(name)}
    sort = query.get("sort", "")
    sort = sort if sort in SORTED else "code"
    words = words_in(asked)
    within = {one.key: one for one in every if _has(one, words)}
    values = {
        key: {name: facet(one) for name, facet in FACETS.items()}
        for key, one in within.items()
    }
    order, backwards = SORTED[sort]
    fitting = [within[key] for key in rules.admitted(values, chosen)]
    return Found(
        asked=asked,
        chosen=chosen,
        sort=sort,
        entries=sorted(fitting, key=order, reverse=backwards),
        values=values,
        counts=rules.counts_of(values, chosen),
        total=len(every),
    )


def _has(entry: Entry, words: list[str]) -> bool:
    """Whether code, question and answers have all the words, in any language."""
    if not words:
        return True
    said = rules.asks_of(entry.document, LANGUAGES)
    return has_all(words, folded_text(f"{entry.code} {said}"))


def tree_of(found: Found, places: Places) -> list[Branch]:
    """Return the courses with what the other filters leave; the chosen one is open."""
    others = rules.without(found.chosen, TREE)
    left = rules.admitted(found.values, others)
    return _branches(found, [found.values[key] for key in left], places.courses)


def _branches(
    found: Found, values: list[rules.Values], places: dict[str, Place], depth: int = 0
) -> list[Branch]:
    """Return the branches of a heading; norms follow in lesson and objective."""
    facet, below = TREE[depth], TREE[depth + 1 :]
    counts = Counter(value for one in values for value in one[facet])
    if facet == "norm":
        places = {norm: Place(norm, norm) for norm, _count in counts.most_common()}
    branches = []
    for value, place in places.items():
        is_chosen = found.chosen.get(facet) == value
        inside = [one for one in values if value in one[facet]]
        is_open = is_chosen and below
        closed = dict.fromkeys(below, "")
        branches.append(
            Branch(
                title=place.title,
                count=counts[value],
                is_chosen=is_chosen,
                query=found.query(**{facet: value}, **closed),
                inside=_branches(found, inside, place.inside, depth + 1)
                if is_open
                else [],
            )
        )
    if facet == "objective":
        branches += _branches(found, values, {}, depth + 1)
    return branches
