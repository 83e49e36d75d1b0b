"""Every answer carries a policy; nothing private is cached; the log names nobody."""

import json
import logging
import sys

import pytest
from django.conf import settings
from django.test import Client

from lms.web.logs import JsonFormatter

LESSON = "/es/trata/modulo-uno/leccion-1/"


def policy_of(response) -> dict[str, str]:
    directives = response.headers["Content-Security-Policy"].split("; ")
    return {d.split(" ", 1)[0]: d.split(" ", 1)[1] for d in directives}


@pytest.mark.parametrize(
    "path",
    [
        "/es/",
        "/es/trata/",
        LESSON,
        "/es/trata/prueba-final/",
        "/en/help/",
        "/es/account/login/",
        "/es/nothing/",
        "/healthz",
    ],
)
def test_policy_lets_pages_load_only_what_is_ours(client, edition, path):
    policy = policy_of(client.get(path))

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["require-trusted-types-for"] == "'script'"
    assert not [d for d in policy.values() if "unsafe" in d or "http" in d]


def test_policy_of_the_editor_is_looser_and_only_there(client, admin):
    client.force_login(admin)

    policy = policy_of(client.get("/admin/"))

    assert "'unsafe-inline'" in policy["script-src"]
    assert "'unsafe-inline'" not in policy_of(client.get("/es/help/"))["script-src"]


def test_preview_may_be_framed_by_the_editor_and_runs_nothing(
    client, admin, course_page
):
    client.force_login(admin)

    policy = policy_of(client.get(f"/admin/pages/{course_page.pk}/view_draft/"))

    assert policy["frame-ancestors"] == "'self'"
    assert policy["script-src"] == "'self'"


@pytest.mark.parametrize("path", ["/es/", LESSON, "/es/my-learning/", "/es/nothing/"])
def test_page_shown_to_a_signed_in_person_is_kept_by_no_cache(
    client, ana, enrolment, path
):
    client.force_login(ana)

    kept = client.get(path).headers["Cache-Control"]

    assert "no-store" in kept
    assert "private" in kept


def test_page_of_somebody_is_drawn_into_no_other_site(client, ana):
    client.force_login(ana)

    own, public = client.get("/es/my-learning/"), Client().get("/es/")

    assert own.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Cross-Origin-Resource-Policy" not in public.headers


@pytest.mark.parametrize("path", ["/es/account/logout/", "/admin/logout/"])
def test_browser_forgets_at_the_sign_out_what_it_was_shown(client, admin, path):
    client.force_login(admin)

    before, out = client.get("/es/my-learning/"), client.post(path)

    assert "Clear-Site-Data" not in before.headers
    assert out.headers["Clear-Site-Data"] == '"cache"'
    assert "Clear-Site-Data" not in client.get("/es/").headers


def test_page_shown_to_anybody_may_be_kept(client, edition):
    assert "no-store" not in client.get(LESSON).headers.get("Cache-Control", "")


def test_pages_hold_nothing_inline(client, edition):
    for path in ("/es/", "/es/trata/", LESSON, "/es/trata/prueba-final/", "/es/pause/"):
        body = client.get(path).content.decode()

        assert " style=" not in body
        assert "<script" not in body
        assert "<style" not in body


def test_log_line_says_which_view_answered_and_how(client, edition, caplog):
    with caplog.at_level(logging.INFO, logger="campus.request"):
        client.get(LESSON)

    line = json.loads(JsonFormatter().format(caplog.records[-1]))
    assert (line["method"], line["view"], line["status"]) == ("GET", "lesson", 200)
    assert line["message"] == "request"


def test_log_line_holds_no_path_query_or_person(client, ana, enrolment, caplog):
    client.force_login(ana)

    with caplog.at_level(logging.INFO, logger="campus.request"):
        client.get(LESSON, {"code": "SECRET7K4M"}, REMOTE_ADDR="198.51.100.7")

    text = JsonFormatter().format(caplog.records[-1])
    for secret in ("leccion-1", "SECRET7K4M", ana.email, "Ana", "198.51.100.7"):
        assert secret not in text
    assert json.loads(text).keys() == {
        "at",
        "level",
        "logger",
        "message",
        "reference",
        "method",
        "view",
        "status",
        "ms",
    }


def test_log_of_a_failure_is_one_line_with_its_trace_and_not_its_message():
    address = "ana@example.org"
    try:
        raise ValueError(address)
    except ValueError:
        facts = sys.exc_info()
    record = logging.LogRecord("x", logging.ERROR, "f", 1, "failed", None, facts)

    line = JsonFormatter().format(record)

    assert "\n" not in line
    assert json.loads(line)["exception"] == "builtins.ValueError"
    assert "test_middleware.py" in json.loads(line)["trace"][0]
    assert address not in line


def test_settings_name_no_foreign_host():
    assert not [
        source
        for sources in settings.SECURE_CSP.values()
        for source in sources
        if "." in str(source)
    ]
