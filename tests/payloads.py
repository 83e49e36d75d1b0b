"""Forty scripts that want to run, and what in a page would let one of them.

Each payload calls `hit()` where it runs. `tests.spoiling` puts them into every text.
"""

import json
from collections.abc import Iterator
from re import sub

from bs4 import BeautifulSoup
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from courses.blocks import RICH

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
