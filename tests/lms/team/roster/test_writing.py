"""Files that we hand out: other programs open them, and nothing in them is alive."""

from io import BytesIO

import openpyxl

from lms.team.roster.writing import as_csv, as_workbook


def test_a_workbook_of_ours_opens_elsewhere_with_columns_of_text():
    book = openpyxl.load_workbook(BytesIO(as_workbook(["correo", "a<b&c"])))

    assert [cell.value for cell in book.active[1]] == ["correo", "a<b&c"]
    assert {cell.number_format for cell in book.active[1]} == {"@"}


def test_the_same_template_is_the_same_file():
    assert as_workbook(["correo"]) == as_workbook(["correo"])


def test_a_text_holds_no_formula():
    written = as_csv([["=1+1", "-2", 3, "Ñ"]])

    assert written.decode("utf-8-sig") == """"'=1+1","'-2","3","Ñ"\r\n"""
    assert written.startswith(b"\xef\xbb\xbf")
