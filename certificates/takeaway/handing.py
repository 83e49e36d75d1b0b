"""How is a file handed out: at once, or one that a worker made, or a part of it?"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import IO

from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from certificates.models import ReportFile
from certificates.takeaway import keeping, rules
from certificates.takeaway.formats import FORMATS, Format
from certificates.takeaway.making import note_export, refuse_crowd
from certificates.takeaway.reading import Reading
from lms.mail.troubles import REPORT_MISSING
from lms.web.files import look_for

AT_ONCE = 64 * 1024


def at_once(report: Reading, kind: Format, columns: Sequence[str]) -> HttpResponse:
    """Write the file and its line in the log, then answer with it, whole.

    It is small, and not streamed: what goes wrong is an error, not half of a table.
    Raises `Refused` where it names too many people by now.
    """
    file = BytesIO()
    write(report, kind, columns, file)
    name = file_name(kind, at=report.at)
    return HttpResponse(
        file.getvalue(),
        content_type=kind.content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@transaction.atomic
def write(report: Reading, kind: Format, columns: Sequence[str], file: IO) -> None:
    """Write what is asked for, and write down who stands in it; raises `Refused`."""
    kind.write(report.sheet(columns), file)
    whom, columns = report.whom(), list(columns)
    refuse_crowd(report.viewer, whom, at=report.at)
    note_export(report.viewer, whom=whom, columns=columns, at=report.at)


def file_name(kind: Format, *, at) -> str:
    """Return a name that says what it is and as of when, in plain letters."""
    moment = timezone.localtime(at).strftime("%Y-%m-%d-%H%M")
    return f"{slugify(_('Completion report'))}-{moment}.{kind.suffix}"


def kept(file: ReportFile, *, asked: str, if_range: str) -> HttpResponse:
    """Answer with a file that a worker made, or the part that is asked for."""
    etag = f'"{file.digest[:32]}"'
    part = None
    if asked and if_range in ("", etag):
        try:
            part = rules.part_asked(asked, size=file.size)
        except ValueError:
            return _with_headers(_beyond(file), file, etag)
    first, last = part or (0, file.size - 1)
    # Before the answer begins: later nothing can be said any more.
    look_for(keeping.storage(), file.name, missing=REPORT_MISSING)
    answer = StreamingHttpResponse(_pieces(file.name, first, last + 1 - first))
    answer.headers["Content-Length"] = str(last + 1 - first)
    if part:
        answer.status_code = 206
        answer.headers["Content-Range"] = f"bytes {first}-{last}/{file.size}"
    return _with_headers(answer, file, etag)


def _beyond(file: ReportFile) -> HttpResponse:
    return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})


def _with_headers(answer: HttpResponse, file: ReportFile, etag: str) -> HttpResponse:
    kind = FORMATS[file.format]
    with override(file.language):
        name = file_name(kind, at=file.ready_at)
    answer.headers["Content-Type"] = kind.content_type
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["ETag"] = etag
    return answer


def _pieces(name: str, first: int, length: int) -> Iterator[bytes]:
    with keeping.storage().open(name) as file:
        file.seek(first)
        while length and (piece := file.read(min(length, AT_ONCE))):
            length -= len(piece)
            yield piece
