"""What machines read: what they may list, whom they warn, what a page is."""

import re
from datetime import datetime, timedelta

import pytest
from django.conf import settings as project
from django.utils import timezone

from courses.models import LessonPage
from tests.crawling import text

SITE = "https://campus.example"
LESSON = "/es/trata/modulo-uno/leccion-1/"
PUBLIC = [
    "/es/",
    "/es/trata/",
    "/es/trata/modulo-uno/",
    LESSON,
    "/es/trata/prueba-final/",
    "/es/help/",
    "/es/accessibility/",
    "/es/privacy/",
    "/es/country-notes/",
    "/es/country-notes/HN/",
]


@pytest.fixture(autouse=True)
def named(settings):
    settings.SITE_URL = SITE


def head_of(client, path):
    return text(client.get(path)).partition("</head>")[0]


def properties(head):
    """Return Open Graph name → what it says."""
    return dict(re.findall(r'<meta property="(og:[^"]+)" content="([^"]*)">', head))


def links(head):
    return re.findall(
        r'<link rel="(canonical|alternate)"(?: hreflang="(.*?)")? href="(.*?)">', head
    )


def test_robots_are_kept_from_what_is_personal(client, db):
    answer = client.get("/robots.txt")

    lines = answer.content.decode().splitlines()
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert "Disallow: /es/my-learning/" in lines
    assert "Disallow: /en/certificates/" in lines
    assert "Disallow: /" not in lines
    assert [line for line in lines if "search" in line or "country" in line] == []


def test_robots_are_told_where_the_list_is(client, db):
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert f"Sitemap: {SITE}/sitemap.xml" in lines
    assert client.get("/sitemap.xml").status_code == 200


def test_security_txt_says_whom_to_tell(client, db, settings):
    settings.SECURITY_CONTACT = "https://report.example/?a=1&b=2"

    answer = client.get("/.well-known/security.txt")

    lines = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    expires = datetime.fromisoformat(lines.pop("Expires"))
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert lines == {
        "Contact": "https://report.example/?a=1&b=2",
        "Preferred-Languages": "es, en",
        "Canonical": f"{SITE}/.well-known/security.txt",
        "Policy": f"{SITE}/security.md",
    }
    assert timedelta(days=90) < expires - timezone.now() < timedelta(days=365)


def test_security_contact_is_an_address_unless_it_is_set():
    assert project.SECURITY_CONTACT == "mailto:campus@localhost"


def test_security_policy_is_the_one_beside_the_code(client, db):
    answer = client.get("/security.md")

    assert answer.content.decode() == (project.BASE_DIR / "SECURITY.md").read_text()
    assert answer.headers["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize(
    "path", ["/robots.txt", "/.well-known/security.txt", "/security.md"]
)
def test_what_machines_ask_is_only_read_and_needs_no_query(
    client, db, path, django_assert_num_queries
):
    with django_assert_num_queries(0):
        assert client.get(path).status_code == 200
    assert client.post(path).status_code == 405


def test_a_lesson_says_what_it_is(client, course_page):
    head = head_of(client, f"{LESSON}?country=HN")

    assert properties(head) == {
        "og:site_name": "Campus",
        "og:type": "article",
        "og:title": "Lección 1",
        "og:description": "Resumen",
        "og:url": f"{SITE}{LESSON}",
        "og:locale": "es_LA",
        "og:locale:alternate": "en_US",
    }
    other = f"{SITE}/en/trata-en/modulo-uno-en/leccion-1-en/"
    assert links(head) == [
        ("canonical", "", f"{SITE}{LESSON}"),
        ("alternate", "en", other),
        ("alternate", "es", f"{SITE}{LESSON}"),
        ("alternate", "x-default", f"{SITE}{LESSON}"),
    ]


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_names_itself_and_its_other_language(client, course_page, path):
    head = head_of(client, f"{path}?from=mail")

    said = properties(head)
    assert said["og:url"] == f"{SITE}{path}"
    assert said["og:title"]
    assert ("canonical", "", f"{SITE}{path}") in links(head)
    assert [code for _rel, code, _url in links(head)] == ["", "en", "es", "x-default"]
    for _rel, _code, url in links(head):
        assert "?" not in url
        assert client.get(url.removeprefix(SITE)).status_code == 200


def test_a_page_in_english_only_has_no_default(client, course_page):
    LessonPage.objects.get(slug="leccion-1").unpublish()

    head = head_of(client, "/en/trata-en/modulo-uno-en/leccion-1-en/")

    assert [code for _rel, code, _url in links(head)] == ["", "en"]


@pytest.mark.parametrize("path", PUBLIC)
def test_what_machines_read_is_the_same_whoever_is_signed_in(
    client, ana, course_page, path
):
    stranger = head_of(client, path)
    client.force_login(ana)

    mine = head_of(client, path)

    assert mine == stranger
    assert [word for word in ana.legal_name.split() if word in mine] == []
    assert "og:title" in mine


@pytest.mark.parametrize("path", ["/es/my-learning/", "/es/account/profile/"])
def test_a_page_of_a_person_tells_machines_nothing(client, ana, course_page, path):
    client.force_login(ana)

    head = head_of(client, path)

    assert "<title>" in head
    assert "og:" not in head
    assert "canonical" not in head
