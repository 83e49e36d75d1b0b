"""axe on every screen of the path and beside it: 360 and 1280 px, light and dark.

And nothing on them is cut, at 320 px either.
"""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.measuring import overflows
from tests.journeys.test_whole_path import COURSE, TEST, Person, join
from tests.journeys.walk import CAST_PASSWORD

pytestmark = pytest.mark.sweep
SIZES = [(360, 740), (1280, 800)]
AXE = Axe()
SHARED = "Judicaturas y fiscalías 2026-2"
WORKSHOP = "Indicadores de trata en el primer contacto"
RUNNING = "Puestos fronterizos y delegaciones 2026-2"


def looks_closely(
    found: list[str],
    seen: list[str],
    *,
    in_turn: Callable[[str], bool] = lambda url: True,
) -> Callable[[Page], None]:
    """Return a look at one screen in both sizes and both colour schemes.

    Of a long way, the screens whose turn it is are looked at by axe; all are measured.
    """

    def look(page: Page) -> None:
        seen.append(page.url)
        found.extend(overflows(page))
        if not in_turn(page.url):
            return
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                for violation in AXE.run(page).response["violations"]:
                    nodes = [node["html"][:120] for node in violation["nodes"][:2]]
                    found.append(
                        f"{violation['id']} at {width} px, {scheme}: {page.url} {nodes}"
                    )
        page.set_viewport_size({"width": 360, "height": 740})
        page.emulate_media(color_scheme="light")

    return look


def test_the_path_of_a_learner_has_no_violation(walk, in_turn):
    found, seen = [], []
    phone = walk()
    phone.look = looks_closely(found, seen, in_turn=in_turn)
    phone.see()

    join(phone, Person("gabriela", "Gabriela Sic Batz"))
    phone.enrol(COURSE)
    phone.follow("Answer them first")  # the pre-test
    phone.press("Start")
    phone.press("Review")
    phone.press("Hand in")
    phone._go(phone.page.locator("main .actions a").first)
    phone.finish_lessons()
    phone.start_test(TEST["es"])
    phone.press("Next questions")
    phone.press("Review")
    phone.press("Hand in")  # nothing answered: the screen of who has to review
    phone.follow("My learning")
    phone._go(phone.page.get_by_role("link", name=COURSE).first)
    phone._go(phone.page.get_by_role("link", name="Práctica").first)
    phone.press("Start")
    phone.answer_questions()
    phone.hand_in()
    phone.follow("My learning")
    phone.follow("Continue")
    phone.start_test(TEST["es"], button="Start a new attempt")
    phone.answer_questions()
    phone.hand_in()
    phone.download_certificate()
    phone.press("Make a link that shows my name")
    phone.follow("Open the verification page")

    assert found == []
    assert len(seen) > 20
    assert phone.violations == []


@pytest.mark.parametrize(("language", "who"), [("es", "ana"), ("en", "carla")])
def test_the_pages_beside_the_path_have_no_violation(walk, language, who):
    found, seen = [], []
    phone = walk(language=language)
    phone.look = looks_closely(found, seen)

    for name in ("Pause and support", "Help", "Accessibility", "Privacy"):
        phone.follow(name)
    phone.follow("Sign up")
    phone.press("Create the account")  # nothing filled in: every error at once
    phone.follow("Check a certificate")
    phone.fill("Code of the certificate", "no code")
    phone.press("Find the certificate")
    phone.follow("Courses")
    phone.follow("Sign in")
    phone.sign_in(f"{who}@demo.example")
    phone.open_account_menu()
    phone.follow("My profile")
    for name in (
        "E-mail addresses",
        "Password",
        "Second step of the sign-in",
        "Where you are signed in",
        "My data",
    ):
        phone.follow(name)
        phone.page.go_back()
    phone.open_account_menu()
    phone.follow("Sign out")
    phone.press("Sign out")

    assert found == []
    assert len(seen) > 12
    assert phone.violations == []


