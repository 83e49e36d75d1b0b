"""Does anybody come to see a person whom they must not see?

Ten visitors crawl a platform of two countries, then each asks for every address that
the others were led to; the mails that were sent are read as well.
"""

from collections.abc import Iterable
from contextlib import contextmanager
from itertools import chain
from random import Random
from re import sub
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.http import HttpRequest
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from certificates import canaries, canary_traces
from certificates.canary_crawl import Visit, crawl, trespass
from courses.models import Edition
from lms.drills import Finding
from lms.mail.box import letters
from lms.people.models import User
from lms.people.second_factor import SECOND_STEP
from lms.scratch import CrewedSite

STARTS = ["/es/", "/en/", "/admin/", "/es/my-learning/", "/en/account/my-data/"]
ACTORS = [
    "nobody",
    "ana",
    "bruno",
    "tomas",
    "rosa",
    "hector",
    "ines",
    "sofia",
    "elena",
    "alma",
]
ADDRESS = {"mail", "grant"}  # what whoever grants mandates sees of their holders
HOLDER = {"name", "last", "sort"}  # of holders, to administrators
ACCEPTED = {"name", "last"}  # of who accepted a mandate, to whoever grants such ones
OF_TRAINERS = {"cohort", "name", "last"}  # to those who learn in their cohort
# Whom each of them may see, besides themselves and who trains their own cohort.
MAY_SEE = {
    "tomas": {"ana", "court*"},
    "rosa": {"marta"},
    "hector": {"carla", "border*"},
    "ines": {"ana", "nora", "pedro", "court*"},
    "alma": {"bruno"},  # only while a visit is open
}
ADDRESSED = {*canaries.MANDATES, canaries.OFFERED, canaries.ASKED_FOR}
MAY_ADDRESS = {"sofia": ADDRESSED, "alma": ADDRESSED}
CROWD = 30  # more people in the court and at the border
PER_ACTOR = 700


def canaries_drill(site: CrewedSite, rounds: int) -> list[Finding]:
    """Crawl as each of the ten, `rounds` × 700 addresses each, and trespass."""
    site.run("collectstatic", "--no-input")
    site.once(settle)
    most = PER_ACTOR * rounds
    crawled = [
        o.answer for o in site.at_once(walk_there, [[who, most] for who in ACTORS])
    ]
    known = sorted(set(chain.from_iterable(told["asked"] for told in crawled)))
    strays = [[who, known, most] for who in ACTORS]
    trespassed = [outcome.answer for outcome in site.at_once(stray_there, strays)]
    told = crawled + trespassed
    mailed = site.once(mails)
    return [
        Finding("requests", sum(len(each["asked"]) for each in told)),
        Finding("foreign", list(chain.from_iterable(map(foreign, told))), []),
        Finding("foreign in mails", mailed, []),
        Finding("failed", list(chain.from_iterable(t["failed"] for t in told)), []),
        Finding("who saw nobody at all", blind(told), ["nobody"]),
    ]


def settle() -> None:
    """Make the people, in the first course that is open."""
    edition = Edition.objects.current().select_related("course").earliest("pk")
    canary_traces.settle(edition, more=CROWD, at=timezone.now())
    work_off()


def walk_there(who: str, most: int) -> dict[str, Any]:
    """Crawl as one of them, in a process of the site."""
    read_styles()
    return walk(who, most)


def stray_there(who: str, known: list[str], most: int) -> dict[str, Any]:
    """Stray as one of them, in a process of the site."""
    read_styles()
    return stray(who, known, most)


def read_styles() -> None:
    """Learn the names of the styles, collected after the site's processes began."""
    names, digest = staticfiles_storage.load_manifest()
    staticfiles_storage.hashed_files = names
    staticfiles_storage.manifest_hash = digest


def walk(who: str, most: int, alike: int = 60) -> dict[str, Any]:
    """Crawl as one of them."""
    with second_factor_asked_for():
        browser = entered(who)
        words = [*words_to_type(), *words_to_type(half=True)]
        found = crawl(browser, STARTS, words=words, most=most, alike=alike)
    return as_told(who, found)


