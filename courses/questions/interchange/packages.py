"""Which questions does an archive (ZIP) hold: those of a workbook, or items of QTI?

Nothing of it is unpacked to a disk, and nothing it says of its own sizes is believed.
"""

import json
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Any
from zipfile import ZipFile

from courses.questions.interchange import qti, sheets
from courses.questions.interchange.extra import extra_of
from courses.questions.interchange.letters import text_of
from courses.questions.interchange.neutral import (
    MOST_QUESTIONS,
    Brought,
    Loss,
    Unreadable,
    unreadable,
)
from courses.questions.interchange.qti_writing import OWN
from courses.questions.interchange.tree import Node, tree_of
from lms.team.roster import archives, workbook
from lms.team.roster.findings import Unreadable as NoArchive

BEGINNING = b"PK\x03\x04"
MANIFEST = "imsmanifest.xml"
ITEM, TEST = "imsqti_item_xmlv2", "imsqti_test_xmlv2"
DEEPEST = 8  # folders
MOST_INFLATED = 4 * 1024 * 1024  # of all that is read
# Of one item: the others are read. Whatever else is wrong is no accident.
OF_ONE_ITEM = {"broken-xml", "not-qti", "binary", "empty"}
Found = tuple[list[Brought], tuple[Loss, ...]]


def read(content: bytes) -> Found:
    """Return the questions, and what there is to say of the whole."""
    try:
        with archives.opened(BytesIO(content)) as archive:
            names = archive.namelist()
            if any(name.lower() == workbook.BOOK for name in names):
                return sheets.read_workbook(content)
            return _Package(archive).read()
    except NoArchive as error:
        raise Unreadable(str(error)) from error


class _Package:
    """A content package while it is read."""

    def __init__(self, archive: ZipFile):
        self.archive, self.read_so_far = archive, 0
        self.names = archive.namelist()
        if any(_is_outside(name) for name in self.names):
            raise Unreadable("path-outside")

    def read(self) -> Found:
        manifests = [n for n in self.names if n.rpartition("/")[2].lower() == MANIFEST]
        if not manifests:
            raise Unreadable("is-archive")
        path = min(manifests, key=len)
        root = tree_of(self._text(path))
        resources = root.first("resources")
        rows = resources.all("resource") if resources else []
        items = [one for one in rows if _type(one).startswith(ITEM)]
        if len(items) > MOST_QUESTIONS:
            raise Unreadable("too-many", about=str(len(items)))
        own, folder = self._own(dirname(path)), dirname(path)
        found = [self._item(one, folder, own) for one in items]
        has_test = any(_type(one).startswith(TEST) for one in rows)
        return found, (Loss("test"),) if has_test else ()

    def _item(self, resource: Node, folder: str, own: dict[str, Any]) -> Brought:
        href = resource.facts.get("href", "")[:200]
        path = normpath(join(folder, href))
        if path not in self.names:
            return unreadable("no-such-part", 1, category=href)
        name = href.rpartition("/")[2].removesuffix(".xml")
        extra = extra_of(json.dumps(own[name])) if name in own else {}
        try:
            return qti.read(self._text(path), extra, href)
        except Unreadable as error:
            if error.loss.word not in OF_ONE_ITEM:
                raise
            return unreadable(error.loss.word, error.loss.line or 1, category=href)

    def _own(self, folder: str) -> dict[str, Any]:
        """Return what an export of Campus says that QTI has no place for."""
        path = join(folder, OWN)
        try:
            said = json.loads(self._text(path)) if path in self.names else {}
        except (ValueError, RecursionError):
            return {}
        return said if isinstance(said, dict) else {}

    def _text(self, path: str) -> str:
        parts = []
        for chunk in archives.chunks_of(self.archive, path):
            self.read_so_far += len(chunk)
            if self.read_so_far > MOST_INFLATED:
                raise Unreadable("inflates")
            parts.append(chunk)
        text, _notes = text_of(b"".join(parts))
        return text


def _type(resource: Node) -> str:
    return resource.facts.get("type", "")


def _is_outside(name: str) -> bool:
    """Whether a path leads out of the archive, or deeper than any export."""
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or not parts[0] or ":" in parts[0] or len(parts) > DEEPEST
