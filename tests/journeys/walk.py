"""How a person walks through Campus: by what they read, never by typing a URL."""

import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from time import monotonic, sleep, time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.utils.translation import gettext, override
from playwright.sync_api import ConsoleMessage, Error, Locator, Page

from courses.cases.rules import DIMENSIONS, HIGHEST
from tests.courses.starter import cases

CODE = re.compile(r"^[A-Z0-9]{3,4}-[A-Z0-9]{3,4}$", re.MULTILINE)
PASSWORD = "una-clave-bastante-larga"


CAST_PASSWORD = "demo-word-for-all"


class Mouse:
    """Points and clicks."""

    def press(self, target: Locator) -> None:
        target.click()

    def choose(self, select: Locator, *, label: str) -> None:
        select.select_option(label=label)

    def type(self, target: Locator, text: str) -> None:
        target.fill(text)


class Stopwatch(Mouse):
    """Adds up what a person would need: Card, Moran and Newell's keystroke-level model.

    1.35 s to decide, 1.3 s to point and tap, 0.5 s for a key of an unpractised thumb.
    """

    DECIDE, TAP, KEY = 1.35, 1.3, 0.5

    def __init__(self):
        self.seconds = 0.0

    def press(self, target: Locator) -> None:
        self.seconds += self.DECIDE + self.TAP
        super().press(target)

    def choose(self, select: Locator, *, label: str) -> None:
        self.seconds += 2 * (self.DECIDE + self.TAP)  # open the list, find the line
        super().choose(select, label=label)

    def type(self, target: Locator, text: str) -> None:
        self.seconds += self.DECIDE + self.TAP + self.KEY * len(text)
        super().type(target, text)


class Keyboard:
    """Never touches the mouse: Tab until there, then Enter or Space."""

    def type(self, target: Locator, text: str) -> None:
        self.reach(target)
        target.page.keyboard.press("Control+a")
        target.page.keyboard.type(text)

    def press(self, target: Locator) -> None:
        self.reach(target)
        is_choice = target.get_attribute("type") in {"radio", "checkbox"}
        target.page.keyboard.press("Space" if is_choice else "Enter")

    def choose(self, select: Locator, *, label: str) -> None:
        self.reach(select)
        labels = [text.strip() for text in select.locator("option").all_inner_texts()]
        select.page.keyboard.press("Home")
        for _step in range(labels.index(label)):
            select.page.keyboard.press("ArrowDown")

    def reach(self, target: Locator) -> None:
        """Press Tab until the target has the focus, and see that it shows it."""
        for _step in range(200):
            if target.evaluate("e => e === document.activeElement"):
                return
            if is_of_the_same_group(target):
                target.page.keyboard.press("ArrowDown")
            else:
                target.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reached {target}")