def stray(who: str, known: list[str], most: int) -> dict[str, Any]:
    """Ask, as one of them, for the addresses that the others were led to."""
    with second_factor_asked_for():
        paths = Random(who).sample(known, min(most, len(known)))  # noqa: S311 - which ones is no secret
        found = trespass(entered(who), paths, most=most)
    return as_told(who, found)


def mails() -> list[str]:
    """Return what the mails of the box tell somebody about somebody else."""
    work_off()
    read = [(letter.to, f"{letter.subject} {letter.text}") for letter in letters()]
    return list(foreign_in_mails(read))


def foreign_in_mails(read: Iterable[tuple[str, str]]) -> Iterable[str]:
    """Yield who was told about whom, of (address, text) pairs."""
    for to, text in read:
        reader = canaries.TOKEN.search(to.casefold())
        for found in canaries.TOKEN.finditer(text.casefold()):
            who = reader[1] if reader else "nobody"
            if not may_see(who, found[1], found[2]):
                yield f"{who} was told {found[0]}"


def work_off() -> None:
    """Do all that is queued."""
    call_command("worker", batch=True, startup_delay=False, verbosity=0)


def as_told(who: str, visit: Visit) -> dict[str, Any]:
    seen = [[*whose, path] for whose, path in visit.seen.items()]
    return {
        "who": who,
        "asked": sorted(visit.asked),
        "seen": seen,
        "failed": [f"{who} {path}" for path in visit.failed],
    }


def foreign(told: dict[str, Any]) -> list[str]:
    """Return what somebody saw and must not, with the page."""
    return [
        f"{told['who']} saw {name}'s {field} at {path}"
        for name, field, path in told["seen"]
        if not may_see(told["who"], name, field)
    ]


def may_see(who: str, name: str, field: str) -> bool:
    """Whether the design lets one of them see that field of that person."""
    if who == name or {name, sub(r"\d+$", "*", name)} & MAY_SEE.get(who, set()):
        return True
    if field in OF_TRAINERS and who in canaries.COHORTS.get(name, []):
        return True
    if who == "alma" and field in HOLDER and name in canaries.MANDATES:
        return True
    if who == "sofia" and field in ACCEPTED and name in canaries.MANDATES:
        return True
    return field in ADDRESS and name in MAY_ADDRESS.get(who, set())


def blind(told: list[dict[str, Any]]) -> list[str]:
    """Return who saw no token: a crawl that sees nothing proves nothing."""
    seeing = {each["who"] for each in told if each["seen"]}
    return [who for who in ACTORS if who not in seeing]


def words_to_type(*, half: bool = False) -> list[str]:
    """Return what is typed into searches: names of people, whole or half."""
    people = [n for n in canaries.WHERE if n in {"ana", "carla", "marta", "silvia"}]
    whole = [canaries.token(canaries.WHERE[n][0], n, "name") for n in people]
    return [name[: len("zqgtx") + 3] for name in whole] if half else whole


def entered(who: str, *, second_factor: bool = True) -> Client:
    """Return the browser of one of them, signed in with the second step."""
    browser = Client(raise_request_exception=False)
    if who != "nobody":
        country = canaries.WHERE[who][0]
        address = f"{canaries.token(country, who, 'mail')}@zqhost.example"
        enter(browser, User.objects.get(email=address), second_factor=second_factor)
    return browser


def enter(browser: Client, person: User, *, second_factor: bool = True) -> None:
    """Sign a person in, with or without the second step."""
    browser.force_login(person)
    if not second_factor:
        return
    Authenticator.objects.get_or_create(
        user=person, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "A"}}
    )
    request = HttpRequest()
    request.session = browser.session
    facts = {"type": Authenticator.Type.TOTP, "reauthenticated": True}
    record_authentication(request, person, SECOND_STEP, **facts)
    request.session.save()


@contextmanager
def second_factor_asked_for():
    """Ask everybody who sees others for the second step, as on a real site."""
    with override_settings(SECOND_FACTOR_REQUIRED=True):
        yield
