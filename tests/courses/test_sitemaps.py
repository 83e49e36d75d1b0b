"""What the sitemap lists: pages that all may read, each with its other languages."""

import xml.etree.ElementTree as ElementTree

import pytest
from wagtail.models import Page, PageViewRestriction

from courses.models import LessonPage, ModulePage
from tests import factories

LIST = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
SITE = "https://campus.example"


@pytest.fixture
def listed(client, settings):
    """Return a function that reads the sitemap: address → language → address."""
    settings.SITE_URL = SITE

    def read():
        answer = client.get("/sitemap.xml", headers={"host": "elsewhere.example"})
        assert answer.headers["Content-Type"] == "application/xml"
        tree = ElementTree.fromstring(answer.content)  # noqa: S314 - our page
        return {
            url.find(f"{LIST}loc").text.removeprefix(SITE): {
                link.get("hreflang"): link.get("href").removeprefix(SITE)
                for link in url.iter(LINK)
            }
            for url in tree.iter(f"{LIST}url")
        }

    return read


def test_a_lesson_is_listed_in_each_language_with_the_other(course_page, listed):
    es, en = (
        "/es/trata/modulo-uno/leccion-1/",
        "/en/trata-en/modulo-uno-en/leccion-1-en/",
    )

    pages = listed()

    assert pages[es] == pages[en] == {"es": es, "en": en, "x-default": es}


def test_everything_listed_is_there_and_nothing_is_a_persons(
    client, ana, course_page, listed
):
    paths = set(listed())

    assert paths >= {"/es/", "/en/", "/es/trata/", "/en/trata-en/"}
    assert paths >= {"/es/help/", "/en/privacy/", "/es/accessibility/"}
    assert paths >= {"/es/country-notes/", "/en/country-notes/HN/"}
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(
        paths, 200
    )
    assert [p for p in paths if "account" in p or "my-learning" in p] == []


def test_a_page_in_one_language_has_no_other(course_page, listed):
    page = LessonPage.objects.get(slug="leccion-1-en")
    page.unpublish()

    path = "/es/trata/modulo-uno/leccion-1/"

    assert listed()[path] == {"es": path, "x-default": path}


def test_a_page_only_in_english_has_no_default(course_page, listed):
    LessonPage.objects.get(slug="leccion-1").unpublish()

    path = "/en/trata-en/modulo-uno-en/leccion-1-en/"

    assert listed()[path] == {"en": path}


def test_pages_that_are_closed_or_below_one_taken_down_are_left_out(
    course_page, listed
):
    before = [path for path in listed() if "modulo-uno/" in path]
    ModulePage.objects.filter(slug="modulo-uno").update(live=False)
    PageViewRestriction.objects.create(
        page=Page.objects.get(slug="trata-en"), restriction_type="login"
    )

    paths = listed()

    assert len(before) == 4
    assert [path for path in paths if "modulo-uno/" in path] == []
    assert [path for path in paths if "trata-en" in path] == []
    assert "/es/trata/" in paths


def test_sitemap_asks_as_much_for_many_pages_as_for_few(
    course_page, client, django_assert_num_queries
):
    client.get("/sitemap.xml")
    with django_assert_num_queries(3):
        client.get("/sitemap.xml")
    factories.make_course_page(code="C2", slug="otro")

    with django_assert_num_queries(3):
        client.get("/sitemap.xml")
