"""Excel workbooks: the first visible sheet is read, nothing is reckoned."""

import pytest

from tests.lms.team.roster.building import (
    HEADINGS,
    MAIN,
    archive,
    noted,
    outcome,
    row,
    sheet,
    workbook,
)

HEAD = row("correo", "nombre")
ANA = row("ana@example.org", "Ana Ruiz")
READ = [(2, {"address": "ana@example.org", "name": "Ana Ruiz"})]


def cell(kind: str, inside: str) -> str:
    return f'<c r="B2" t="{kind}">{inside}</c>'


def name_of(made: str, *shared: str) -> str:
    """Return what a cell says as the name of somebody."""
    people = f'<row><c t="inlineStr"><is><t>ana@example.org</t></is></c>{made}</row>'
    found = outcome(workbook(sheet(HEAD, people), shared=shared))
    return found[0][1].get("name", "")


def test_the_rows_of_a_workbook_are_read_whatever_its_name():
    content = workbook(sheet(HEAD, ANA))

    assert outcome(content, "lista.xlsx") == READ
    assert outcome(content, "lista.csv") == READ
    assert noted(content) == []


def test_rows_and_cells_stand_where_they_say():
    people = (
        '<row r="7"><c r="C7" t="inlineStr"><is><t>Corte</t></is></c>'
        '<c r="E7"/></row>'
        '<row r="9"><c r="A9" t="inlineStr"><is><t>ana@example.org</t></is></c></row>'
    )

    assert outcome(workbook(sheet(row(*HEADINGS, number=3), people))) == [
        (7, {"institution": "Corte"}),
        (9, {"address": "ana@example.org"}),
    ]


@pytest.mark.parametrize(
    ("made", "shared", "said"),
    [
        (cell("s", "<v>1</v>"), ("<t>Ana</t>", "<t>Eva</t>"), "Eva"),
        (cell("s", "<v>0</v>"), ("<r><t>Ana </t></r><r><t>Ruiz</t></r>",), "Ana Ruiz"),
        (cell("s", "<v>0</v>"), ("<t>Ana</t><rPh><t>ANA</t></rPh>",), "Ana"),
        (cell("s", "<v>9</v>"), ("<t>Ana</t>",), ""),
        (cell("s", "<v>x</v>"), ("<t>Ana</t>",), ""),
        (cell("n", "<v>45292</v>"), (), "45292"),
        (cell("d", "<v>2026-01-02</v>"), (), "2026-01-02"),
        (cell("b", "<v>1</v>"), (), "1"),
        (cell("e", "<v>#N/A</v>"), (), "#N/A"),
        (cell("str", "<f>A1&amp;B1</f><v>Ana</v>"), (), "Ana"),
        (cell("n", "<f>1+1</f>"), (), "=1+1"),
        (cell("inlineStr", "<is><t>Ana_x000D__x0000_Ruiz</t></is>"), (), "Ana Ruiz"),
        (cell("inlineStr", "<is><t>Ana_xD83D_</t></is>"), (), "Ana"),
    ],
)
def test_a_cell_says_what_the_spreadsheet_last_showed(made, shared, said):
    assert name_of(made, *shared) == said


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_the_first_visible_sheet_is_read_and_the_report_says_which(state):
    other = sheet(HEAD, row("oculta@example.org", "Oculta"))
    content = workbook(other, sheet(HEAD, ANA), states=(state, ""))

    assert outcome(content) == READ
    assert noted(content) == [{"is": "sheet", "name": "Hoja 2", "sheets": 2}]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (workbook(sheet(HEAD), states=("hidden",)), "no-sheet"),
        (workbook(), "no-sheet"),
        (workbook(sheet(HEAD), more={"xl/vbaProject.bin": b"x"}), "macros"),
        (archive({"xl/workbook.bin": b"x"}), "is-binary-workbook"),
        (archive({"content.xml": b"x"}), "is-open-document"),
        (archive({"word/document.xml": b"x"}), "is-document"),
        (archive({"xl/workbook.xml": b"<workbook/>"}), "no-sheet"),
        (archive({"xl/workbook.xml": b"not XML"}), "broken"),
        (workbook(f'<worksheet xmlns="{MAIN}"><sheetData><row>'), "broken"),
        (workbook(sheet()), "empty"),
        (workbook(sheet(HEAD)), "only-headings"),
        (workbook(sheet(row("usuario", "x"))), "no-address-column"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(content, word):
    assert outcome(content) == word


def test_a_sheet_that_is_not_there_is_a_damaged_file():
    links = (
        '<Relationships><Relationship Id="r1" Target="/etc/passwd"/></Relationships>'
    )
    content = workbook(sheet(HEAD, ANA), more={"xl/_rels/workbook.xml.rels": links})

    assert outcome(content) == "broken"


def test_a_path_from_the_root_of_the_archive_is_followed():
    links = (
        '<Relationships><Relationship Id="r1" Target="/xl/worksheets/sheet1.xml"/>'
        "</Relationships>"
    )
    content = workbook(sheet(HEAD, ANA), more={"xl/_rels/workbook.xml.rels": links})

    assert outcome(content) == READ


def test_columns_without_headings_are_of_no_matter_in_a_workbook():
    assert (
        outcome(workbook(sheet(HEAD, row("ana@example.org", "Ana Ruiz", "x")))) == READ
    )
