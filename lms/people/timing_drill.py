"""Does an answer take longer when there is an account behind the typed address?

Known and unknown addresses take turns at each form, with the hashing of passwords that
the site really uses; the figure is how often a known one is slower than an unknown one.
"""

import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable

from lms.drills import Finding
from lms.people.limits_drill import people, post, serving
from lms.scratch import CrewedSite, Failed

MOST = 0.55  # 0.5 is a coin
FIELDS: dict[str, Callable[[str], dict[str, str]]] = {
    "login": lambda email: {"login": email, "password": "not-the-password"},
    "password/reset": lambda email: {"email": email},
    "signup": lambda email: {
        "email": email,
        "legal_name": "Néstor Pérez",
        "password1": "cuatro palabras sueltas",
        "language": "es",
        "consent": "on",
    },
}


def drill(site: CrewedSite, rounds: int) -> list[Finding]:
    """Try every form with so many known and so many unknown addresses."""
    known = people(rounds, "known")
    found = []
    with serving(site) as address:
        for form in FIELDS:
            slower = slower_when_known(address, form, known)
            told_apart = max(slower, 1 - slower) > MOST
            found += [
                Finding(f"{form}: known slower than unknown", round(slower, 3)),
                Finding(f"{form}: told apart by its time", told_apart, False),
            ]
    return found


def slower_when_known(address: str, form: str, known: list[str]) -> float:
    """Return the chance that a known address takes longer than an unknown one."""
    for index in range(8):  # every thread of the site has seen the form
        seconds_of(address, form, f"warm{form[:5]}{index}@example.org", index)
    times: dict[bool, list[float]] = {True: [], False: []}
    for index, email in enumerate(known):
        turns = [(True, email), (False, email.replace("known", "nobody"))]
        for is_known, typed in turns if index % 2 else reversed(turns):
            took = seconds_of(address, form, typed, index)
            times[is_known].append(took)
    return chance_of_more(times[True], times[False])


def seconds_of(address: str, form: str, email: str, index: int) -> float:
    """Post the form, each pair from a place of its own; return how long it took."""
    place = f"127.{len(form)}.{index // 250}.{index % 250 + 1}"
    began = time.perf_counter()
    status, _page = post(
        address, f"/es/account/{form}/", FIELDS[form](email), come_from=place
    )
    took = time.perf_counter() - began
    if status not in {302, 422}:
        raise Failed(form, status)
    return took


def chance_of_more(ours: list[float], theirs: list[float]) -> float:
    """Return the chance that one of ours is more than one of theirs (Mann-Whitney)."""
    order = sorted(theirs)
    wins = sum((bisect_left(order, x) + bisect_right(order, x)) / 2 for x in ours)
    return wins / (len(ours) * len(theirs))
