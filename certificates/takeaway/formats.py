"""Which files can a report become, and which of them while somebody waits?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from certificates.takeaway.sheet import Sheet, Tell

HERE = "certificates.takeaway"


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file; its writer is loaded when it is asked for.

    A PDF is for workers only: web processes do without WeasyPrint and its memory.
    """

    key: str
    name: Any
    suffix: str
    content_type: str
    writer: str
    at_once: bool = True
    most_cells: int | None = None

    def most_rows(self, columns: int) -> int | None:
        """Return how many rows of so many columns it holds; None: any number."""
        return self.most_cells // max(1, columns) if self.most_cells else None

    def write(self, sheet: Sheet, file: BinaryIO, tell: Tell = lambda rows: None):
        writer: Callable[[Sheet, BinaryIO, Tell], None] = import_string(self.writer)
        writer(sheet, file, tell)


FORMATS = {
    one.key: one
    for one in [
        Format(
            "csv",
            _("CSV"),
            "csv",
            "text/csv; charset=utf-8",
            f"{HERE}.delimited.write_marked",
        ),
        Format(
            "csv-plain",
            _("CSV for programs"),
            "csv",
            "text/csv; charset=utf-8",
            f"{HERE}.delimited.write_plain",
        ),
        Format(
            "xlsx",
            _("XLSX"),
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            f"{HERE}.workbook.write",
        ),
        Format(
            "pdf",
            _("PDF"),
            "pdf",
            "application/pdf",
            f"{HERE}.paper.write",
            at_once=False,
            most_cells=4_000,
        ),
        Format(
            "json",
            _("JSON"),
            "json",
            "application/json",
            f"{HERE}.objects.write",
        ),
    ]
}
