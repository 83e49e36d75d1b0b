"""What does an office program make of the files? LibreOffice, where it is installed."""

import csv
import shutil
import subprocess
from io import StringIO

import openpyxl
import pytest

from tests.certificates.takeaway.test_writers import PAYLOADS, sheet_of, written

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
# Comma, quote, UTF-8, first line, formulas are reckoned as in a file opened by hand.
AS_COMMAS = "CSV:44,34,76,1,,0,false,true,false"


def opened(folder, name, content, *, reads=""):
    """Let LibreOffice open the file and save it as a workbook; return its cells."""
    (folder / name).write_bytes(content)
    subprocess.run(
        [
            SOFFICE,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            *([f"--infilter={reads}"] if reads else []),
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(folder / "out"),
            str(folder / name),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    out = folder / "out" / f"{name.partition('.')[0]}.xlsx"
    page = openpyxl.load_workbook(out).worksheets[0]
    return [cell for row in page.iter_rows() for cell in row]


@pytest.mark.parametrize(
    ("kind", "name", "reads"),
    [
        ("csv", "marked.csv", AS_COMMAS),
        ("csv-plain", "plain.csv", AS_COMMAS),
        ("xlsx", "book.xlsx", ""),
    ],
)
def test_no_cell_is_a_formula_in_libreoffice(tmp_path, kind, name, reads):
    content, _told = written(kind, sheet_of([(p, None, 1, "") for p in PAYLOADS]))

    cells = opened(tmp_path, name, content, reads=reads)

    assert sum("HYPERLINK" in str(cell.value) for cell in cells) == len(PAYLOADS)
    assert [cell.value for cell in cells if cell.data_type == "f"] == []


def test_without_the_apostrophe_there_would_be_formulas(tmp_path):
    text = StringIO(newline="")
    csv.writer(text).writerows([[payload] for payload in PAYLOADS])

    cells = opened(tmp_path, "bare.csv", text.getvalue().encode(), reads=AS_COMMAS)

    assert any(cell.data_type == "f" for cell in cells)
