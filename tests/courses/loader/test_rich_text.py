"""Markdown becomes what the editor stores, or is refused."""

import pytest

from courses.blocks import RICH
from courses.loader.rich_text import Unstorable, canonical, stored_html
from tests.courses.loader import small


def stored(markdown, seed="seed", pages=None):
    return stored_html(markdown, features=RICH, seed=seed, pages=pages or {})


def test_stored_html_keeps_bold_italics_lists_and_headings(db):
    html = stored("### Título\n\n**a** y *b*\n\n- uno\n- dos\n\n1. tres")

    assert [part.split(">")[0].split(" ")[0] for part in html.split("<")[1:]] == [
        "h3",
        "/h3",
        "p",
        "b",
        "/b",
        "i",
        "/i",
        "/p",
        "ul",
        "li",
        "/li",
        "li",
        "/li",
        "/ul",
        "ol",
        "li",
        "/li",
        "/ol",
    ]


def test_stored_html_reads_a_list_with_blank_lines_as_one_without(db):
    assert stored("- uno\n\n- dos") == stored("- uno\n- dos")


def test_stored_html_gives_the_same_keys_each_time_and_others_to_others(db):
    assert stored("a") == stored("a")
    assert stored("a") != stored("a", seed="other")


def test_stored_html_never_lets_markup_through(db):
    assert "&lt;script&gt;" in stored("<script>alert(1)</script>")


@pytest.mark.parametrize(
    "markdown", ["# a", "`a`", "> a", "---", "![a](b.png)", "- a\n\n  b"]
)
def test_stored_html_refuses_what_the_editor_would_change(db, markdown):
    with pytest.raises(Unstorable):
        stored(markdown)


def test_stored_html_leads_to_the_row_of_a_page(db):
    html = stored(f"[a](page:{small.FIRST})", pages={small.FIRST: 7})

    assert canonical('<a linktype="page" id="7">a</a>') in canonical(html)


def test_canonical_forgets_the_order_of_attributes():
    assert canonical('<a linktype="page" id="7">a</a>') == canonical(
        '<a id="7" linktype="page">a</a>'
    )
