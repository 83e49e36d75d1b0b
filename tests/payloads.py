"""A course whose every text is a script that wants to run, and what would let it.

Each payload calls `hit()` where it runs. Texts go in as an editor's: rich text through
the editor's own converter, the rest as it is typed.
"""

import json
from collections.abc import Iterator
from re import sub

from bs4 import BeautifulSoup
from django.core.cache import caches
from django.core.files.base import ContentFile
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from courses.actions import save_question
from courses.blocks import RICH, Topic
from courses.models import (
    CountryNote,
    CoursePage,
    GlossaryTerm,
    LessonPage,
    ModulePage,
    QuestionVersion,
    QuizPage,
)
from lms.people.choices import Country
from tests.factories import NOON

LINKS = [
    "javascript:hit()",
    "JaVaScRiPt:hit()",
    " javascript:hit()",
    "java\tscript:hit()",
    "java\nscript:hit()",
    "\x01javascript:hit()",
    "&#106;avascript:hit()",
    "javascript&colon;hit()",
    "data:text/html,<script>hit()</script>",
    "vbscript:hit()",
    'https://x.example/" onmouseover="hit()',
    "https://x.example/'><img src=x onerror=hit()>",
]
TEXTS = [
    "<script>hit()</script>",
    "<ScRiPt >hit()</sCrIpT>",
    "<script src=//x.example/hit.js></script>",
    '"><script>hit()</script>',
    "'><script>hit()</script>",
    "</script><script>hit()</script>",
    "</title><script>hit()</script>",
    "</textarea><script>hit()</script>",
    "</style><script>hit()</script>",
    "--><script>hit()</script><!--",
    "<img src=x onerror=hit()>",
    '"><img src=x onerror=hit()>',
    "' onerror='hit()' x='",
    '" onfocus="hit()" autofocus x="',
    "<svg onload=hit()>",
    "<svg><script>hit()</script></svg>",
    "<svg><animate onbegin=hit() attributeName=x></svg>",
    "<body onload=hit()>",
    "<details open ontoggle=hit()>",
    "<input autofocus onfocus=hit()>",
    "<video><source onerror=hit()></video>",
    '<iframe src="javascript:hit()"></iframe>',
    '<iframe srcdoc="<script>parent.hit()</script>"></iframe>',
    "<object data=javascript:hit()></object>",
    "<a href=javascript:hit()>x</a>",
    "<form action=javascript:hit()><button autofocus>x</button></form>",
    "<meta http-equiv=refresh content='0;url=javascript:hit()'>",
    "{{ 7|add:7 }}{% debug %}<script>hit()</script>",
]
PAYLOADS = LINKS + TEXTS
ALL = " ".join(TEXTS)
SHORT = 110  # characters that every field holds
FETCHED = {"href", "src", "action", "formaction", "data", "poster", "xlink:href"}
FORBIDDEN = ["iframe", "object", "embed", "base", "applet", "frame"]


def short_texts() -> Iterator[str]:
    """Yield the payloads in turn, each as a text that any field holds."""
    yield from (text[:SHORT] for text in PAYLOADS)


def alive(html: str) -> list[str]:
    """Return what of a page would run a script of somebody else's."""
    soup = BeautifulSoup(html, "html.parser")
    found = [str(tag)[:80] for tag in soup.find_all(FORBIDDEN)]
    found += [str(tag)[:80] for tag in soup.select("meta[http-equiv]")]
    for script in soup.find_all("script"):
        source = script.get("src", "/static/")
        if not source.startswith("/static/") or "hit" in script.get_text():
            found.append(str(script)[:80])
    for tag in soup.find_all(True):
        for name, value in tag.attrs.items():
            words = sub(r"[\x00-\x20]", "", str(value)).lower()
            runs = words.startswith(("javascript:", "vbscript:", "data:text"))
            if name.startswith("on") or (name in FETCHED and runs):
                found.append(f"{tag.name} {name}={value}"[:80])
    return found


