"""Markdown as the editor would have stored it, so that saving there changes nothing."""

from hashlib import sha256
from re import fullmatch
from uuid import UUID

from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from courses.loader.files import UUID_SHAPE

MARKDOWN = MarkdownIt("commonmark", {"html": False})
KEYED = ["p", "h2", "h3", "h4", "h5", "h6", "li"]
SAME_TAG = {"strong": "b", "em": "i"}
PAGE_LINK = rf"page:({UUID_SHAPE})"
CONVERTERS: dict[tuple[str, ...], ContentstateConverter] = {}


class Unstorable(Exception):
    """The editor would store another text than the one that was written."""


def stored_html(
    markdown: str, *, features: list[str], seed: str, pages: dict[UUID, int]
) -> str:
    """Return Markdown as the rich text that the editor would store.

    `seed` makes the keys of paragraphs stable and equal in every language; `pages`
    leads from the key of a page to its row, for links written as `page:<key>`.
    """
    soup = BeautifulSoup(MARKDOWN.render(markdown), "html.parser")
    _unwrap_loose_items(soup)
    _point_links_at_pages(soup, pages)
    for number, element in enumerate(soup.find_all(KEYED)):
        digest = sha256(f"{seed}:{number}".encode()).hexdigest()
        element["data-block-key"] = digest[:5]
    convert = _converter(features)
    stored = convert.to_database_format(convert.from_database_format(str(soup)))
    if _shape(stored) != _shape(str(soup)):
        raise Unstorable(
            "the editor would store this differently; it knows " + ", ".join(features)
        )
    return stored


def canonical(html: str) -> str:
    """Return rich text with the attributes of links in one order, to be compared."""
    soup = BeautifulSoup(html, "html.parser")
    for link in soup.find_all("a"):
        link.attrs = dict(sorted(link.attrs.items()))
    return str(soup)


def _converter(features: list[str]) -> ContentstateConverter:
    key = tuple(features)
    if key not in CONVERTERS:
        CONVERTERS[key] = ContentstateConverter(features=features)
    return CONVERTERS[key]


def _unwrap_loose_items(soup: BeautifulSoup) -> None:
    """Take the paragraph out of list items that blank lines stand between."""
    for paragraph in soup.select("li > p"):
        if len(paragraph.parent.find_all("p", recursive=False)) == 1:
            paragraph.unwrap()


def _point_links_at_pages(soup: BeautifulSoup, pages: dict[UUID, int]) -> None:
    for link in soup.find_all("a"):
        if found := fullmatch(PAGE_LINK, link.get("href", "")):
            key = UUID(found[1])
            if key not in pages:
                raise Unstorable(f"it links to page:{key}, which is nowhere")
            link.attrs = {"linktype": "page", "id": str(pages[key])}


def _shape(html: str) -> tuple[list[str], list[str]]:
    """Return the tags (blocks with what they stand in) and the words of a text."""
    soup = BeautifulSoup(html, "html.parser")
    tags = [
        f"{element.parent.name} {element.name}"
        if element.name in KEYED
        else SAME_TAG.get(element.name, element.name)
        for element in soup.find_all()
    ]
    return tags, soup.get_text(" ").split()
