"""Our own pages for what goes wrong: in the reader's language, with a way on."""

import pytest
from django.test import Client, RequestFactory
from django.utils.translation import override

from lms.web import errors


@pytest.mark.parametrize(
    ("path", "language"), [("/es/nothing/", "es"), ("/en/nothing/", "en")]
)
def test_page_not_found_speaks_the_language_of_the_address(client, db, path, language):
    answer = client.get(path)

    assert answer.status_code == 404
    assert f'<html lang="{language}"' in answer.content.decode()
    assert f'href="/{language}/help/"' in answer.content.decode()
    assert f'action="/{language}/search/"' in answer.content.decode()


def test_form_from_nowhere_is_refused_with_our_own_page(db):
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post("/es/theme/", {"theme": "dark"})

    assert answer.status_code == 403
    assert answer.templates[0].name == "errors/csrf.html"
    assert "theme" not in answer.cookies


@pytest.mark.parametrize("status", [400, 403])
def test_refusal_has_its_own_page_with_a_way_on(client, db, settings, status):
    settings.ROOT_URLCONF = "tests.lms.web.failing_urls"

    answer = client.get(f"/fail/{status}")

    assert answer.status_code == status
    assert answer.templates[0].name == f"errors/{status}.html"
    assert 'class="actions"' in answer.content.decode()


def test_failure_page_needs_no_database_and_names_a_reference(
    client, django_db_blocker
):
    request = RequestFactory().get("/es/help/")
    request.reference = "8F2K0000"

    with django_db_blocker.block(), override("es"):
        answer = errors.server_error(request)

    body = answer.content.decode()
    assert answer.status_code == 500
    assert "8F2K0000" in body
    assert 'href="/es/help/"' in body
    assert "<script" not in body


def test_failure_page_keeps_the_colours_that_were_chosen():
    request = RequestFactory().get("/es/help/")
    request.COOKIES["theme"] = "dark"

    answer = errors.server_error(request)

    assert 'data-theme="dark"' in answer.content.decode()


def test_failure_in_a_view_shows_the_reference_of_the_log_line(db, settings, caplog):
    settings.ROOT_URLCONF = "tests.lms.web.failing_urls"
    caplog.set_level("INFO", logger="campus.request")

    answer = Client(raise_request_exception=False).get("/fail/500")

    line = next(r for r in caplog.records if r.name == "campus.request")
    assert answer.status_code == line.facts["status"] == 500
    assert line.facts["reference"] in answer.content.decode()
