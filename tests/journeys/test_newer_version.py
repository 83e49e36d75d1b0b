"""A warning of a newer version stops an editor while there is one, and no longer."""

from playwright.sync_api import expect

from tests.journeys.desk import Desk

WARNING = "#w-save-confirmation-dialog"
SESSION = "[data-controller~=w-session]"
STALE = "it => it.setAttribute('data-w-session-intercept-value', 'conflict')"


def test_only_a_newer_version_stops_an_editor(walk):
    elena = walk(width=1280)
    elena.follow("Sign in")
    elena.sign_in("elena@demo.example")
    desk = Desk(elena.page)
    desk.go("Curso nuevo")
    desk.fill("Título", "Versiones")
    desk.fill("Código", "VER")
    desk.save("Guardar borrador")

    elena.page.locator(SESSION).evaluate(STALE)
    desk.save("Guardar borrador")
    expect(elena.page.locator(WARNING)).to_be_hidden()

    beside = Desk(elena.page.context.new_page())
    beside.page.goto(elena.page.url)
    beside.fill("Título", "Versiones de la ventana de al lado")
    beside.save("Guardar borrador")
    elena.page.locator(SESSION).evaluate(STALE)
    desk.press("Guardar borrador")
    expect(elena.page.locator(WARNING)).to_be_visible()
    assert elena.violations == []
