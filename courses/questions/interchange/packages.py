"""Which questions does an archive (ZIP) hold: those of a workbook?"""

from io import BytesIO

from courses.questions.interchange import sheets
from courses.questions.interchange.neutral import Brought, Loss, Unreadable
from lms.team.roster import archives, workbook
from lms.team.roster.findings import Unreadable as NoArchive

BEGINNING = b"PK\x03\x04"


def read(content: bytes) -> tuple[list[Brought], tuple[Loss, ...]]:
    """Return the questions, and what there is to say of the whole."""
    try:
        with archives.opened(BytesIO(content)) as archive:
            names = {name.lower() for name in archive.namelist()}
    except NoArchive as error:
        raise Unreadable(str(error)) from error
    if workbook.BOOK in names:
        return sheets.read_workbook(content)
    raise Unreadable("is-archive")
