"""How the API says no, and what has every answer in common."""

import json
import re

import pytest
from django.http import HttpResponse
from django.test import Client

from lms.api import problems
from lms.api.frame import api
from lms.api.middleware import MachineAnswers

pytestmark = pytest.mark.django_db
NAME = "/api/v1/certificates/x/name"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("get", "/api/v1/nothing", 404, "not-found"),
        ("get", "/api/v2/me", 404, "not-found"),
        ("get", "/api/v1/", 404, "not-found"),
        ("post", "/api/v1/me", 405, "method-not-allowed"),
        ("delete", "/api/v1/openapi.json", 405, "method-not-allowed"),
        ("post", NAME, 400, "request-unreadable"),
        ("get", "/api/v1/me?x=1", 422, "not-valid"),
    ],
)
def test_every_no_is_a_problem_document(program, method, path, status, code):
    answer = getattr(program, method)(path)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["status"] == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers.get("Allow") is None or status == 405


def test_unreadable_body_is_a_problem_document():
    answer = Client().post(NAME, "{", content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (400, "request-unreadable")


def test_unknown_parameters_are_named(program):
    answer = program.get("/api/v1/me?contry=GT&b=1")

    assert answer.json()["errors"] == [
        {
            "field": name,
            "code": "unknown-parameter",
            "message": "No existe ese parámetro.",
        }
        for name in ("b", "contry")
    ]


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "request-unreadable"),
        (403, "refused"),
        (413, "too-large"),
        (418, "request-unreadable"),
        (500, "server-error"),
        (503, "unavailable"),
    ],
)
def test_pages_that_say_no_become_documents(rf, status, code):
    page = HttpResponse("the secret of the house", status=status)

    answer = MachineAnswers(lambda request: page)(rf.get("/api/v1/me"))

    assert json.loads(answer.content)["code"] == code
    assert "secret" not in answer.content.decode()


def test_answers_below_other_addresses_stay_pages(client):
    answer = client.get("/es/nothing-here/")

    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")


def test_description_names_every_status_as_what_it_is(client):
    schema = client.get("/api/v1/openapi.json").json()

    assert schema == json.loads(json.dumps(api.get_openapi_schema()))
    for ways in schema["paths"].values():
        for operation in ways.values():
            for status, said in operation["responses"].items():
                kind = "application/json" if status == "200" else problems.MEDIA_TYPE
                assert list(said["content"]) == [kind]


@pytest.mark.parametrize("language", ["en", "es"])
def test_docs_speak_the_readers_language_and_load_nothing_foreign(client, language):
    page = client.get("/api/v1/docs", headers={"Accept-Language": language})

    text = page.content.decode()
    assert f'<html lang="{language}"' in text
    loaded = re.findall(r'<(?:script|link|img)[^>]* (?:src|href)="([^"]+)"', text)
    assert loaded
    assert [path for path in loaded if not path.startswith("/static/")] == []
    for code in problems.KINDS:
        assert f'id="{code}"' in text
    for path in api.get_openapi_schema()["paths"]:
        assert path in text


ENGLISH = [
    "The question has values that are not possible.",
    "There is no such parameter.",
    "Send one of these: 'enrolled', 'due', 'completed', 'expires'.",
    "Send at most 60 characters.",
    "Write it as 2026-11-30.",
    "Send no less than 1.",
]
SPANISH = [
    "La pregunta tiene valores que no son posibles.",
    "No existe ese parámetro.",
    "Envíe uno de estos: 'enrolled', 'due', 'completed', 'expires'.",
    "Envíe 60 caracteres como máximo.",
    "Escríbalo así: 2026-11-30.",
    "No envíe menos de 1.",
]


@pytest.mark.parametrize(
    ("query", "remembered", "sentences"),
    [
        ({}, "", ENGLISH),  # of the account
        ({}, "es", SPANISH),
        ({"lang": "es"}, "en", SPANISH),
    ],
)
def test_program_is_told_what_is_wrong_in_the_language_of_one_rule(
    make, mandate, query, remembered, sentences
):
    mandate.holder.language = "en"
    mandate.holder.save()
    program = Client(headers={"Authorization": f"Bearer {make(mandate)[1]}"})
    program.cookies["language"] = remembered
    first = {"dated": "x", "institution": "g" * 61, "from_on": "1.11.2026"}

    answers = [
        program.get("/api/v1/me", {"x": 1} | query).json(),
        program.get("/api/v1/report/lines", first | {"limit": "0"} | query).json(),
    ]

    told = {answer["title"] for answer in answers}
    told |= {one["message"] for answer in answers for one in answer["errors"]}
    assert told == set(sentences)
