"""40 scripts in every text of a course: none runs in a browser, on screen or paper.

Pages are drawn by this process and opened in a real browser without our policy of
content security, which would hide a hole.
"""

from itertools import chain

import pytest
from django.utils import timezone

from courses import actions
from courses.models import LessonPage
from tests.factories import make_edition
from tests.opened import CASE, LESSON, opened, previewed
from tests.payloads import ALL, LINKS, short_texts
from tests.spoiling import spoil, spoil_files, spoil_titles

# Wagtail leaves the file of a new rendition to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning"),
    pytest.mark.sweep,
]
TITLED = ["/es/", "/es/trata/", LESSON, CASE]
# Nobody answers at this port, so that what a page asks for fails at once.
HERE = "http://127.0.0.1:1/"
HTML = "text/html; charset=utf-8"
# Ends in no function: Playwright would call it.
COUNT = "window.hit = () => { window.hits += 1 }; window.hits = 0"
CLICK = """async () => {
    for (const a of document.querySelectorAll('main a'))
        if (/^(javascript|data|vbscript):/i.test(a.href)) a.click()
    await new Promise(resolve => setTimeout(resolve, 50))
    return window.hits
}"""


@pytest.fixture
def screen(browser):
    """Open a text as a page; count the scripts that ran, its links clicked as well."""
    context = browser.new_context()
    context.add_init_script(COUNT)
    page, shown = context.new_page(), {}
    page.route(HERE, lambda route: route.fulfill(**shown, content_type=HTML))

    def hits_of(html: str) -> int:
        shown["body"] = html
        page.emulate_media(media="screen")
        page.goto(HERE, wait_until="load")
        page.emulate_media(media="print")
        return page.evaluate(CLICK)

    yield hits_of
    context.close()


def test_the_browser_would_run_them(screen):
    """What the other tests rely on: such a text runs where it is not made harmless."""
    assert screen(f"<main>{ALL}</main>") > 5
    assert screen(f'<main><a href="{LINKS[0]}">x</a></main>') == 1


@pytest.fixture
def enrolment(ana, client, course_page):
    """Ana's, signed in, in a course whose every text is full of scripts."""
    spoil(course_page)
    edition = make_edition(course_page)
    client.force_login(ana)
    return actions.enrol(ana, course=edition.course, at=timezone.now())


def test_no_script_of_an_editor_runs(client, enrolment, screen):
    pages = chain(opened(client, enrolment), previewed())
    ran = {name: screen(answer.text) for name, answer in pages}

    assert {name: hits for name, hits in ran.items() if hits} == {}


def test_no_script_runs_alone_in_a_title_or_a_file(client, enrolment, screen):
    """Each of the 40 by itself, lest one hides another."""
    ran = {}
    for text in short_texts():
        spoil_titles(text)
        for address in TITLED:
            ran[f"{address} {text}"] = screen(client.get(address).text)
    spoil_files(LessonPage.objects.get(slug="leccion-1"))
    ran["files"] = screen(client.get(LESSON).text)

    assert {address: hits for address, hits in ran.items() if hits} == {}
