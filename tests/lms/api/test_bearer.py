"""Who is let in: a standing token in the header, and nothing else."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lms.api.limits import FAILURES_PER_MINUTE
from lms.mandates.actions import end
from lms.models import Token
from lms.people.actions import close
from lms.tokens.actions import revoke
from tests.factories import MandateFactory

pytestmark = pytest.mark.django_db
ME = "/api/v1/me"


def asked(secret, **more):
    return Client().get(ME, headers={"Authorization": f"Bearer {secret}"}, **more)


def test_me_says_what_the_token_sees(program, mandate, secret, settings):
    assert program.get(ME).json() == {
        "name": "Tablero",
        "prefix": secret.split("_")[1],
        "scope": ["report:read"],
        "until": str(timezone.localdate() + timedelta(days=30)),
        "mandate": {
            "role": "ministry",
            "country": "GT",
            "institution": {
                "code": "gt-organismo-judicial",
                "name": {"es": "Organismo Judicial", "en": "Judiciary"},
            },
            "until": str(mandate.until_on),
        },
        "requests_per_minute": settings.API_REQUESTS_PER_MINUTE,
    }


def test_token_says_when_it_was_last_used(program):
    program.get(ME)

    assert Token.objects.get().last_used_on == timezone.localdate()


def test_two_mandates_of_one_holder_are_two_tokens(make, ines, mandate):
    other = MandateFactory(holder=ines, country="HN")
    (_one, first), (_two, second) = make(mandate), make(other)

    assert asked(first).json()["mandate"]["country"] == "GT"
    assert asked(second).json()["mandate"] == {
        "role": "ministry",
        "country": "HN",
        "institution": None,
        "until": str(other.until_on),
    }


@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer ", "Bearer x", "Basic eDp5"])
def test_nothing_else_lets_in(mandate, shown):
    answer = Client().get(ME, headers={"Authorization": shown} if shown else {})

    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["WWW-Authenticate"].startswith('Bearer realm="Campus"')
    code = "token-not-valid" if shown else "token-missing"
    assert answer.json()["code"] == code
    assert answer.json()["type"] == f"/api/v1/docs#{code}"


def test_neither_a_session_nor_an_address_lets_in(client, ines, secret):
    client.force_login(ines)

    assert client.get(ME).status_code == 401
    assert client.get(f"{ME}?access_token={secret}").status_code == 401
    assert client.get(f"{ME}?token={secret}").status_code == 401


@pytest.mark.parametrize(
    "over", ["revoked", "run out", "mandate ended", "mandate ran out", "closed"]
)
def test_between_two_requests_it_is_over(ines, mandate, secret, admin, over):
    assert asked(secret).status_code == 200
    now, yesterday = timezone.now(), timezone.localdate() - timedelta(days=1)

    match over:
        case "revoked":
            revoke(Token.objects.get(), by=ines, at=now)
        case "run out":
            Token.objects.update(until_on=yesterday)
        case "mandate ended":
            end(mandate, by=admin, reason="Cambio de puesto", at=now)
        case "mandate ran out":
            mandate.until_on = yesterday
            mandate.save()
        case "closed":
            close(ines, by=ines, reason="closed by the person", at=now)

    answer = asked(secret)
    assert (answer.status_code, answer.json()["code"]) == (401, "token-not-valid")


def test_token_is_limited_by_itself(make, mandate, secret, settings):
    settings.API_REQUESTS_PER_MINUTE = 2
    other = make(mandate, name="Otro")[1]
    answers = [asked(secret) for _time in range(5)]

    late = [answer for answer in answers if answer.status_code == 429]
    assert len(late) >= 1  # a minute may begin in between
    assert late[0].json()["code"] == "too-many-requests"
    assert 1 <= int(late[0].headers["Retry-After"]) <= 60
    assert asked(other).status_code == 200


def test_failures_are_limited_by_address_and_keep_nobody_else_out(secret):
    statuses = [asked("x").status_code for _time in range(2 * FAILURES_PER_MINUTE + 1)]

    assert statuses[0] == 401
    assert 429 in statuses
    assert asked(secret).status_code == 200
    assert asked("x", REMOTE_ADDR="198.51.100.7").status_code == 401


def test_request_asks_few_queries_and_no_session(program, django_assert_num_queries):
    program.get(ME)

    with django_assert_num_queries(3):  # the token, and two of the counter
        answer = program.get(ME)

    assert answer.cookies == {}
