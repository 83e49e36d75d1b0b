"""Every kind of file holds the rows as they are, and no cell of one is a formula."""

import csv
import json
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from zipfile import ZipFile

import openpyxl
import pikepdf
import pytest
from django.utils.translation import override

from certificates.takeaway import paper, workbook
from certificates.takeaway.formats import FORMATS
from certificates.takeaway.sheet import AT_ONCE, Sheet

AS_OF = datetime(2026, 11, 2, 18, 0, tzinfo=UTC)
SIGNS = ["=", "+", "-", "@", "\N{MINUS SIGN}", "\uff1d", "\uff0b", "\uff0d", "\uff20"]
BEFORE = ["", " ", "\t", "\r", "\n", "\u00a0", "\ufeff"]
PAYLOADS = [f"{before}{sign}HYPERLINK(1)" for before in BEFORE[:7] for sign in SIGNS][
    :60
]


@pytest.fixture(autouse=True)
def english(nothing_remembered):
    with override("en"):
        yield


def sheet_of(rows, **facts):
    return Sheet(
        **{
            "title": "Completion report",
            "as_of": AS_OF,
            "facts": [("Country", "Guatemala")],
            "totals": [("Rows", len(rows))],
            "keys": ["name", "day", "number", "choice"],
            "headings": ["name", "due on", "done", "state"],
            "kinds": ["text", "day", "number", "choice"],
            "rows": rows,
        }
        | facts
    )


def written(kind, sheet):
    file, told = BytesIO(), []
    FORMATS[kind].write(sheet, file, told.append)
    return file.getvalue(), told


ROWS = [("Ruiz, Ana", date(2026, 11, 30), 3, "late"), ('Ñu "ß"\nX', None, None, "")]


def test_a_csv_is_what_the_standard_says():
    content, told = written("csv-plain", sheet_of(ROWS))

    assert content.decode() == (
        '"name","due on","done","state","As of"\r\n'
        '"Ruiz, Ana","2026-11-30","3","late","2026-11-02 12:00"\r\n'
        '"Ñu ""ß""\nX","","","","2026-11-02 12:00"\r\n'
    )
    assert told == [2]


def test_a_csv_for_spreadsheets_says_that_it_is_utf_8():
    marked, _told = written("csv", sheet_of(ROWS))
    plain, _told = written("csv-plain", sheet_of(ROWS))

    assert marked == b"\xef\xbb\xbf" + plain


def test_an_empty_csv_still_says_as_of_when():
    content, told = written("csv-plain", sheet_of([], facts=[], totals=[]))

    assert content == b'"name","due on","done","state","As of"\r\n'
    assert told == []


def test_a_workbook_has_typed_cells_and_one_sheet():
    content, told = written("xlsx", sheet_of(ROWS))

    book = openpyxl.load_workbook(BytesIO(content))
    page = book["Report"]
    head = [[cell.value for cell in row[:2]] for row in page.iter_rows(1, 5)]
    assert head == [
        ["Completion report", None],
        ["As of", "2026-11-02 12:00"],
        ["Country", "Guatemala"],
        ["Rows", "2"],
        ["Time zone", "time of Guatemala"],
    ]
    rows = [[cell.value for cell in row] for row in page.iter_rows(7, 9)]
    assert rows == [
        ["name", "due on", "done", "state"],
        ["Ruiz, Ana", datetime(2026, 11, 30), 3, "late"],
        ['Ñu "ß"\nX', None, None, ""],
    ]
    assert page.freeze_panes == "B8"
    assert page.auto_filter.ref == "A7:D9"
    assert [(one.title, one.sheet_state) for one in book] == [("Report", "visible")]
    assert told == [2]


def test_a_workbook_says_nothing_of_whoever_made_it():
    content, _told = written("xlsx", sheet_of(ROWS))

    with ZipFile(BytesIO(content)) as archive:
        said = archive.read("docProps/core.xml").decode()
    assert "<dc:creator></dc:creator><cp:lastModifiedBy></cp:lastModifiedBy>" in said
    assert "2026" not in said


def test_a_workbook_goes_on_in_a_further_sheet():
    file = BytesIO()

    workbook.write(sheet_of(ROWS * 3), file, lambda rows: None, most=11)

    pages = openpyxl.load_workbook(file).worksheets
    assert [(page.title, page.max_row) for page in pages] == [
        ("Report", 11),
        ("Report 2", 9),
    ]