def code_of_now(key: str) -> str:
    """Return what an app that was given the key shows now (RFC 6238)."""
    return format_hotp_value(hotp_value(key, int(time() // 30)))


def is_of_the_same_group(target: Locator) -> bool:
    """Whether the focus is on another radio button of the target's group."""
    return target.evaluate(
        "e => e.type === 'radio' && document.activeElement.type === 'radio'"
        " && document.activeElement.name === e.name"
    )


@cache
def answers_by_stem() -> dict[str, dict]:
    """Return the documents of the starter course's questions by their text."""
    folder = Path(settings.BASE_DIR) / "fixtures/courses/trafficking"
    found = {}
    for path in folder.rglob("questions.json"):
        for question in json.loads(path.read_text())["questions"]:
            for text in question["document"]["stem"].values():
                found[text] = question["document"]
    return found


@cache
def decisions_that_earn_all() -> set[str]:
    """Return what a walker decides in the cases, in every language."""
    options = [
        option
        for files in cases()
        for file in files.values()
        for block in file.blocks
        for option in block.value.get("options", [])
    ]
    return {o["text"] for o in options if all(o[d] == HIGHEST for d in DIMENSIONS)}


@dataclass
class Walk:
    """One person at one browser; `visit` is called on every new screen."""

    page: Page
    language: str = "es"
    hand: Mouse | Keyboard = field(default_factory=Mouse)
    visited: list[str] = field(default_factory=list)
    clicks: int = 0  # on links and buttons
    violations: list[str] = field(default_factory=list)
    script_errors: list[str] = field(default_factory=list)
    finished: int = 0
    look: object = None

    def __post_init__(self):
        self.page.on("console", self._hear)
        self.page.on("pageerror", self._hear_error)

    def _hear(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.violations.append(message.text)

    def _hear_error(self, error: Error) -> None:
        self.script_errors.append(f"{self.page.url}: {error.message}")

    def words(self, text: str, **values) -> str:
        """Return a sentence of the screens in the walker's language."""
        with override(self.language):
            return gettext(text) % values if values else gettext(text)

    def see(self) -> None:
        """Note where we are, and look closely if somebody asked for it."""
        self.visited.append(self.page.title())
        if self.look:
            self.look(self.page)

    def reads(self, heading: str) -> None:
        """Wait for a heading with these words."""
        self.page.get_by_role("heading", name=heading).first.wait_for()

    def follow(self, text: str, *, within: Locator | None = None, **values) -> None:
        """Follow the link with that text."""
        place = within or self.page
        link = place.get_by_role("link", name=self.words(text, **values)).first
        self._go(link)

    def press(self, text: str, **values) -> None:
        """Press the button with that text."""
        self._go(self.page.get_by_role("button", name=self.words(text, **values)).first)

    def press_without_a_line(self, text: str) -> None:
        """Press the button while the line is gone, and go back, still without it."""
        browser = self.page.context
        browser.set_offline(True)
        button = self.page.get_by_role("button", name=self.words(text)).first
        with self.page.expect_event("requestfailed"):
            self.hand.press(button)
        self.page.wait_for_url("chrome-error://**")
        self.page.go_back()
        browser.set_offline(False)

    def _go(self, target: Locator) -> None:
        target.wait_for()
        with self.page.expect_navigation():
            self.hand.press(target)
        self.clicks += 1
        self.see()

    def tick(self, target: Locator) -> None:
        if not target.is_checked():
            self.hand.press(target)

    def fill(self, label: str, value: str) -> None:
        target = self.page.get_by_label(self.words(label), exact=False).first
        self.hand.type(target, value)

    def choose(self, label: str, option: str) -> None:
        """Choose an option (by a sentence of the screens) in the list named `label`."""
        select = self.page.get_by_label(self.words(label)).first
        self.hand.choose(select, label=self.words(option))

    # The stages of the path, in their order.

    def sign_up(
        self, *, email: str, name: str, institution: str, track: str, start: str = ""
    ) -> None:
        """Sign up from the head of the page, or by the button that starts a course."""
        self.follow(start or "Sign up")
        self.fill("E-mail", email)
        self.say_who_i_am(name=name, institution=institution, track=track)
        self.press("Create the account")
        self.fill("Code", self.code_in_mail(email))
        self.press("Confirm the address")

    def say_who_i_am(self, *, name: str, institution: str, track: str) -> None:
        """Fill in what the sign-up asks beside the address."""
        self.fill("Name as on the certificate", name)
        self.fill("Password", PASSWORD)
        select = self.page.get_by_label(self.words("Institution where you work"))
        self.hand.choose(select, label=institution)
        self.choose("Profession", track)
        self.tick(
            self.page.get_by_label(
                self.words("I have read the privacy notice and agree to it.")
            )
        )

    def sign_in(self, email: str, *, password: str = CAST_PASSWORD) -> None:
        """Sign in, as one of the demo's cast unless a password says otherwise."""
        self.fill("E-mail", email)
        self.fill("Password", password)
        self.press("Sign in")

    def turn_the_app_on(self) -> None:
        """Turn on the second step, with an app that keeps the key."""
        self.follow_in_account_menu("Second step of the sign-in")
        self.follow("Turn the app on")
        self.fill("Password", PASSWORD)
        self.press("Confirm")
        key = self.page.locator("code").inner_text()
        code = self.page.get_by_role("textbox", name=self.words("Code"))
        self.hand.type(code, code_of_now(key))
        self.press("Turn the app on")

    def sign_out(self) -> None:
        self.follow_in_account_menu("Sign out")
        self.press("Sign out")

    def follow_in_account_menu(self, text: str) -> None:
        self.open_account_menu()
        self.follow(text, within=self.page.get_by_role("banner"))

    def open_account_menu(self) -> None:
        self.hand.press(self.page.locator("summary", has_text=self.words("My account")))

    def code_in_mail(self, email: str) -> str:
        """Read the newest message to that address in the demo's mailbox."""
        text = self.read_mail(email)
        return CODE.search(text).group()

    def read_mail(self, email: str, *, subject: str = "") -> str:
        """Return the text of the newest message, read in a tab of its own."""
        context = self.page.context
        tab = context.new_page()
        patience_ends = monotonic() + 60
        while True:
            tab.goto(self.page.url)
            mailbox = self.words("Read the mail that was sent")
            tab.get_by_role("link", name=mailbox).click()
            letters = tab.get_by_role("listitem").filter(has_text=email)
            letters = letters.filter(has_text=subject)
            if letters.count():
                break
            assert monotonic() < patience_ends, f"no mail to {email}"
            sleep(0.5)
        letters.first.get_by_role("link").click()
        text = tab.get_by_role("main").inner_text()
        tab.close()
        return text

    def enrol(self, course: str) -> None:
        self.follow("Courses")
        self._go(self.page.get_by_role("link", name=course).first)
        self.press("Enrol")

    def finish_lessons(self) -> None:
        """Read and finish lesson after lesson, passing over what may be skipped."""
        while True:
            finish = self.page.locator('form[action$="/finish/"] button')
            skip = self.page.get_by_role("link", name=self._skipping())
            if finish.count():
                self.check_myself()
                self._go(finish)
                self.finished += 1
            elif skip.count():
                self._go(skip.first)
            elif self.page.locator('form[action$="/case/"]').count():
                self.walk_the_case()
            else:
                return

    def walk_the_case(self) -> None:
        """Decide well at each step, and go on from the debrief."""
        self.press("Begin the case")
        while (options := self.page.locator("#options label")).count():
            texts = options.all_inner_texts()
            good = next(t for t in texts if t in decisions_that_earn_all())
            self.tick(self.page.get_by_label(good, exact=True))
            self.hand.type(self.page.locator("#reasons"), "Por su seguridad.")
            self.press("Decide")
            self._go(self.page.locator(".actions a.button").first)
        self._go(self.page.locator(".actions a.button").first)

    def _skipping(self) -> re.Pattern:
        """Return what the link says that passes over a pre-test or a practice."""
        before, _number, after = self.words("Skip it and go to %(number)s").partition(
            "%(number)s"
        )
        return re.compile(f"{before}[0-9.]+{after}")

    def check_myself(self) -> None:
        """Answer the first self-check of the lesson, if it has one."""
        form = self.page.locator(".check form").first
        if form.count():
            self.tick(form.get_by_role("radio").first)
            self._go(form.get_by_role("button").first)

    def start_test(self, title: str, *, button: str = "Start") -> None:
        if self.page.get_by_role("heading", level=1).inner_text() != title:
            self._go(self.page.get_by_role("link", name=title).first)
        self.press(button)

    def answer_questions(self, *, positions: range = range(1, 99)) -> None:
        """Answer rightly the questions at `positions`, page after page."""
        while True:
            for question in self.page.locator('fieldset[id^="q-"]').all():
                number = int(question.get_attribute("id").removeprefix("q-"))
                if number in positions:
                    self.answer(question)
            if not self._has_another_page() or number + 1 not in positions:
                return
            self.press("Next questions")

    def _has_another_page(self) -> bool:
        button = self.page.get_by_role("button", name=self.words("Next questions"))
        return button.count() > 0

    def answer(self, question: Locator) -> None:
        stem = question.locator("legend").inner_text()
        document = next(d for s, d in answers_by_stem().items() if s in stem)
        match document["type"]:
            case "matching":
                self._answer_pairs(question, document)
            case "ordering":
                self._answer_order(question, document)
            case _:
                for key in document["correct"]:
                    self.tick(self._option(question, document["options"], key))

    def _text(self, options: list[dict], key: str) -> str:
        return next(o for o in options if o["key"] == key)[self.language]

    def _option(self, question: Locator, options: list[dict], key: str) -> Locator:
        return question.get_by_label(self._text(options, key), exact=True)

    def _answer_pairs(self, question: Locator, document: dict) -> None:
        left, right = document["options"]["left"], document["options"]["right"]
        for key, partner in document["correct"].items():
            select = self._option(question, left, key)
            text = self._text(right, partner)
            options = select.locator("option").all_inner_texts()
            offered = next(o.strip() for o in options if o.strip().endswith(text))
            self.hand.choose(select, label=offered)

    def _answer_order(self, question: Locator, document: dict) -> None:
        for place, key in enumerate(document["correct"], start=1):
            select = self._option(question, document["options"], key)
            self.hand.choose(select, label=str(place))

    def hand_in(self) -> None:
        self.press("Review")
        self.press("Hand in")

    def download_certificate(self) -> bytes:
        """Open the certificate, wait for its file, and return the bytes."""
        self.follow("See the certificate")
        patience_ends = monotonic() + 60
        link = self.page.locator('a[href$="certificate.pdf"]')
        while not link.count():
            assert monotonic() < patience_ends, "the file was not prepared"
            sleep(0.5)
            self.follow("Reload the page")
        with self.page.expect_download() as download:
            self.hand.press(link)
        return Path(download.value.path()).read_bytes()
