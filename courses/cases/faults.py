"""What keeps a case from being published: where it cannot be walked, or be read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from courses.cases.rules import (
    DIMENSIONS,
    END,
    HIGHEST,
    Part,
    best,
    can_be_passed,
    next_of,
    options_for,
    reached_by,
    steps_of,
)

STEP_TEXTS = ("heading", "facts", "instead")
OPTION_TEXTS = ("text", "consequence", "harm", "norm")
LAW_TEXTS = ("heading", "standard", "differs", "source")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a case cannot be published: a stable word, and where it is so."""

    word: str
    step: str = ""
    detail: str = ""


def faults(document: Part) -> list[Fault]:
    """Return everything that keeps a case from being published, at once."""
    if not document["steps"]:
        return [Fault("no-steps")]
    walked = _ending(document)
    of_roles = _faults_of_roles(walked)
    lost = {fault.detail for fault in of_roles if fault.word in ("dead-end", "cycle")}
    return [
        *_faults_of_steps(document),
        *_faults_of_links(document),
        *of_roles,
        *_faults_of_scores(
            walked, [one for one in document["roles"] if one not in lost]
        ),
        *untranslated(document),
    ]


def _ending(document: Part) -> Part:
    """Return the case as if what leads nowhere ended it, so that it can be walked."""
    known = steps_of(document).keys()
    return document | {
        "steps": [
            step
            | {
                "options": [
                    one | {"next": one["next"] if one["next"] in known else END}
                    for one in step["options"]
                ]
            }
            for step in document["steps"]
        ]
    }


def _faults_of_steps(document: Part) -> Iterator[Fault]:
    seen = set()
    for step in document["steps"]:
        if step["number"] in seen:
            yield Fault("number-twice", step["number"])
        seen.add(step["number"])
        if len({one["key"] for one in step["options"]}) < len(step["options"]):
            yield Fault("id-twice", step["number"])
        for place, one in enumerate(step["options"], start=1):
            yield from _faults_of_option(step["number"], str(place), one)


def _faults_of_option(step: str, place: str, option: Part) -> Iterator[Fault]:
    if any(not 0 <= score <= HIGHEST for score in option["scores"].values()):
        yield Fault("score-out-of-range", step, place)
    if option["critical"] and not (option["harm"] and option["norm"]):
        yield Fault("harm-or-norm-missing", step, place)


def _faults_of_links(document: Part) -> Iterator[Fault]:
    known = steps_of(document).keys() | {END}
    for step in document["steps"]:
        for place, one in enumerate(step["options"], start=1):
            if one["next"] not in known:
                yield Fault("leads-nowhere", step["number"], str(place))


def _faults_of_roles(document: Part) -> list[Fault]:
    """Return cycles, dead ends for a role, and steps that no role comes to."""
    steps, first = steps_of(document), document["steps"][0]["number"]
    met: set[str] = set()
    found = []
    for role in document["roles"]:
        ways = reached_by(steps, first, role)
        met |= ways
        found += [
            Fault("dead-end", number, role)
            for number in sorted(ways, key=list(steps).index)
            if len(options_for(steps[number], role)) < 2
        ]
        if loop := _loop(steps, first, role):
            found.append(Fault("cycle", loop, role))
    found += [Fault("unreachable", number) for number in steps if number not in met]
    return found


def _loop(steps: Mapping[str, Part], first: str, role: str) -> str:
    """Return a step that a walk comes back to, or nothing."""
    passed: set[str] = set()
    left: set[str] = {END}

    def visit(number: str) -> str:
        if number in left:
            return ""
        if number in passed:
            return number
        passed.add(number)
        step = steps[number]
        ways = (next_of(step, one, role) for one in options_for(step, role))
        found = next(filter(None, map(visit, ways)), "")
        left.add(number)
        return found

    return visit(first)


def _faults_of_scores(document: Part, roles: Iterable[str]) -> list[Fault]:
    steps, first = steps_of(document), document["steps"][0]["number"]
    found = []
    for role in roles:
        if not can_be_passed(steps, first, role):
            found.append(Fault("no-clean-way", detail=role))
        found += [
            Fault("never-earned", step=name, detail=role)
            for name in DIMENSIONS
            if not best(steps, first, role, (name,))
        ]
    return found


def untranslated(document: Part) -> list[Fault]:
    """Return where one of the languages in which the case is live lacks a text."""
    languages = set(document["titles"])
    missing = {
        (number, language): None
        for number, texts in _texts(document)
        if texts
        for language in sorted(languages - set(texts))
    }
    return [Fault("untranslated", number, language) for number, language in missing]


def _texts(document: Part) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the step (none for what follows the last) and the languages of a text."""
    for step in document["steps"]:
        for part, names in (
            (step, STEP_TEXTS),
            *((one, OPTION_TEXTS) for one in step["options"]),
            *((one, one.keys()) for one in step["papers"]),
        ):
            yield from ((step["number"], part[name]) for name in names)
    for point in document["debrief"]:
        yield from (("", texts) for texts in point.values())
    for law in document["laws"]:
        yield from (("", law[name]) for name in LAW_TEXTS)
