"""The drawings on the cards of courses: a few lines each, in the colour of the text."""

from functools import cache
from pathlib import Path

from django.db import models
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from lms.web.icons import inlined

FOLDER = Path(__file__).parent / "drawings"
FRAME = '<svg class="drawing" aria-hidden="true" width="240" height="96" '


class Drawing(models.TextChoices):
    """What the card of a course can show; each is a file in `drawings/`."""

    ROAD = "road", _("A road and a lantern")
    DOOR = "door", _("A house with an open door")
    SCALES = "scales", _("Scales and a kite")


@cache
def drawing(name: str) -> SafeString:
    """Return the drawing as inline SVG, hidden from screen readers."""
    return inlined(FOLDER / f"{name}.svg", FRAME)
