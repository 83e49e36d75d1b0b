"""A page of reasons by visible links: written, marked by two people, read, asked again.

The demo has five that wait for Tomás, and four that he and Rosa have marked.
"""

import re
from collections import Counter

from courses.reasoning.rules import LEAST_PAPERS
from tests.journeys.test_accessibility import looks_closely
from tests.journeys.test_people import enter, text_of
from tests.journeys.test_whole_path import COURSE
from tests.journeys.walk import Walk

TASK = "Un escrito razonado"
TEXT = "Aceptar un viaje no es aceptar la explotación, y el documento lo muestra. " * 12
PROGRESS = 'main a[href*="/learn/enrolments/"]:not([href$="/resume/"])'
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
KAPPA = re.compile(r"[01],\d\d\b")  # on a phone its head stands before it


class OfReasons:
    """Says whether axe looks at a screen: the queue, a page to mark, and of one's own
    page every other one: begun, handed in, marked and asked again."""

    def __init__(self):
        self.kinds = Counter()

    def __call__(self, url: str) -> bool:
        kind = ID.sub("*", url.rpartition("/es/")[2])
        self.kinds[kind] += 1
        if kind.endswith("/reasons/"):
            return self.kinds[kind] % 2 == 1
        return kind.startswith("team/papers/") and self.kinds[kind] == 1


def to_the_page(bruno: Walk) -> None:
    """From one's own learning to the course, and to its page of reasons."""
    bruno.follow("My learning")
    bruno._go(bruno.page.locator(PROGRESS, has_text=COURSE).first)
    bruno._go(bruno.page.get_by_role("link", name=TASK).first)


def to_the_papers(trainer: Walk) -> str:
    trainer.follow("My cohorts")
    trainer.follow("Pages of reasons to mark")
    return text_of(trainer)


def mark_all(trainer: Walk, *, apart: int) -> list[str]:
    """Mark what waits, lower on so many lines; return the numbers of the pages."""
    marked = []
    trainer._go(trainer.page.get_by_role("row").get_by_role("link").first)
    while trainer.page.locator("fieldset.choices").count():
        marked.append(trainer.page.get_by_role("heading", level=1).inner_text())
        for place, line in enumerate(trainer.page.locator("fieldset.choices").all()):
            trainer.tick(line.get_by_role("radio").nth(int(place < apart)))
        trainer.fill("Comment for whoever wrote it", "Cite la norma que aplica.")
        trainer.press("Keep the marking and go on")
    return marked


def test_a_page_is_marked_by_two_and_read_by_who_wrote_it(walk):
    found, seen = [], []
    bruno, tomas, rosa = walk(), walk(width=1280, dark=True), walk(width=1280)
    look = looks_closely(found, seen, in_turn=OfReasons())
    bruno.look = tomas.look = rosa.look = look
    enter(bruno, "bruno").enrol(COURSE)
    to_the_page(bruno)
    bruno.fill("Your reasons", "Todavía pocas palabras.")
    bruno.press("Save the draft")
    assert "Todavía pocas palabras." in bruno.page.get_by_role("textbox").input_value()
    bruno.fill("Your reasons", TEXT)
    bruno.press("Hand the page in")

    assert bruno.words("fewer than %(least)s", least=LEAST_PAPERS) in to_the_papers(
        enter(tomas, "tomas")
    )
    marked = mark_all(tomas, apart=0)
    assert len(set(marked)) == LEAST_PAPERS + 1
    assert "Xicará" not in text_of(tomas)

    enter(rosa, "rosa")
    to_the_papers(rosa)
    again = mark_all(rosa, apart=1)
    assert set(again) < set(marked)
    assert KAPPA.search(to_the_papers(rosa))

    to_the_page(bruno)
    assert "Cite la norma que aplica." in text_of(bruno)
    assert bruno.words("How it was marked") in text_of(bruno)
    bruno.fill(
        "Why should somebody else mark it?", "Cité la norma en la primera línea."
    )
    bruno.press("Ask for another marking")
    assert bruno.words("asked for another marking") in text_of(bruno)
    assert found == []
    assert bruno.violations + tomas.violations + rosa.violations == []