def test_a_moment_follows_the_clock_of_the_platform():
    sheet = sheet_of(
        [(AS_OF,)], keys=["at"], headings=["at"], kinds=["moment"], totals=[], facts=[]
    )

    page = openpyxl.load_workbook(BytesIO(written("xlsx", sheet)[0]))["Report"]
    lines = written("csv-plain", sheet)[0].decode().splitlines()
    objects = json.loads(written("json", sheet)[0])["rows"]

    assert page["A6"].value == datetime(2026, 11, 2, 12, 0)
    assert lines[1] == '"2026-11-02 12:00","2026-11-02 12:00"'
    assert objects == [{"at": "2026-11-02T18:00:00Z"}]


def test_json_holds_the_rows_by_column():
    content, told = written("json", sheet_of(ROWS))

    report = json.loads(content)
    assert report == {
        "title": "Completion report",
        "as_of": "2026-11-02T18:00:00Z",
        "filters": [{"name": "Country", "value": "Guatemala"}],
        "totals": [{"name": "Rows", "value": 2}],
        "columns": [
            {"key": "name", "heading": "name", "kind": "text"},
            {"key": "day", "heading": "due on", "kind": "day"},
            {"key": "number", "heading": "done", "kind": "number"},
            {"key": "choice", "heading": "state", "kind": "choice"},
        ],
        "rows": [
            {"name": "Ruiz, Ana", "day": "2026-11-30", "number": 3, "choice": "late"},
            {"name": 'Ñu "ß"\nX', "day": None, "number": None, "choice": ""},
        ],
    }
    assert told == [2]


def test_json_of_nothing_and_of_many_is_whole():
    many = [(f"Ana {n}", None, n, "") for n in range(AT_ONCE + 1)]

    assert json.loads(written("json", sheet_of([]))[0])["rows"] == []
    content, told = written("json", sheet_of(many))
    assert len(json.loads(content)["rows"]) == AT_ONCE + 1
    assert told == [AT_ONCE, AT_ONCE + 1]


def test_a_pdf_is_tagged_and_paged_and_names_nobody_as_its_author():
    many = [(f"Ana {n}", date(2026, 11, 30), n, "late") for n in range(80)]

    content, told = written("pdf", sheet_of(many))

    with pikepdf.open(BytesIO(content)) as pdf:
        assert len(pdf.pages) > 1
        assert pdf.Root.MarkInfo.Marked
        assert "/Author" not in pdf.docinfo
        assert str(pdf.docinfo["/Title"]) == "Completion report"
    assert told == [80]


def test_a_pdf_says_who_issued_it_what_was_asked_and_days_in_words(settings):
    settings.SITE_NAME, settings.SITE_URL = "Campus", "http://127.0.0.1:8000"

    with override("es"):
        page = paper.as_html(sheet_of(ROWS), ROWS)

    assert "<dt>Emitido por:</dt> <dd>Campus</dd>" in page
    assert "<dt>Country:</dt> <dd>Guatemala</dd>" in page
    assert "Datos al 2 de noviembre de 2026 a las 12:00, hora de Guatemala" in page
    assert "<td>30 de noviembre de 2026</td>" in page
    assert "2026-11" not in page


@pytest.mark.parametrize("kind", ["csv", "csv-plain"])
def test_no_cell_of_a_csv_is_a_formula(kind):
    content, _told = written(kind, sheet_of([(p, None, 1, "") for p in PAYLOADS]))

    table = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row[0] for row in table[1:]] == [f"'{payload}" for payload in PAYLOADS]


def test_no_cell_of_a_workbook_is_a_formula():
    content, _told = written("xlsx", sheet_of([(p, None, 1, "") for p in PAYLOADS]))

    page = openpyxl.load_workbook(BytesIO(content))["Report"]
    cells = [row[0] for row in page.iter_rows(8, 7 + len(PAYLOADS))]
    assert {cell.data_type for cell in cells} == {"s"}
    # XML knows no bare carriage return: spreadsheets read this as one.
    assert [cell.value.replace("_x000D_", "\r") for cell in cells] == PAYLOADS


def test_json_keeps_what_was_typed():
    content, _told = written("json", sheet_of([(p, None, 1, "") for p in PAYLOADS]))

    assert [row["name"] for row in json.loads(content)["rows"]] == PAYLOADS


def test_the_sign_that_stands_for_a_line_break_is_in_no_cell():
    content, _told = written("csv-plain", sheet_of([("\x01\tA\x01b", None, 1, "")]))

    assert content.splitlines()[1].startswith(b'"\'\tAb"')
