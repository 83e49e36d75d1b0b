"""Which files can questions become, and which kinds does each of them carry?"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.questions.interchange.neutral import KEPT, Brought, Kind
from courses.questions.interchange.qti_writing import as_package
from courses.questions.interchange.sheet_writing import as_table, as_workbook
from courses.questions.interchange.writing import (
    CARRIED_BY_GIFT,
    as_gift,
    as_moodle_xml,
)


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file."""

    name: str | Promise
    suffix: str
    content_type: str
    write: Callable[[list[Brought]], str | bytes]
    carries: set[Kind] = field(default_factory=lambda: KEPT)


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {
    "xml": Format(
        _("Moodle XML"), "xml", "application/xml; charset=utf-8", as_moodle_xml
    ),
    "gift": Format(
        _("GIFT"), "gift", "text/plain; charset=utf-8", as_gift, CARRIED_BY_GIFT
    ),
    "qti": Format(_("QTI 2.1"), "zip", "application/zip", as_package),
    "xlsx": Format(_("Spreadsheet (XLSX)"), "xlsx", XLSX, as_workbook),
    "csv": Format(_("Spreadsheet (CSV)"), "csv", "text/csv; charset=utf-8", as_table),
}
