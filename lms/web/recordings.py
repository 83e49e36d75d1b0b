"""Video and audio of lessons: how heavy they may be, and how they are handed out.

A telephone asks for a recording in parts (RFC 9110, section 14): Safari plays nothing
that does not come so, and nobody could go on in the middle.
"""

import re
from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.documents.models import Document

from lms.web.kept_at_once import KeptAtOnce

RECORDINGS = {"mp4", "webm", "mp3", "m4a"}
HEAVIEST = 10 * 1024 * 1024  # what the proxy takes, and what a data plan bears
RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")


class DocumentForm(KeptAtOnce, BaseDocumentForm):
    """Refuses a recording that nobody could load on the way."""

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and is_recording(file.name) and file.size > HEAVIEST:
            raise ValidationError(
                _(
                    "The recording weighs %(size)s. It may weigh %(most)s: shorten it, "
                    "or save it with less quality."
                )
                % {"size": filesizeformat(file.size), "most": filesizeformat(HEAVIEST)}
            )
        return file


def is_recording(name: str) -> bool:
    """Whether a file of that name is video or audio."""
    return name.rpartition(".")[2].lower() in RECORDINGS


def in_parts(document: Document, request: HttpRequest) -> HttpResponse | None:
    """Return the part of a recording that is asked for, or all of it; else nothing."""
    if not is_recording(document.file.name):
        return None
    size = document.file.size
    first, last = span_of(request.headers.get("range", ""), size=size)
    if first >= size:
        answer = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        answer.headers["Content-Range"] = f"bytes */{size}"
        return answer
    answer = _bytes_of(document, first, last)
    if (first, last) != (0, size - 1):
        answer.status_code = HTTPStatus.PARTIAL_CONTENT
        answer.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    answer.headers["Accept-Ranges"] = "bytes"
    # As Wagtail hands out any document.
    answer.headers["Content-Security-Policy"] = "default-src 'none'"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def span_of(header: str, *, size: int) -> tuple[int, int]:
    """Return the first and the last byte asked for; all where it is not understood."""
    asked = RANGE.fullmatch(header)
    if not asked or asked.groups() == ("", ""):
        return 0, size - 1
    first, last = asked.groups()
    if not first:
        return max(size - int(last), 0), size - 1
    end = min(int(last), size - 1) if last else size - 1
    if end < int(first) < size:
        return 0, size - 1
    return int(first), end


def _bytes_of(document: Document, first: int, last: int) -> HttpResponse:
    """Wagtail takes no stream from a hook; a recording weighs little."""
    with document.file.open("rb") as file:
        file.seek(first)
        content = file.read(last - first + 1)
    answer = HttpResponse(content, content_type=document.content_type)
    answer.headers["Content-Length"] = str(len(content))
    return answer
