"""From the home page to a verified certificate, in the ways that people differ."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.utils.translation import gettext, override

from tests.journeys.walk import PASSWORD, Keyboard, Stopwatch, Walk

COURSE = "Trata de personas"
TEST = {"es": "Prueba final", "en": "Final test"}


@dataclass(frozen=True)
class Person:
    """Who walks: a new one for each journey."""

    key: str
    name: str
    institution: str = "Ministerio Público (fiscalía contra la trata de personas)"
    track: str = "Prosecutor or investigator"
    language: str = "es"

    @property
    def email(self) -> str:
        return f"{self.key}@journey.example"


def join(walk: Walk, person: Person) -> None:
    walk.sign_up(
        email=person.email,
        name=person.name,
        institution=person.institution,
        track=person.track,
    )


def study(walk: Walk, *, course: str = COURSE) -> None:
    walk.enrol(course)
    walk.finish_lessons()


def receive_and_verify(walk: Walk, person: Person, verifier: Walk, tmp_path: Path):
    """Download the certificate, and have somebody else check it from a phone."""
    pdf = walk.download_certificate()
    assert pdf.startswith(b"%PDF-")
    with override(person.language):
        subject = gettext("A document is ready in %(site_name)s")
    mail = walk.read_mail(person.email, subject=subject % {"site_name": "Campus"})
    assert person.name not in mail
    walk.follow("Open the verification page")
    code = urlsplit(walk.page.url).path.rsplit("/", 1)[1]
    check_the_paper(verifier, code, name=person.name)
    check_the_file(verifier, pdf, tmp_path / "paper.pdf")


def check_the_paper(verifier: Walk, code: str, *, name: str) -> None:
    verifier.follow("Check a certificate")
    verifier.fill("Code of the certificate", code.lower())
    verifier.press("Find the certificate")
    verifier.reads(verifier.words("Valid").upper())
    assert name not in verifier.page.content()
    verifier.fill("Name on the paper", name.upper())
    verifier.press("Check the name")
    verifier.reads(verifier.words("The name matches"))


def check_the_file(verifier: Walk, pdf: bytes, path: Path) -> None:
    path.write_bytes(pdf)
    question = verifier.words("Is the file the one that was issued?")
    verifier.page.locator("summary", has_text=question).click()
    verifier.page.get_by_label(verifier.words("PDF file")).set_input_files(path)
    verifier.press("Check the file")
    verifier.reads(verifier.words("The file is the one that was issued"))


def take_the_test(walk: Walk) -> None:
    walk.start_test(TEST[walk.language])
    walk.answer_questions()
    walk.hand_in()


@pytest.mark.postgres_too
def test_a_prosecutor_in_spanish_does_the_whole_course(walk, tmp_path):
    person = Person("beatriz", "Beatriz Ajú Morales")
    phone = walk()

    join(phone, person)
    study(phone)
    take_the_test(phone)
    receive_and_verify(phone, person, walk(width=320), tmp_path)

    assert phone.finished == 18
    assert phone.violations == []


@pytest.mark.sweep
def test_a_health_worker_in_english_without_javascript(walk, tmp_path):
    person = Person(
        "celia",
        "Celia Hernandez Paz",
        institution="Ministry of Health and Wellness",
        track="Other institution",
        language="en",
    )
    phone = walk(javascript=False, language="en")

    join(phone, person)
    study(phone, course="Trafficking in persons")
    take_the_test(phone)

    receive_and_verify(phone, person, walk(javascript=False, language="en"), tmp_path)


@pytest.mark.sweep
def test_an_officer_by_keyboard_alone(walk, tmp_path):
    person = Person(
        "efrain",
        "Efraín Coc Tiul",
        institution="Instituto Nacional de Migración (INM)",
        track="Child protection or migration officer (OPI)",
    )
    desk = walk(width=1280)
    desk.hand = Keyboard()

    join(desk, person)
    study(desk)
    take_the_test(desk)

    receive_and_verify(desk, person, walk(), tmp_path)


@pytest.mark.sweep
def stays_signed_in(walk: Walk) -> None:
    """Read the warning four hours later, and stay; the focus stays where it was."""
    told = walk.page.locator("#session-end .says")
    assert told.count() == 0
    walk.page.locator("#questions input").first.focus()
    walk.page.clock.fast_forward("03:56:00")
    told.get_by_text(
        walk.words(
            "Within five minutes you will be signed out, because nothing was sent for "
            "a long time."
        )
    ).wait_for()
    held = walk.page.evaluate("document.activeElement.name")
    told.get_by_role("button").press("Enter")
    told.wait_for(state="detached")
    assert walk.page.evaluate("document.activeElement.name") == held != ""


def test_a_failed_test_says_what_to_review_and_the_second_attempt_passes(walk):
    phone = walk()
    join(phone, Person("hilda", "Hilda Caal Ba", track="Other institution"))
    study(phone)

    phone.page.clock.install()
    phone.start_test(TEST["es"])
    phone.answer_questions(positions=range(1, 5))
    stays_signed_in(phone)
    given = phone.page.locator("#questions :checked").all_inner_texts()
    phone.page.locator("#kept").get_by_text(phone.words("Saved"), exact=True).wait_for()
    phone.press_without_a_line("Review")
    assert phone.page.locator("#questions :checked").all_inner_texts() == given
    phone.page.context.clear_cookies(name="sessionid")
    phone.press("Review")
    phone.reads(phone.words("Sign in"))
    phone.sign_in("hilda@journey.example", password=PASSWORD)
    assert phone.page.locator("#questions :checked").all_inner_texts() == given
    phone.press("Review")
    phone.press("Hand in")
    phone.reads(phone.words("Objectives that went wrong, and lessons to read again"))
    failed = phone.page.get_by_role("main").inner_text()
    phone._go(phone.page.locator("main .actions a").first)  # the first to review
    phone.page.go_back()
    phone.follow("Back to the test")
    phone.press("Start a new attempt")
    phone.answer_questions()
    phone.hand_in()

    assert "2 intentos" in failed
    assert phone.words("Right answer") not in failed
    phone.reads(
        phone.words("You passed with %(points)s of %(out_of)s.", points=20, out_of=20)
    )


@pytest.mark.sweep
def test_a_switch_to_english_in_mid_attempt_loses_nothing(walk, tmp_path):
    person = Person("dario", "Darío Quej Ical", track="Other institution")
    phone = walk()
    join(phone, person)
    study(phone)
    phone.start_test(TEST["es"])
    phone.answer_questions(positions=range(1, 5))

    phone._go(phone.page.get_by_role("button", name="English"))
    phone.language = "en"
    phone.answer_questions(positions=range(5, 99))
    phone.hand_in()

    passed = "You passed with %(points)s of %(out_of)s."
    phone.reads(phone.words(passed, points=20, out_of=20))
    receive_and_verify(phone, person, walk(language="en"), tmp_path)


def test_from_the_home_page_to_the_first_lesson_in_five_screens_and_six_clicks(walk):
    """And in two minutes of thumbs; her profession and her course are asked once."""
    phone = walk()
    phone.hand = Stopwatch()
    phone.see()  # the home page
    begin = phone.page.locator("main .hero .button").first.bounding_box()

    phone._go(phone.page.get_by_role("link", name=COURSE).first)
    phone.sign_up(
        email="irma@journey.example",
        name="Irma Yat Choc",
        institution="Organismo Judicial",
        track="Judge or magistrate",
        start="Sign up and start this course",
    )

    phone.reads("Acto, medio y fin")
    assert begin["y"] <= 640  # on the first screen of 740 pixels, and not at its edge
    assert len(phone.visited) <= 5
    assert phone.clicks <= 6
    assert phone.hand.seconds < 120
    enrolled = phone.page.locator('form[action$="/finish/"] button')
    assert enrolled.count() == 1


@pytest.mark.sweep
def test_at_320_pixels_nothing_scrolls_sideways(walk, tmp_path):
    person = Person("flor", "Flor de María Ixcoy Us")
    phone = walk(width=320)
    wide = []

    def look(page):
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wide.append(page.url)

    phone.look = look
    join(phone, person)
    study(phone)
    take_the_test(phone)
    receive_and_verify(phone, person, walk(width=320), tmp_path)

    assert wide == []
