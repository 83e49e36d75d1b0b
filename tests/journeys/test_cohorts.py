"""A cohort comes together: by a letter's link, by a code in a room."""

import re

from tests.journeys.test_people import enter, text_of
from tests.journeys.walk import Walk

COHORT = "Judicaturas y fiscalías 2026-2"
LINK = re.compile(r"https?://\S+/es/join/\S+/")


def test_a_learner_by_invitation_on_a_phone(walk):
    tomas = enter(walk(width=1280), "tomas")
    tomas.follow("My cohorts")
    tomas.follow(COHORT)
    tomas.follow("Invite people")
    tomas.fill("E-mail addresses", "irene@journey.example")
    tomas.press("Send the invitations")
    assert "irene@journey.example" in text_of(tomas)

    irene = walk()
    letter = irene.read_mail("irene@journey.example")
    assert COHORT not in letter
    irene.page.goto(LINK.search(letter)[0])  # as who taps it in the mail
    assert COHORT in text_of(irene)
    create_account(irene, name="Irene Caal Tzul")
    irene.press("Join the cohort")
    assert irene.words("You joined %(cohort)s.", cohort=COHORT) in text_with_notices(
        irene
    )

    tomas.follow(COHORT)
    assert "Caal Tzul, Irene" in text_of(tomas)
    tomas.follow("Invite people")
    assert "irene@journey.example" not in text_of(tomas)
    assert irene.violations == []


def test_a_learner_by_the_code_on_the_wall(walk):
    tomas = enter(walk(width=1280), "tomas")
    tomas.follow("My cohorts")
    tomas.follow(COHORT)
    tomas.follow("Show a code to a room")
    tomas.fill("People in the room", "2")
    tomas.choose("For how long", "2 horas")
    tomas.press("Open a code")
    code = tomas.page.locator(".wall-code").inner_text()
    before = people_in_the_list(tomas)

    carla = enter(walk(language="en", javascript=False), "carla")
    carla.follow("Join a cohort with a code")
    carla.fill("Code on the wall", code.lower().replace("-", " "))
    carla.press("See the cohort")
    assert "By joining you agree to it." in text_of(carla)
    carla.press("Join the cohort")

    tomas.follow("Count again")
    assert people_in_the_list(tomas) == before + 1
    tomas.press("Close the code")


def people_in_the_list(walk: Walk) -> int:
    return int(re.search(r"Ahora hay (\d+) personas", text_of(walk))[1])


def create_account(walk: Walk, *, name: str) -> None:
    """Sign up from the link: the address is there already, and needs no code."""
    walk.press("Create my account")
    walk.say_who_i_am(
        name=name,
        institution="Ministerio Público (fiscalía contra la trata de personas)",
        track="Prosecutor or investigator",
    )
    walk.press("Create the account")


def text_with_notices(walk: Walk) -> str:
    return walk.page.locator("body").inner_text()
