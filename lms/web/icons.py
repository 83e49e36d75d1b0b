"""The icons of the platform: small drawings that always stand beside a word.

The files in `icons/` are taken from Lucide (ISC); the license stands beside them.
"""

from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(__file__).parent / "icons"
FRAME = '<svg class="icon" aria-hidden="true" width="20" height="20" '


@cache  # by the name alone: a path takes as long to look up as to draw
def drawing(name: str) -> SafeString:
    """Return the icon as inline SVG, hidden from screen readers."""
    return inlined(FOLDER / f"{name}.svg", FRAME)


def inlined(path: Path, frame: str) -> SafeString:
    """Return a drawing of ours as it stands in a page, begun by `frame`."""
    svg = path.read_text().strip()
    svg = svg.replace('<svg xmlns="http://www.w3.org/2000/svg" ', frame)
    return mark_safe(svg)  # noqa: S308 - a file of our own