@pytest.mark.parametrize(
    ("who", "screens"),
    [
        ("tomas", ["My cohorts", SHARED, "Ruiz Morales", "Shield this person…"]),
        ("tomas", ["My cohorts", "New cohort"]),
        ("tomas", ["My cohorts", SHARED, "Import people"]),
        ("tomas", ["My cohorts", SHARED, "Invite people"]),
        ("tomas", ["My cohorts", SHARED, "Show a code to a room"]),
        ("tomas", ["My cohorts", SHARED, "Settings", "Membership rules"]),
        ("tomas", ["My cohorts", SHARED, "Workshops", "Plan a workshop"]),
        ("tomas", ["My cohorts", SHARED, "Workshops", WORKSHOP]),
        ("tomas", ["My cohorts", "See who is stuck", RUNNING]),
        ("tomas", ["My cohorts", "Open a room"]),
        (
            "ines",
            ["My institution", "See who is waiting", "Tick everybody on this page"],
        ),
        ("ines", ["My institution", "People who belong", "Since"]),
        ("pilar", ["My institutions", "Institutions that were typed", "PDH"]),
        ("pilar", ["Shielded", "End the shield…"]),
        ("ines", ["My institution", "Completion report", "Choose columns"]),
        ("ines", ["My institution", "Completion report", "Recent downloads"]),
        ("ines", ["My institution", "Completion report", "Save as…"]),
        ("ines", ["My institution", "Duty coverage", "Load a roster"]),
        ("pilar", ["My institutions", "What is learned"]),
        ("ines", ["My institution", "Tokens for programs"]),
        ("sofia", ["The region", "Completion and certificates in figures"]),
        ("sofia", ["The region", "What is learned in the region"]),
        ("sofia", ["The region", "Open data"]),
        ("sofia", ["The region", "Guatemala", "End"]),
        ("sofia", ["Mandates", "National trainer"]),
        ("admin", ["Approvals"]),
        ("admin", ["People support", "Who holds which mandate", "Guatemala"]),
    ],
)
def test_the_screens_of_somebodys_work_have_no_violation(walk, who, screens):
    found, seen = [], []
    desk = walk(width=1280)
    desk.follow("Sign in")
    desk.sign_in(f"{who}@demo.example")
    desk.look = looks_closely(found, seen)

    for name in screens:
        desk.follow(name)

    assert found == []
    assert len(seen) == len(screens)


def test_the_screens_of_people_support_have_no_violation(walk):
    found, seen = [], []
    desk = walk(width=1280)
    desk.follow("Sign in")
    desk.sign_in("admin@demo.example")
    desk.follow("People support")
    desk.look = looks_closely(found, seen)
    desk.press("Open the account")  # nothing filled in
    desk.fill("E-mail of the account", "bruno@demo.example")
    desk.fill("Reason", "Llamada")
    desk.press("Open the account")
    for name in ("The mailbox is lost", "Make one of two accounts"):
        desk.follow(name)
        desk.page.go_back()

    assert found == []
    assert len(seen) == 4


@pytest.mark.parametrize(("language", "who"), [("es", "bruno"), ("en", "carla")])
def test_the_screens_of_ones_own_data_have_no_violation(walk, language, who):
    found, seen = [], []
    phone = walk(language=language)
    phone.follow("Sign in")
    phone.sign_in(f"{who}@demo.example")
    phone.look = looks_closely(found, seen)
    phone.follow_in_account_menu("My mandates")
    phone.follow_in_account_menu("My profile")
    phone.follow("My shield")
    phone.follow_in_account_menu("My data")
    phone.follow("Close my account")
    phone.fill("Password", CAST_PASSWORD)
    phone.press("Confirm")
    phone.follow_in_account_menu("My data")
    phone.follow("Erase my data")
    phone.follow_in_account_menu("My data")
    phone.follow("Download my data")

    assert found == []
    assert len(seen) == 10
