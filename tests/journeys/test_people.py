"""Granting, confirming, reading who looked, being helped: by visible links alone."""

import re

from tests.journeys.test_whole_path import Person, join
from tests.journeys.walk import PASSWORD, Walk


def enter(walk: Walk, key: str) -> Walk:
    """Sign in as one of the demo's cast, from the home page."""
    walk.follow("Sign in")
    walk.sign_in(f"{key}@demo.example")
    return walk


def text_of(walk: Walk) -> str:
    return walk.page.get_by_role("main").inner_text()


def test_the_secretariat_grants_guatemala_its_trainer(walk):
    sofia = enter(walk(width=1280), "sofia")
    sofia.follow("Mandates")
    sofia.follow("National trainer")
    sofia.choose("Country", "Guatemala")
    sofia.fill("E-mail", "carla@demo.example")
    sofia.fill("Reason", "Nombramiento 12-2026")
    sofia.press("Ask for the mandate")
    assert sofia.words("waits for a second person") in text_of(sofia)

    admin = enter(walk(width=1280), "admin")
    admin.follow("Approvals")
    trainer = admin.words("National trainer")
    admin.follow("Mandate: %(role)s, %(place)s", role=trainer, place="Guatemala")
    assert "carla@demo.example" in text_of(admin)
    admin.press("Approve")

    carla = enter(walk(language="en"), "carla")
    letter = carla.read_mail("carla@demo.example", subject="offered a task")
    assert "Guatemala" not in letter
    carla.follow_in_account_menu("My mandates")
    carla.follow("Accept")
    carla.press("Send me a code")
    letter = carla.read_mail("carla@demo.example", subject="A code for")
    carla.fill("Code of the message", re.search(r"\b\d{8}\b", letter)[0])
    carla.press("Accept the mandate")
    carla.follow("My cohorts")
    carla.reads("My cohorts")


def test_a_ministry_officer_confirms_twelve_of_fifteen(walk):
    ines = enter(walk(width=1280), "ines")
    ines.follow("My institution")
    ines.follow("See who is waiting")
    names = ines.page.locator("tbody tr th")
    waiting = names.all_inner_texts()
    assert len(waiting) == 15
    for number in range(12):
        ines.tick(ines.page.get_by_role("checkbox").nth(number))
    ines.press("Confirm whom I ticked")

    assert names.all_inner_texts() == waiting[12:]
    ines.follow("My institution", within=ines.page.get_by_role("banner"))
    ines.follow("People who belong")
    confirmed = {name.partition("\n")[0] for name in waiting[:12]}
    assert confirmed <= set(names.all_inner_texts())


def test_a_learner_reads_who_looked_at_her(walk):
    tomas = enter(walk(width=1280), "tomas")
    tomas.follow("My cohorts")
    tomas.follow("Judicaturas y fiscalías 2026-2")
    assert "Ruiz" in text_of(tomas)

    ana = enter(walk(), "ana")
    ana.follow_in_account_menu("My data")
    ana.follow("Who looked at your data")

    looks = text_of(ana).split(ana.words("Who looked at your data"))[-1]
    assert ana.words("National trainer") in looks
    assert ana.words("members of a cohort") in looks
    assert "Tomás" not in looks


def test_the_administrator_helps_a_locked_out_learner_back_in(walk):
    """The phone with the second step is lost, and so are the recovery codes."""
    person = Person("mirna", "Mirna Coc Caal")
    mirna = walk()
    join(mirna, person)
    mirna.turn_the_app_on()
    mirna.sign_out()
    mirna.follow("Sign in")
    mirna.sign_in(person.email, password=PASSWORD)
    assert re.search("2fa/authenticate", mirna.page.url)

    admin = enter(walk(width=1280), "admin")
    admin.follow("People support")
    admin.fill("E-mail of the account", person.email)
    admin.fill("Reason", "Perdió el teléfono")
    admin.press("Open the account")
    admin.follow("The second step is lost")
    way = admin.words("Video call with an identity document")
    admin.tick(admin.page.get_by_label(way))
    admin.fill("Reason", "Oficio 7-2026")
    admin.press("Remove the second step")

    mirna.follow("Campus")
    mirna.follow("Sign in")
    mirna.sign_in(person.email, password=PASSWORD)
    mirna.follow_in_account_menu("My data")
    assert mirna.words("account opened by people support") in text_of(mirna)