def rich() -> str:
    """Return the rich text that the editor stores for all texts and links."""
    blocks, entities = [], {}
    for number, text in enumerate(PAYLOADS):
        ranges = []
        if text in LINKS:
            entities[str(number)] = {
                "type": "LINK",
                "mutability": "MUTABLE",
                "data": {"url": text},
            }
            ranges = [{"offset": 0, "length": len(text), "key": number}]
        blocks.append(
            {
                "key": f"k{number:04}",
                "text": text,
                "type": "unstyled",
                "depth": 0,
                "inlineStyleRanges": [],
                "entityRanges": ranges,
            }
        )
    content = json.dumps({"blocks": blocks, "entityMap": entities})
    return ContentstateConverter(features=RICH).to_database_format(content)


def spoil_texts(course: CoursePage) -> None:
    """Put every payload into what has no limit: bodies, notes, terms, questions."""
    for page in LessonPage.objects.descendant_of(course):
        page.objectives = [("point", ALL)]
        page.body = _body()
        page.content_note = ALL
        page.save_revision().publish()
    both = {"es": ALL, "en": ALL}
    for topic in Topic:
        CountryNote.objects.create(
            country=Country.GUATEMALA,
            topic=topic,
            titles=both,
            texts={"es": rich(), "en": rich()},
            sources=[both],
            checked_on="2026-11-01",
            owners=both,
        )
    GlossaryTerm.objects.create(
        key="trata",
        names=both,
        words={"es": ["script", "hit()"], "en": ["script"]},
        definitions=both,
        sources=both,
        avoid=both,
        whys=both,
    )
    for version in QuestionVersion.objects.select_related("question"):
        save_question(
            version.question_id,
            document=_spoiled(version.document),
            facts={"use": version.question.use, "anchor": version.question.anchor},
            by=None,
            at=NOON,
        )


def spoil_titles(text: str) -> None:
    """Put one payload into every field that has a limit."""
    Page.objects.filter(depth__gt=2).update(
        title=text, draft_title=text, search_description=text
    )
    CoursePage.objects.all().update(
        summary=text, audience=text, issuer=text, authors=text
    )
    ModulePage.objects.all().update(summary=text)
    QuizPage.objects.all().update(summary=text)
    LessonPage.objects.all().update(summary=text, content_note=text)
    get_document_model().objects.all().update(title=text)
    get_image_model().objects.all().update(title=text)
    caches["pages"].clear()


def _spoiled(value):
    """Return a question's document with payloads for all its texts."""
    if isinstance(value, dict):
        return {
            name: ALL if name in {"es", "en"} else _spoiled(part)
            for name, part in value.items()
        }
    return [_spoiled(part) for part in value] if isinstance(value, list) else value


def _body() -> list[tuple[str, dict]]:
    """Return a lesson of every kind of block; a file's name is a payload as well."""
    name = '"><img src=x onerror=hit()>.pdf'
    file = get_document_model().objects.create(
        title=name, file=ContentFile(b"%PDF-1.4", name=name)
    )
    picture = get_image_model().objects.create(
        title=name, file=get_test_image_file(filename=f"{name}.png")
    )
    cell, text = {"text": ALL}, rich()
    return [
        ("text", {"heading": ALL, "body": text, "instead": text, "source": ALL}),
        (
            "note",
            {"tone": "key", "heading": ALL, "body": text, "instead": "", "source": ALL},
        ),
        (
            "steps",
            {"heading": ALL, "items": [{"heading": ALL, "text": ALL}], "source": ALL},
        ),
        (
            "table",
            {
                "caption": ALL,
                "header": [cell],
                "rows": [{"cells": [cell, cell]}],
                "source": ALL,
            },
        ),
        (
            "image",
            {
                "image": picture,
                "alt": ALL,
                "decorative": False,
                "caption": ALL,
                "source": ALL,
            },
        ),
        (
            "media",
            {
                "file": file,
                "kind": "video",
                "title": ALL,
                "transcript": text,
                "source": ALL,
            },
        ),
        ("document", {"document": file, "title": ALL, "source": ALL}),
        (
            "check",
            {
                "question": ALL,
                "options": [
                    {"text": ALL, "correct": right, "feedback": ALL}
                    for right in (True, False)
                ],
                "source": ALL,
            },
        ),
        ("country", {"topic": "contacts", "heading": ALL, "intro": ALL}),
    ]
