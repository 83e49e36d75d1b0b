"""Files for tests, made of bytes: lists, workbooks, packages."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile

from lms.team.roster.findings import Unreadable
from lms.team.roster.reading import read, read_pasted

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEADINGS = ("correo", "nombre", "institución")


def upload(content: bytes | str, name: str = "lista.csv") -> SimpleUploadedFile:
    content = content.encode() if isinstance(content, str) else content
    return SimpleUploadedFile(name, content)


def archive(parts: dict[str, bytes | str]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def cells(*texts: str) -> str:
    return "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)


def row(*texts: str, number: int | str = "") -> str:
    place = f' r="{number}"' if number else ""
    return f"<row{place}>{cells(*texts)}</row>"


def sheet(*rows: str, before: str = "") -> str:
    inside = "".join(rows)
    return (
        f'{before}<worksheet xmlns="{MAIN}"><sheetData>{inside}</sheetData></worksheet>'
    )


def workbook(
    *sheets: str,
    shared: tuple[str, ...] = (),
    states: tuple[str, ...] = (),
    more: dict[str, bytes | str] | None = None,
) -> bytes:
    """Return a workbook of these sheets, called Hoja 1 and so on."""
    states = (*states, *[""] * (len(sheets) - len(states)))
    named = "".join(
        f'<sheet name="Hoja {n}" sheetId="{n}" r:id="r{n}"'
        f"{f' state={chr(34)}{state}{chr(34)}' if state else ''}/>"
        for n, state in enumerate(states, start=1)
    )
    links = "".join(
        f'<Relationship Id="r{n}" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{LINKED}">'
            f"<sheets>{named}</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": f"<Relationships>{links}</Relationships>",
    }
    if shared:
        texts = "".join(f"<si>{text}</si>" for text in shared)
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{texts}</sst>'
    for n, made in enumerate(sheets, start=1):
        parts[f"xl/worksheets/sheet{n}.xml"] = made
    return archive(parts | (more or {}))


def outcome(content: bytes | str, name: str = "lista.csv"):
    """Return the rows that were read, or the word for why none were."""
    return outcome_of(upload(content, name))


def outcome_of(*uploads):
    try:
        reading = read(uploads)
    except Unreadable as error:
        return error.finding["is"]
    return [(line.number, line.cells) for line in reading.lines]


def noted(content: bytes | str, name: str = "lista.csv") -> list:
    """Return what there is to know of a list that can be read."""
    return read([upload(content, name)]).notes


def pasted(text: str):
    return [(line.number, line.cells) for line in read_pasted(text).lines]
