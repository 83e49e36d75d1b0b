"""A program of a ministry: a token by visible links, what it reads, and its end."""

import json
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tests.journeys.test_people import enter, text_of
from tests.journeys.walk import CAST_PASSWORD, Walk


def asks(site: str, path: str, secret: str) -> tuple[int, dict]:
    """Ask as a program does; return status and document."""
    shown = {"Authorization": f"Bearer {secret}"}
    try:
        # Our own server.
        with urlopen(Request(f"{site}{path}", headers=shown)) as answer:  # noqa: S310
            return answer.status, json.load(answer)
    except HTTPError as refusal:
        return refusal.code, json.load(refusal)


def make_a_token(walk: Walk, name: str) -> str:
    walk.follow("Make a token")
    if "reauthenticate" in walk.page.url:
        walk.fill("Password", CAST_PASSWORD)
        walk.press("Confirm")
    walk.fill("Name", name)
    walk.press("Make the token")
    return walk.page.locator("#secret").inner_text()


def test_a_program_reads_by_a_token_until_it_is_revoked(walk):
    ines = enter(walk(width=1280), "ines")
    ines.follow_in_account_menu("My mandates")
    ines.follow("Tokens for programs", within=ines.page.get_by_role("main"))
    secret = make_a_token(ines, "Tablero de la institución")
    site = ines.page.url.split("/es/")[0]

    status, me = asks(site, "/api/v1/me", secret)
    assert (status, me["name"]) == (200, "Tablero de la institución")
    status, first = asks(site, "/api/v1/report/lines?limit=5&fields=state", secret)
    assert status == 200
    assert {line["institution_code"][:3] for line in first["lines"]} <= {"gt-"}
    assert asks(site, f"/api/v1/me?token={secret}", "x")[0] == 401

    ines.follow("I have copied it")
    assert "Tablero de la institución" in text_of(ines)
    assert secret.split("_")[2] not in ines.page.content()
    ines.follow("Revoke", within=ines.page.get_by_role("main"))
    ines.press("Revoke it")
    status, refusal = asks(site, "/api/v1/report/lines", secret)
    assert (status, refusal["code"]) == (401, "token-not-valid")
    assert ines.violations == []
