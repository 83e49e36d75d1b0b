"""The files that we hand out: the template of a list, and the errors of one.

No cell of theirs is a formula, whatever somebody typed.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lms import cells

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same template is the same file
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
OPEN = "http://schemas.openxmlformats.org"
PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{OPEN}/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{XLSX}.main+xml"/>'
        '<Override PartName="/xl/styles.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{OPEN}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{OPEN}/officeDocument/2006/relationships/'
        'officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{OPEN}/spreadsheetml/2006/main" '
        f'xmlns:r="{OPEN}/officeDocument/2006/relationships">'
        '<sheets><sheet name="Campus" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{OPEN}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{OPEN}/officeDocument/2006/relationships/'
        'worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{OPEN}/officeDocument/2006/relationships/'
        'styles" Target="styles.xml"/></Relationships>'
    ),
    # Style 1 is text: what is typed into it stays as it was typed.
    "xl/styles.xml": (
        f'<styleSheet xmlns="{OPEN}/spreadsheetml/2006/main">'
        "<fonts><font/></fonts>"
        '<fills><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        "<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
        '<cellXfs><xf numFmtId="0" xfId="0"/>'
        '<xf numFmtId="49" xfId="0" applyNumberFormat="1"/></cellXfs>'
        '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    ),
}


def as_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """Return the rows as a CSV that spreadsheets open with the right letters."""
    return cells.as_csv(rows).encode("utf-8-sig")


def as_workbook(headings: Sequence[str]) -> bytes:
    """Return a workbook of one sheet with these headings, its columns made for text."""
    row = "".join(
        f'<c t="inlineStr" s="1"><is><t>{escape(heading)}</t></is></c>'
        for heading in headings
    )
    sheet = (
        f'<worksheet xmlns="{OPEN}/spreadsheetml/2006/main">'
        f'<cols><col min="1" max="{len(headings)}" width="24" style="1" '
        'customWidth="1"/></cols>'
        f"<sheetData><row>{row}</row></sheetData></worksheet>"
    )
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, text in [*PARTS.items(), ("xl/worksheets/sheet1.xml", sheet)]:
            part = ZipInfo(name, EPOCH)
            part.compress_type = ZIP_DEFLATED
            archive.writestr(part, HEAD + text)
    return file.getvalue()
