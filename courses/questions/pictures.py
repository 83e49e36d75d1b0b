"""The picture above a question: drawn once for a version, and never drawn anew.

An editor may change or delete what is in the library; what somebody was asked stays. So
a version keeps a copy of its own, of the size that a page shows, named for its content.
"""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Pillow
from wagtail.images.models import Filter, Image

from courses.models import QuestionVersion
from courses.questions.rules import Document
from courses.questions.words import text_of

# As a lesson shows it; then plainer and smaller, until it fits a page of questions.
DRAWN = (
    "width-720|format-webp",
    "width-720|format-webp|webpquality-50",
    "width-480|format-webp|webpquality-50",
)
MOST_BYTES = 40_000


@dataclass(frozen=True, slots=True)
class Picture:
    """What a page shows of it."""

    url: str
    alt: str
    width: int
    height: int


class TooHeavy(Exception):
    """However it is drawn, the picture weighs more than a page can bear."""


def drawn(image: Image) -> dict[str, Any]:
    """Keep a copy of the picture; return what a document says of it.

    Raises `TooHeavy`.
    """
    for how in DRAWN:
        output = BytesIO()
        Filter(spec=how).run(image, output)
        content = output.getvalue()
        if len(content) <= MOST_BYTES:
            with Pillow.open(output) as picture:
                width, height = picture.size
            name = _kept(content)
            return {"image": image.pk, "file": name, "width": width, "height": height}
    raise TooHeavy


def _kept(content: bytes) -> str:
    name = f"questions/{sha256(content).hexdigest()}.webp"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(content))
    return name


def picture_of(document: Document, language: str) -> Picture | None:
    """Return the picture of a question, if it has one."""
    if not (said := document.get("picture")):
        return None
    url = default_storage.url(said["file"])
    alt = text_of(said["alt"], language)
    return Picture(url, alt, said["width"], said["height"])


def kept_names() -> set[str]:
    """Return the files that versions name."""
    rows = QuestionVersion.objects.filter(document__has_key="picture")
    return set(rows.values_list("document__picture__file", flat=True))
