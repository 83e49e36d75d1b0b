"""Every address × everybody × every method: what is answered, and nothing else.

Wagtail's own addresses are asked in full as those who may not enter its area; as
editor and administrator only by GET, HEAD and OPTIONS, and one in five of them. Where
sweeps take turns (tests/choosing.py), all are asked by GET and POST as nobody and as
Ana, and as everybody where the last change touched the package that answers; a part by
other methods and as others.
"""

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from certificates.canaries import TOKEN
from certificates.canary_crawl import content
from certificates.canary_drill import entered
from tests.access.addresses import Address, addresses, filled
from tests.access.classes import (
    ACTORS,
    AREA,
    METHODS,
    SECOND_STEP,
    SIGN_IN,
    class_of,
)
from tests.choosing import package_of_view
from tests.posts.sweeping import undone

pytestmark = [
    pytest.mark.django_db,
    # A report of the translations' package pages what it does not sort.
    pytest.mark.filterwarnings(
        "ignore::django.core.paginator.UnorderedObjectListWarning"
    ),
]
LEADS_TO = {SIGN_IN: "/account/login/", SECOND_STEP: "/account/second-step/"}
HARMLESS = ("GET", "HEAD", "OPTIONS")
FAILS_ON_PURPOSE = "admin/failwhale/"
SAMPLE = 5
# What is asked for at every landing, whatever takes turns, and as whom.
ALWAYS = ("nobody", "ana")
OURS = {
    (address.route, method)
    for address in addresses()
    for method in ("GET", "POST")
    if class_of(address) is not AREA
}
# Whose work shows them others.
WITH_OTHERS = sorted(set(ACTORS) - {"nobody", "ana", "bruno", "elena"})


def methods(address: Address, who: str, number: int) -> tuple[str, ...]:
    """Return by which methods somebody asks for the address of that number."""
    if class_of(address) is not AREA or who not in AREA.may:
        return METHODS
    return () if number % SAMPLE else HARMLESS


@pytest.fixture
def waits(in_turn, is_touched):
    """Return what says whether a cell is left to another landing."""

    def of(address: Address, who: str, method: str) -> bool:
        ours = class_of(address) is not AREA
        everybody = ours and is_touched(package_of_view(address.pattern))
        always = method in ("GET", "POST") and (who in ALWAYS or everybody)
        return not always and not in_turn(f"{address.route} {who}")

    return of


def ask(browser: Client, method: str, address: str) -> HttpResponse:
    """Ask, and leave everything as it was."""
    cache.clear()
    with undone(browser):
        return getattr(browser, method.lower())(address)


def outcome(answer: HttpResponse) -> str:
    """Return what an answer comes down to."""
    to = answer.headers.get("Location", "")
    known = [word for word, place in LEADS_TO.items() if place in to]
    return known[0] if known else str(answer.status_code)


def is_right(address: Address, who: str, method: str, answer: HttpResponse) -> bool:
    kind = class_of(address)
    if kind is AREA and who in AREA.may:
        return answer.status_code < 500 or address.route == FAILS_ON_PURPOSE
    return outcome(answer) in kind.expected(who, method)


def test_every_address_has_a_class():
    assert [one.name for one in addresses() if class_of(one) is None] == []


def test_address_without_a_class_is_noticed():
    pattern = path("es/secret/<uuid:person>/", is_right, name="secret")

    assert class_of(Address("secret", "es/secret/<uuid:person>/", pattern)) is None


@pytest.mark.parametrize("who", ACTORS)
def test_everybody_is_answered_as_the_class_says(who, things, waits):
    browser = entered(who)
    cells = [
        (address, method)
        for number, address in enumerate(addresses())
        for method in methods(address, who, number)
        if class_of(address) and not waits(address, who, method)
    ]

    wrong = []
    for address, method in cells:
        place = filled(address, things)
        answer = ask(browser, method, place)
        if not is_right(address, who, method, answer):
            wrong.append((address.name, place, method, outcome(answer)))

    assert len(OURS) > 450
    asked = {(address.route, method) for address, method in cells}
    assert asked >= OURS or who not in ALWAYS
    assert cells
    assert wrong == []


@pytest.mark.parametrize("who", WITH_OTHERS)
def test_who_shows_people_asks_for_the_second_step_first(who, things, waits):
    browser = entered(who, second_factor=False)
    shown = [
        address
        for address in addresses()
        if getattr(address.pattern.callback, "shows_people", False)
    ]

    wrong = []
    for address in shown:
        for method in METHODS:
            if waits(address, who, method):
                continue
            answer = ask(browser, method, filled(address, things))
            leads = outcome(answer) == SECOND_STEP
            if not leads or TOKEN.search(content(answer).casefold()):
                wrong.append((address.name, method, outcome(answer)))

    assert len(shown) > 20
    assert wrong == []


@pytest.mark.parametrize("who", ["elena", "alma"])
def test_editors_area_asks_for_the_second_step_first(who, things):
    browser = entered(who, second_factor=False)
    area = [address for address in addresses() if class_of(address) is AREA]

    found = {
        outcome(ask(browser, method, filled(address, things)))
        for address in area[::SAMPLE]
        for method in METHODS
    }

    assert found <= {SECOND_STEP, "404"}
    assert SECOND_STEP in found
