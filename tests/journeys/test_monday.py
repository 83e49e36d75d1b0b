"""A trainer's week: Monday at the desk, a superior's yes, a workshop in a room."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.journeys.test_people import enter, text_of
from tests.journeys.walk import Walk

RUNNING = "Puestos fronterizos y delegaciones 2026-2"
SHARED = "Judicaturas y fiscalías 2026-2"
COURSE = "Trata de personas: formación general y detección de casos"
LINK = re.compile(r"https?://\S+/es/superior/\S+/")
SUPERIOR = "jefatura@journey.example"


def open_cohort(walk: Walk, name: str) -> None:
    walk.follow("My cohorts", within=walk.page.get_by_role("banner"))
    walk.follow(name)


def main_of(walk: Walk):
    return walk.page.get_by_role("main")


def on(days: int) -> str:
    return (date.today() + timedelta(days=days)).isoformat()


def assign_the_course(walk: Walk) -> None:
    walk.follow("Courses", within=main_of(walk))
    walk.follow("Assign a course")
    walk.hand.choose(walk.page.get_by_label(walk.words("Course")).first, label=COURSE)
    walk.fill("Or: days to finish", "45")
    walk.press("Assign the course")


def test_the_trainers_monday(walk):
    tomas = enter(walk(width=1280), "tomas")
    tomas.follow("My cohorts")
    tomas.follow("New cohort")
    tomas.fill("Name", "Fiscalías nuevas 2027-1")
    tomas.fill("First day", on(7))
    tomas.fill("Last day", on(120))
    tomas.press("Form the cohort")

    tomas.follow("Import people")
    rows = [f"fiscal{number}@journey.example;Fiscal {number}" for number in range(28)]
    tomas.fill("Or paste rows", "\n".join(["correo;nombre", *rows, "sin correo;Nadie"]))
    tomas.press("Check the list")
    tomas._go(main_of(tomas).get_by_role("button", name="28"))
    assert "28" in tomas.page.locator("body").inner_text()

    assign_the_course(tomas)
    assert COURSE in text_of(tomas)

    open_cohort(tomas, RUNNING)
    tomas._go(main_of(tomas).get_by_role("link", name=re.compile(r"Avisar a 6\b")))
    tomas._go(main_of(tomas).get_by_role("button", name=re.compile(r"\b6\b")))
    open_cohort(tomas, RUNNING)
    names = main_of(tomas).locator("tbody th a")
    first = names.first.inner_text()
    tomas._go(names.first)
    tomas.follow("Give more time or attempts")
    tomas.fill("Due on", on(30))
    tomas.fill("Reason", "Licencia médica")
    tomas.press("Save for this person")

    open_cohort(tomas, RUNNING)
    row = main_of(tomas).locator("tbody tr").filter(has_text=first)
    assert (date.today() + timedelta(days=30)).strftime("%d/%m/%Y") in row.inner_text()
    assert tomas.violations == []


def test_a_superior_approves_without_an_account(walk):
    tomas = enter(walk(width=1280), "tomas")
    open_cohort(tomas, SHARED)
    tomas.follow("Settings")
    tomas.tick(
        tomas.page.get_by_label(
            tomas.words("A superior approves before a member takes an assigned course")
        )
    )
    tomas.press("Save the settings")
    open_cohort(tomas, SHARED)
    assign_the_course(tomas)

    ana = enter(walk(), "ana")
    ana.follow("My learning")
    ana._go(main_of(ana).get_by_role("button", name=ana.words("Start")).first)
    ana.fill("Name of your superior", "Marta Cojtí")
    ana.fill("Work e-mail of your superior", SUPERIOR)
    ana.press("Name my superior")

    open_cohort(tomas, SHARED)
    main_of(tomas).get_by_role("listitem").get_by_role("link", name="Ruiz").click()
    tomas.press("Confirm the superior")

    ana.follow("My learning")
    ana._go(main_of(ana).get_by_role("button", name=ana.words("Start")).first)
    letter = ana.read_mail(SUPERIOR)
    assert "Ruiz" not in letter
    assert COURSE not in letter

    superior = walk()
    superior.page.goto(LINK.search(letter)[0])  # as who taps it in the mail
    assert "Ruiz" in text_of(superior)
    superior.press("Approve")
    superior.page.goto(LINK.search(letter)[0])
    assert "Ruiz" not in text_of(superior)

    ana.follow("My learning")
    ana.follow("Continue", within=main_of(ana))
    assert ana.violations == superior.violations == []


def test_a_workshop_with_the_code_of_the_room_and_the_sheet(walk):
    now = datetime.now(ZoneInfo("America/Guatemala"))
    tomas = enter(walk(width=1280), "tomas")
    open_cohort(tomas, SHARED)
    tomas.follow("Workshops")
    tomas.follow("Plan a workshop")
    tomas.fill("Title", "Entrevista a niñas y niños")
    tomas.fill("Venue", "Sala 2, Antigua")
    tomas.fill("Begins", f"{now + timedelta(minutes=5):%Y-%m-%dT%H:%M}")
    tomas.fill("Ends", f"{now + timedelta(hours=2):%Y-%m-%dT%H:%M}")
    tomas.fill("Minutes that count", "90")
    tomas.page.get_by_label(tomas.words("Places"), exact=True).fill("20")
    tomas.press("Plan the workshop")
    tomas.follow("Show the code of the room")
    code = tomas.page.locator(".room-code").inner_text()

    bruno = enter(walk(javascript=False), "bruno")
    bruno.follow("My learning")
    bruno.follow("I am here")
    bruno.fill("Code", code)
    bruno.press("Say that I am here")

    tomas.follow("Entrevista a niñas y niños")
    row = main_of(tomas).locator("tbody tr").filter(has_text="Xicará")
    assert tomas.words("present") in row.inner_text()
    tomas.follow("Print the list")
    assert "Ruiz" in text_of(tomas)
    assert main_of(tomas).locator("td.qr svg").count() >= 2
