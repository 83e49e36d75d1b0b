"""How a branching case runs, and how a walk through it counts.

A case is a document (courses/cases/document.py): steps in order, each with options that
lead to another step or to the end. Nothing here knows texts, queries or the clock.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

DIMENSIONS = ("safety", "legality", "dignity", "evidence", "coordination")
HIGHEST = 4  # of a dimension, at one step
# Percent of the best that a role can reach, as finals ask. Whoever draws by chance
# often misses the harm, but earns little.
PASS = 80
END = "end"
LONGEST_REASONS = 1000
Part = dict[str, Any]
Taken = Sequence[tuple[str, str]]  # step and option of each decision, in order


@dataclass(frozen=True, slots=True)
class Score:
    """Percent of the best that the role could reach, whole and by dimension."""

    total: int
    dimensions: dict[str, int]


def steps_of(document: Part) -> dict[str, Part]:
    """Return step → what it holds, the first of two with one number."""
    found: dict[str, Part] = {}
    for step in document["steps"]:
        found.setdefault(step["number"], step)
    return found


def options_for(step: Part, role: str) -> list[Part]:
    """Return what a role may decide at a step."""
    return [one for one in step["options"] if not one["roles"] or role in one["roles"]]


def option_of(step: Part, key: str) -> Part:
    """Return an option of a step by its key."""
    return next(one for one in step["options"] if one["key"] == key)


def next_of(step: Part, option: Part, role: str) -> str:
    """Return the step that follows, or the end."""
    return END if role in step["last_for"] else option["next"]


def next_step(document: Part, role: str, taken: Taken) -> str:
    """Return where a walk stands after these decisions: a step, or the end."""
    if not taken:
        return document["steps"][0]["number"]
    number, key = taken[-1]
    step = steps_of(document)[number]
    return next_of(step, option_of(step, key), role)


def is_critical(document: Part, taken: Taken) -> bool:
    """Whether one of the decisions does harm that nothing makes good."""
    steps = steps_of(document)
    return any(option_of(steps[number], key)["critical"] for number, key in taken)


def roles_open(offered: Sequence[str], *, track: str, completed: bool) -> list[str]:
    """Return the roles that somebody may take in a case.

    Who has a profession that the case knows decides as such, until the case is
    completed; from then on they may see it through other eyes.
    """
    if track in offered and not completed:
        return [track]
    return list(offered)


def refusals_to_start(
    *, is_withdrawn: bool, is_covered: bool, is_live: bool, role_is_open: bool
) -> list[str]:
    """Return why a run may not begin, as stable words."""
    reasons = []
    if is_withdrawn:
        reasons.append("enrolment-closed")
    if not is_covered:
        reasons.append("not-in-this-edition")
    if not is_live:
        reasons.append("case-not-available")
    elif not role_is_open:
        reasons.append("role-not-open")
    return reasons


def refusals_to_decide(
    document: Part, *, role: str, taken: Taken, step: str, option: str, reasons: str
) -> list[str]:
    """Return why a decision may not be kept, as stable words."""
    if step != next_step(document, role, taken):
        return ["not-this-step"]
    here = steps_of(document)[step]
    said = []
    if option not in {one["key"] for one in options_for(here, role)}:
        said.append("option-missing")
    if here["must_write"] and not reasons.strip():
        said.append("reasons-missing")
    if len(reasons) > LONGEST_REASONS:
        said.append("reasons-too-long")
    if "\0" in reasons:  # PostgreSQL has no text with it
        said.append("reasons-unreadable")
    return said


def score_of(document: Part, role: str, taken: Taken) -> Score:
    """Return how much of what the role could earn these decisions earned."""
    steps = steps_of(document)
    options = [option_of(steps[number], key) for number, key in taken]
    first = document["steps"][0]["number"]
    return Score(
        total=_percent(sum(map(_whole, options)), best(steps, first, role, DIMENSIONS)),
        dimensions={
            name: _percent(
                sum(one["scores"][name] for one in options),
                best(steps, first, role, (name,)),
            )
            for name in DIMENSIONS
        },
    )


def _whole(option: Part) -> int:
    return sum(option["scores"].values())


def _percent(earned: int, most: int) -> int:
    return (200 * earned + most) // (2 * most) if most else 100


def best(steps: Mapping[str, Part], first: str, role: str, names: Sequence[str]) -> int:
    """Return the most that can be earned of these dimensions in a whole walk."""

    @cache
    def most(number: str) -> int:
        if number == END:
            return 0
        step = steps[number]
        return max(
            sum(one["scores"][name] for name in names) + most(next_of(step, one, role))
            for one in options_for(step, role)
        )

    return most(first)


def best_without_harm(steps: Mapping[str, Part], first: str, role: str) -> int | None:
    """Return the most that a walk earns that does no lasting harm, None without one."""

    @cache
    def most(number: str) -> int | None:
        if number == END:
            return 0
        step = steps[number]
        earned = [
            _whole(one) + rest
            for one in options_for(step, role)
            if not one["critical"]
            and (rest := most(next_of(step, one, role))) is not None
        ]
        return max(earned, default=None)

    return most(first)


def can_be_passed(steps: Mapping[str, Part], first: str, role: str) -> bool:
    """Whether some walk of a role does no harm and earns what is asked."""
    earned = best_without_harm(steps, first, role)
    whole = best(steps, first, role, DIMENSIONS)
    return earned is not None and _percent(earned, whole) >= PASS


def longest(document: Part, role: str) -> int:
    """Return how many decisions the longest walk of a role has."""
    steps = steps_of(document)

    @cache
    def length(number: str) -> int:
        if number == END:
            return 0
        step = steps[number]
        ways = {next_of(step, one, role) for one in options_for(step, role)}
        return 1 + max(map(length, ways))

    return length(document["steps"][0]["number"])


def reached_by(steps: Mapping[str, Part], first: str, role: str) -> set[str]:
    """Return the steps to which some walk of a role comes."""
    reached, waiting = set(), [first]
    while waiting:
        number = waiting.pop()
        if number in reached or number == END:
            continue
        reached.add(number)
        step = steps[number]
        waiting += [next_of(step, one, role) for one in options_for(step, role)]
    return reached


def walks(document: Part, role: str) -> Iterator[list[tuple[str, str]]]:
    """Yield every way through a case that has no faults."""
    yield from _walks(steps_of(document), document["steps"][0]["number"], role, [])


def _walks(
    steps: Mapping[str, Part], number: str, role: str, taken: list[tuple[str, str]]
) -> Iterator[list[tuple[str, str]]]:
    if number == END:
        yield taken
        return
    step = steps[number]
    for one in options_for(step, role):
        rest = [*taken, (number, one["key"])]
        yield from _walks(steps, next_of(step, one, role), role, rest)
