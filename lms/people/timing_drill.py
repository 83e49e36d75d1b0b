"""Does an answer take longer when there is an account behind the typed address?

Known and unknown addresses take turns at each form, with the hashing of passwords that
the site really uses; the figure is how often a known one is slower than an unknown one.
Before that, a crowd sends the forms empty: answers that take equally long must not come
about by making threads wait.
"""

import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable

from django.test import Client
from django.utils import timezone

from lms.drills import Finding
from lms.people.crowd_drill import beside_a_crowd
from lms.people.limits_drill import PASSWORD, TOKEN, people, post, serving
from lms.people.models import Mandate, User
from lms.scratch import CrewedSite, Failed

MOST = 0.55  # 0.5 is a coin
WARM = 4  # pairs before: every thread of the site has seen the form
FIELDS: dict[str, Callable[[str], dict[str, str]]] = {
    "login": lambda email: {"login": email, "password": "not-the-password"},
    "password/reset": lambda email: {"email": email},
    "signup": lambda email: {
        "email": email,
        "legal_name": "Néstor Pérez",
        "password1": "cuatro palabras sueltas",
        "institution": "other-GT",
        "institution_typed": "Juzgado Primero",
        "track": "judge",
        "language": "es",
        "consent": "on",
    },
}

INVITATION = "mandates/grant/secretariat"


def offer_to(email: str) -> dict[str, str]:
    """Return what an administrator fills in to offer a mandate."""
    today = timezone.localdate().isoformat()
    return {"address": email, "from_on": today, "until_on": today, "reason": "Drill"}


def drill(site: CrewedSite, rounds: int) -> list[Finding]:
    """Try every form with so many known and so many unknown addresses."""
    known = people(rounds, "known")
    found = []
    invites = site.once(administrator)
    with serving(site) as address:
        found += beside_a_crowd(address, rounds, session=invites)
        for form in [*FIELDS, INVITATION]:
            session = invites if form == INVITATION else ""
            slower = slower_when_known(address, form, known, session)
            told_apart = max(slower, 1 - slower) > MOST
            found += [
                Finding(f"{form}: known slower than unknown", round(slower, 3)),
                Finding(f"{form}: told apart by its time", told_apart, False),
            ]
    offers = Mandate.objects.filter(accepted_at=None).count()
    return [*found, Finding("invitations", offers, 2 * (rounds + WARM))]


def administrator() -> str:
    """Make one in a process of the site; return the key of a session of theirs."""
    browser = Client()
    browser.force_login(
        User.objects.create_superuser(
            "invites@example.org", PASSWORD, legal_name="Alma Castillo", country="PA"
        )
    )
    return browser.session.session_key


def slower_when_known(address: str, form: str, known: list[str], session: str) -> float:
    """Return the chance that a known address takes longer than an unknown one."""
    for index in range(2 * WARM):
        seconds_of(address, form, f"warm{form[:5]}{index}@example.org", index, session)
    times: dict[bool, list[float]] = {True: [], False: []}
    for index, email in enumerate(known):
        turns = [(True, email), (False, email.replace("known", "nobody"))]
        for is_known, typed in turns if index % 2 else reversed(turns):
            took = seconds_of(address, form, typed, index, session)
            times[is_known].append(took)
    return chance_of_more(times[True], times[False])


def seconds_of(address: str, form: str, email: str, index: int, session: str) -> float:
    """Post the form, each pair from a place of its own; return how long it took."""
    place = f"127.{len(form)}.{index // 250}.{index % 250 + 1}"
    is_ours = form == INVITATION
    path = f"/es/{form}/" if is_ours else f"/es/account/{form}/"
    fields = offer_to(email) if is_ours else FIELDS[form](email)
    cookies = f"csrftoken={TOKEN}; sessionid={session}"
    began = time.perf_counter()
    status, _page = post(address, path, fields, come_from=place, Cookie=cookies)
    took = time.perf_counter() - began
    if status not in {302, 422}:
        raise Failed(form, status)
    return took


def chance_of_more(ours: list[float], theirs: list[float]) -> float:
    """Return the chance that one of ours is more than one of theirs (Mann-Whitney)."""
    order = sorted(theirs)
    wins = sum((bisect_left(order, x) + bisect_right(order, x)) / 2 for x in ours)
    return wins / (len(ours) * len(theirs))
