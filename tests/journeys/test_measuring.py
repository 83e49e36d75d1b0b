"""The measure finds what is cut, on pages made for it."""

import re

import pytest
from django.conf import settings

from tests.journeys.measuring import WIDTHS, overflows

LONG = '<p style="white-space: nowrap">' + 60 * "palabra " + "</p>"
TABLE = "<table><tr>" + 30 * "<td>palabra</td>" + "</tr></table>"
REGION = 'class="table-region" role="region" tabindex="0"'


@pytest.fixture
def measured(browser):
    """Return a function that measures a piece of a page in each width."""
    page = browser.new_page()

    def measure(piece: str) -> set[tuple[int, str]]:
        style = (settings.BASE_DIR / "static" / "base.css").read_text()
        page.set_content(f"<style>{style}</style><main>{piece}</main>")
        found = (re.match(r"(\d+) px, [^ ]+: ([^:]+)", one) for one in overflows(page))
        return {(int(one[1]), one[2]) for one in found}

    yield measure
    page.close()


@pytest.mark.parametrize(
    ("piece", "found"),
    [
        ("<p>palabra</p>", set()),
        (LONG, {"spills over", "the page itself scrolls"}),
        (f'<div style="overflow: hidden">{LONG}</div>', {"cut", "spills over"}),
        (f'<div style="overflow: auto">{TABLE}</div>', {"scrolls and does not say so"}),
        (f"<div {REGION}>{TABLE}</div>", {"scrolls and does not say so"}),
        (f'<div {REGION} aria-label="Cifras">{TABLE}</div>', set()),
        (f"<details><summary>Más</summary>{LONG}</details>", {"spills over"}),
        ('<progress style="inline-size: 1rem"></progress>', {"bar of a few dots"}),
    ],
)
def test_what_is_cut_or_scrolls_unsaid_is_found(measured, piece, found):
    seen = {what for _width, what in measured(piece)}

    assert found <= seen
    assert bool(found) is bool(seen)


def test_a_table_that_is_cards_needs_no_room(measured):
    cells = 30 * '<td><b class="cell-head">Columna</b>palabra</td>'
    table = f'<table class="stacked"><tr>{cells}</tr></table>'

    assert len(WIDTHS) == 3
    assert measured(f'<div class="table-region">{table}</div>') == {
        (1280, "scrolls and does not say so")  # where it is a table
    }
