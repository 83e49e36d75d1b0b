"""A line that is cut eats no answer, and nothing says "saved" that the server lacks."""

import re

import pytest
from playwright.sync_api import Error, Locator, expect

from tests.journeys.test_whole_path import COURSE, TEST, Person, join
from tests.journeys.walk import PASSWORD, Walk

CHOSEN = [(0, -1), (1, 0), (2, -1)]  # the question, and which of its options
HELD = "Choices that wait on this device and are not with the server:"
OVER = (
    "Your session has ended: what you chose is kept on this device, and sent once you "
    "sign in again."
)
KEPT = "Kept on this device; it is sent when the connection is back."


def option(walk: Walk, question: int, place: int) -> Locator:
    radios = walk.page.locator("fieldset.choices:has([type=radio])").nth(question)
    return radios.locator("[type=radio]").nth(place)


def chosen(walk: Walk) -> list[bool]:
    return [option(walk, *one).is_checked() for one in CHOSEN]


def hears(walk: Walk, text: str) -> str:
    """Wait until the light says so; return all that it says."""
    light = walk.page.locator("#kept")
    light.get_by_text(walk.words(text), exact=text == "Saved").first.wait_for()
    return light.inner_text()


def begin_the_test(walk: Walk) -> None:
    walk.enrol(COURSE)
    walk.follow("My learning")
    progress = 'main a[href*="/learn/enrolments/"]:not([href$="/resume/"])'
    walk._go(walk.page.locator(progress).first)
    walk.start_test(TEST[walk.language])


def test_what_is_chosen_while_the_line_is_cut_comes_to_the_server(walk):
    phone, elsewhere = walk(), walk(javascript=False)
    join(phone, Person("elsa", "Elsa Caal Pop", track="Other institution"))
    begin_the_test(phone)
    page, context, attempt = phone.page, phone.page.context, phone.page.url

    option(phone, 0, 0).check()
    hears(phone, "Saved")
    # The light is read where the choice is made, far above the buttons.
    expect(page.locator("#kept")).to_be_in_viewport()
    review = page.get_by_role("button", name=phone.words("Review"))
    expect(review).not_to_be_in_viewport()
    context.set_offline(True)
    for one in CHOSEN:
        option(phone, *one).check()
    hears(phone, KEPT)
    review.click()
    assert "3" in hears(phone, HELD)
    elsewhere.follow("Sign in")
    elsewhere.sign_in("elsa@journey.example", password=PASSWORD)
    elsewhere.page.goto(attempt)
    assert chosen(elsewhere) == [False] * 3
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.reload()

    context.set_offline(False)
    page.goto(attempt)
    # What is sent when a page is left goes past the browser's word that it is offline.
    page.locator("#kept").get_by_text(re.compile(r"Guardado( \d|$)")).wait_for()
    assert chosen(phone) == [True] * 3
    elsewhere.page.goto(attempt)
    assert chosen(elsewhere) == [True] * 3

    # The session ends meanwhile: what is chosen waits for its owner alone.
    context.clear_cookies(name="sessionid")
    option(phone, 0, 0).check()
    hears(phone, OVER)
    phone.follow("Sign in", within=page.locator("#kept"))
    phone.sign_in("elsa@journey.example", password=PASSWORD)
    hears(phone, "Saved")
    assert option(phone, 0, 0).is_checked()

    # The line fails again: whoever signs out is asked what becomes of the choice.
    page.route("**/operations/", lambda route: route.abort())
    option(phone, 0, -1).check()
    hears(phone, KEPT)
    phone.follow_in_account_menu("Sign out")
    phone.press("Keep them for me and sign out")
    page.unroute("**/operations/")
    elsewhere.page.goto(attempt)
    assert option(elsewhere, 0, 0).is_checked()
    phone.follow("Sign in")
    phone.sign_in("elsa@journey.example", password=PASSWORD)
    page.goto(attempt)
    hears(phone, "Saved")
    assert option(phone, 0, -1).is_checked()

    # Discarded, it is nowhere.
    page.route("**/operations/", lambda route: route.abort())
    option(phone, 0, 0).check()
    hears(phone, KEPT)
    phone.follow_in_account_menu("Sign out")
    phone.press("Discard them and sign out")
    page.unroute("**/operations/")
    phone.follow("Sign in")
    phone.sign_in("elsa@journey.example", password=PASSWORD)
    page.goto(attempt)
    assert option(phone, 0, -1).is_checked()

    phone.press("Review")
    phone.press("Hand in")
    assert phone.violations == []
