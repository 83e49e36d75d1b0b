"""Checking certificates by the API: the facts of the paper, and no name."""

import pytest
from django.test import Client

from certificates import rules
from lms.audit.models import Event

pytestmark = pytest.mark.usefixtures("on_the_day")
NAME = "Ana Lucía Ruiz Morales"
UNKNOWN = "0" * 26


@pytest.fixture
def program():
    """A program without a token."""
    return Client()


def checked(program, code, name=NAME, **more):
    return program.post(
        f"/api/v1/certificates/{code}/name",
        {"name": name},
        content_type="application/json",
        **more,
    )


@pytest.mark.parametrize(
    "state", ["valid", "expired", "revoked", "suspended", "superseded"]
)
def test_certificate_says_how_it_stands(program, put, state):
    award = put(state)

    said = program.get(f"/api/v1/certificates/{award.code}").json()

    assert said == {
        "code": rules.code_printed(award.code),
        "standing": state,
        "as_of": "2026-11-02",
        "course": {"es": "Trata de personas", "en": "Trafficking in persons"},
        "issuer": {"es": "Programa regional", "en": "Regional programme"},
        "edition": award.edition_label,
        "track": "judge",
        "minutes_online": award.minutes,
        "minutes_in_person": 0,
        "law_as_of": "2026-11-01",
        "issued_on": "2026-11-02",
        "valid_until": str(award.valid_until),
        "revoked_on": "2026-11-02" if state == "revoked" else None,
        "revoked_for": "deception" if state == "revoked" else None,
        "suspended_on": "2026-11-02" if state == "suspended" else None,
    }


def test_certificate_is_found_however_its_code_is_typed(program, award):
    typed = rules.code_printed(award.code).lower()

    assert program.get(f"/api/v1/certificates/{typed}").status_code == 200


@pytest.mark.parametrize("code", [UNKNOWN, "x", "¿", "%00"])
def test_what_is_no_code_and_nobodys_code_are_answered_alike(program, award, code):
    for answer in (
        program.get(f"/api/v1/certificates/{code}"),
        checked(program, code),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


def test_neither_name_nor_reason_is_told(program, put):
    award = put("revoked")

    answer = program.get(f"/api/v1/certificates/{award.code}")

    assert "Ana" not in answer.content.decode()
    assert "SECRET-REASON" not in answer.content.decode()
    assert Event.objects.count() == 0


def test_name_matches_or_not_and_the_holder_sees_that_it_was_asked(program, award):
    assert checked(program, award.code, "ana lucia RUIZ morales").json() == {
        "matches": True
    }
    assert checked(program, award.code, "Otra Persona").json() == {"matches": False}

    assert (
        list(Event.objects.values_list("kind", "actor", "subjects"))
        == [(Event.Kind.CHECK, None, award.holder_id)] * 2
    )


@pytest.mark.parametrize("name", ["", "x" * 201, None, 7, ["Ana"]])
def test_what_is_no_name_is_refused(program, award, name):
    answer = checked(program, award.code, name)

    assert answer.status_code == 422
    assert [wrong["field"] for wrong in answer.json()["errors"]] == ["name"]
    assert Event.objects.count() == 0


def test_name_is_checked_a_few_times_an_hour(program, award):
    for _time in range(rules.NAME_CHECKS_PER_HOUR):
        assert checked(program, award.code, "Otra Persona").status_code == 200

    late = checked(program, award.code)

    assert late.status_code == 429
    assert late.headers["Retry-After"] == "3600"  # NOON begins an hour


def test_page_and_api_count_one_address_together(program, award):
    for _time in range(rules.CHECKS_PER_MINUTE):
        assert program.post(f"/v/{UNKNOWN}", {"name": "x"}).status_code == 404

    late = checked(program, award.code)

    assert (late.status_code, late.headers["Retry-After"]) == (429, "60")
    elsewhere = checked(program, award.code, REMOTE_ADDR="198.51.100.7")
    assert elsewhere.status_code == 200


def test_reading_is_limited_by_address(program, award, settings):
    settings.API_REQUESTS_PER_MINUTE = 2
    path = f"/api/v1/certificates/{award.code}"

    statuses = [program.get(path).status_code for _time in range(3)]

    assert statuses == [200, 200, 429]
    assert program.get(path, REMOTE_ADDR="198.51.100.7").status_code == 200
