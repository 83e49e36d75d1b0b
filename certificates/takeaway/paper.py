"""How is a report put on paper: paged, tagged, its head repeated, its pages counted?

WeasyPrint holds a whole document in memory, some 30 KB a cell: 4 000 cells (200 rows of
20 columns, 500 of 8) take seven seconds and leave a worker below 250 MB. More than that
is no reading on paper either.
"""

from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import get_language
from weasyprint import CSS, HTML

from certificates.pdf import OurFiles, fonts
from certificates.takeaway.sheet import (
    Sheet,
    Tell,
    in_words,
    local,
    told_of,
    whose_clock,
)

HERE = Path(__file__).parent


@cache
def stylesheet() -> CSS:
    """Return the style sheet, parsed once in this process."""
    return CSS(filename=HERE / "paper.css", font_config=fonts(), url_fetcher=OurFiles())


def write(sheet: Sheet, file: BinaryIO, tell: Tell) -> None:
    """Write the file; all of its rows are there before the first page is."""
    rows = [row for some in sheet.some_rows() for row in some]
    page = HTML(string=as_html(sheet, rows), url_fetcher=OurFiles())
    page.write_pdf(
        file, stylesheets=[stylesheet()], font_config=fonts(), pdf_variant="pdf/ua-1"
    )
    tell(len(rows))


def as_html(sheet: Sheet, rows: list[tuple]) -> str:
    """Return the page that is printed, in the active language."""
    classes = ["number" if kind == "number" else "" for kind in sheet.kinds]
    return render_to_string(
        "reports/files/paper.html",
        {
            "sheet": sheet,
            "language": get_language(),
            "as_of": said(sheet.as_of),
            "issuer": settings.SITE_NAME,
            "zone": whose_clock(),
            "facts": told_of(sheet),
            "headings": list(zip(sheet.headings, classes, strict=True)),
            "rows": [list(zip(map(said, row), classes, strict=True)) for row in rows],
        },
    )


def said(value: Any) -> str:
    """Return a cell as somebody reads it who cannot sort by it: days in words."""
    if isinstance(value, datetime):
        return date_format(local(value), "DATETIME_FORMAT")
    return date_format(value) if isinstance(value, date) else in_words(value)
