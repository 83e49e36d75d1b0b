"""40 scripts in every text of a course: none runs in a browser, on screen or paper.

Pages are drawn by this process and opened in a real browser without our policy of
content security, which would hide a hole.
"""

import pytest
from django.utils import timezone

from courses import actions
from courses.models import LessonPage
from tests.factories import make_edition
from tests.payloads import ALL, LINKS, short_texts, spoil_texts, spoil_titles

# Wagtail leaves the file of a new rendition to the garbage collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Unclosed file <tempfile:ResourceWarning"
)
LESSON = "/es/trata/modulo-uno/leccion-1/"
ADDRESSES = [
    "/es/",
    "/es/trata/",
    "/es/trata/modulo-uno/",
    LESSON,
    f"{LESSON}?country=GT",
    "/es/trata/prueba-final/",
    "/es/my-learning/",
    "/es/country-notes/GT/",
    "/es/glossary/",
]
# Ends in no function: Playwright would call it.
COUNT = "window.hit = () => { window.hits += 1 }; window.hits = 0"


@pytest.fixture
def screen(browser):
    """Open a text as a page; count the scripts that ran, its links clicked as well."""
    context = browser.new_context()
    context.add_init_script(COUNT)
    page = context.new_page()
    page.route("**/*", lambda route: route.abort())

    def hits_of(html: str) -> int:
        page.goto("about:blank")
        page.evaluate(COUNT)
        page.set_content(html, wait_until="domcontentloaded")
        page.emulate_media(media="print")
        page.emulate_media(media="screen")
        page.evaluate(
            "for (const a of document.querySelectorAll('main a'))"
            " if (/^(javascript|data|vbscript):/i.test(a.href)) a.click()"
        )
        page.wait_for_timeout(50)
        return page.evaluate("window.hits")

    yield hits_of
    context.close()


def test_the_browser_would_run_them(screen):
    """What the other tests rely on: such a text runs where it is not made harmless."""
    assert screen(f"<main>{ALL}</main>") > 5
    assert screen(f'<main><a href="{LINKS[0]}">x</a></main>') == 1


def test_no_script_of_an_editor_runs(client, ana, course_page, screen):
    spoil_texts(course_page)
    edition = make_edition(course_page)
    actions.enrol(ana, course=edition.course, at=timezone.now())
    client.force_login(ana)

    ran = {address: screen(client.get(address).text) for address in ADDRESSES}
    for text in short_texts():
        spoil_titles(text)
        for address in ("/es/", "/es/trata/", LESSON):
            ran[f"{address} {text}"] = screen(client.get(address).text)

    assert {address: hits for address, hits in ran.items() if hits} == {}


def test_no_script_of_an_editor_runs_in_a_preview(course_page, screen):
    spoil_texts(course_page)
    page = LessonPage.objects.get(slug="leccion-1")

    answer = page.make_preview_request(preview_mode=page.default_preview_mode)
    answer.render()

    assert screen(answer.text) == 0
