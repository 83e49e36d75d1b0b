"""What is found in a list, in sentences: what happened, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from lms.team.roster.findings import Finding

# Why no list could be read.
UNREADABLE = {
    "too-big": lazy(
        "The list is larger than %(megabytes)s MB. Divide it into several lists, or "
        "take out what is no text."
    ),
    "too-many-rows": lazy(
        "The list has more than %(most)s people. Divide it into several lists."
    ),
    "too-many-columns": lazy(
        "The first row has more than %(most)s columns. Keep only those of our template."
    ),
    "empty": lazy("The file is empty. Choose another one."),
    "only-headings": lazy(
        "The list has headings and no people. Enter one person in each row below them."
    ),
    "no-address-column": lazy(
        "We found no column with e-mails. The first row says: %(columns)s. Write "
        "“e-mail” above the column that has them."
    ),
    "cell-endless": lazy(
        "From row %(row)s on we cannot tell the cells apart: a quotation mark seems to "
        "be left open. Close it, or save the list as XLSX."
    ),
    "many-files": lazy(
        "Choose one list at a time. Only the files of OneRoster (users.csv, "
        "enrollments.csv, orgs.csv) go together."
    ),
    "is-pdf": lazy(
        "This is a PDF, whatever its name says. Ask for the list as XLSX or CSV."
    ),
    "is-picture": lazy("This is a picture. Ask for the list as XLSX or CSV."),
    "is-document": lazy(
        "This is a text document. Copy its table into a spreadsheet, or paste it below."
    ),
    "is-web-page": lazy(
        "This is a web page or an XML file. Open it in your spreadsheet and save it as "
        "XLSX or CSV."
    ),
    "is-archive": lazy("This is an archive. Unpack it and choose the list inside."),
    "is-old-workbook": lazy(
        "This is a workbook of an old Excel (.xls). Open it and save it as XLSX or CSV."
    ),
    "is-binary-workbook": lazy(
        "This is a binary workbook (.xlsb). Open it and save it as XLSX or CSV."
    ),
    "is-open-document": lazy(
        "This is an OpenDocument file. Open it and save it as XLSX or CSV."
    ),
    "not-text": lazy(
        "This file is no list that we can read. Save the list as XLSX or CSV."
    ),
    "macros": lazy(
        "This workbook carries macros, which we do not open. Save it as XLSX (without "
        "macros) or CSV."
    ),
    "encrypted": lazy(
        "This file is locked with a password. Save it without one and choose it again."
    ),
    "broken": lazy(
        "The file is damaged or incomplete. Open it in your spreadsheet and save it "
        "again as XLSX or CSV."
    ),
    "inflates": lazy(
        "Unpacked, the file would be far larger than a list of people. Copy the list "
        "into a new workbook and save that one."
    ),
    "declares": lazy(
        "The file holds instructions (DOCTYPE) that no spreadsheet writes. Copy the "
        "list into a new workbook and save that one."
    ),
    "no-sheet": lazy("The workbook has no visible sheet. Show the one with the list."),
    "archive-without-list": lazy(
        "The archive holds neither a workbook nor users.csv of OneRoster. Unpack it "
        "and choose the list inside."
    ),
    "package-without-users": lazy(
        "users.csv is missing, which says who people are. Choose it too."
    ),
    "package-too-big": lazy(
        "A file of the package has more than %(most)s rows. Export only the schools or "
        "classes of this cohort."
    ),
    "no-students": lazy(
        "Nobody in the package is an active student. Check roles and status in it."
    ),
    "upload-broken": lazy("The list did not arrive whole. Send it again."),
}
# What to know of a list that was read.
NOTES = {
    "sheet": lazy(
        "The workbook has %(sheets)s sheets. We read the first visible one: “%(name)s”."
    ),
    "old-letters": lazy(
        "The file is not in UTF-8: we read its letters as Windows-1252. Check the "
        "accents in the names."
    ),
    "nul": lazy("The file holds empty signs (NUL) inside of texts. We left them out."),
    "stopped": lazy(
        "After row %(row)s come a thousand empty rows. What follows them was not read."
    ),
    "no-headings": lazy(
        "The list has no headings. We took column %(column)s for the e-mails."
    ),
    "unread-columns": lazy("Columns that we do not use: %(columns)s."),
    "columns-twice": lazy(
        "Several columns say the same: %(columns)s. The first one that is filled in "
        "counts."
    ),
    "oneroster": lazy("This is a OneRoster package: only active students are read."),
    "left-deleted": lazy("Rows left out because they are to be deleted: %(rows)s."),
    "left-off": lazy("Rows left out because the user is turned off: %(rows)s."),
    "left-others": lazy("Rows left out because they are no students: %(rows)s."),
}
ERRORS = {
    "address-missing": (
        lazy("There is no e-mail."),
        lazy("Enter the person’s e-mail."),
    ),
    "address-long": (
        lazy("The e-mail has more letters than any e-mail has."),
        lazy("Keep one e-mail in the cell."),
    ),
    "address-hidden": (
        lazy("The e-mail holds a sign that cannot be seen (%(sign)s)."),
        lazy("Delete the e-mail and type it by hand."),
    ),
    "address-many": (
        lazy("There are several e-mails in one cell."),
        lazy("Enter one e-mail; give each person a row."),
    ),
    "address-wrong": (
        lazy("This is no complete e-mail."),
        lazy("Correct it: name@institution.org, without spaces or accents."),
    ),
    "more-cells": (
        lazy("The row has more cells than there are headings."),
        lazy("If a text holds the sign that parts the cells, put it in quotes."),
    ),
    "quote-open": (
        lazy("One cell holds many lines: a quotation mark seems to be left open."),
        lazy("Close it; the rows that it swallowed are not in this report."),
    ),
    "cell-long": (
        lazy("One cell holds a text far longer than a list needs."),
        lazy("Shorten it."),
    ),
}
WARNINGS = {
    "institution-unknown": lazy(
        "“%(typed)s” is not in the list of institutions: it is kept as typed."
    ),
    "track-unknown": lazy("We do not know the profession “%(typed)s”: it stays empty."),
    "country-unknown": lazy("We do not know the country “%(typed)s”: it stays empty."),
    "language-unknown": lazy("There is no language “%(typed)s” here: it stays empty."),
    "superior-address-wrong": lazy(
        "“%(typed)s” is no complete e-mail of a superior: it stays empty."
    ),
    "fact-long": lazy("%(what)s: more than %(most)s letters. It stays empty."),
}
FACTS = {
    "name": lazy("Name"),
    "institution": lazy("Institution"),
    "position": lazy("Position"),
    "superior": lazy("Superior"),
}
SENTENCES = UNREADABLE | NOTES | WARNINGS
REFUSALS = {
    "cohort-archived": lazy(
        "The cohort is archived: it is read and no longer changed. Nobody was invited."
    ),
    "roster-accepted": lazy(
        "This list was imported already. Nobody was invited twice."
    ),
    "roster-empty": lazy("This list names nobody new. Nobody was invited."),
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """One row that is not imported, in words."""

    row: int
    address: str
    name: str
    what: str
    todo: str


def sentence(finding: Finding) -> str:
    """Return a finding of a whole list, or a warning of a row, in a sentence."""
    facts = dict(finding)
    if "what" in facts:
        facts["what"] = str(FACTS[str(facts["what"])])
    return str(SENTENCES[str(finding["is"])]) % facts


def sentences(findings: Iterable[Finding]) -> list[str]:
    """Return several of them."""
    return [sentence(finding) for finding in findings]


def wrong(error: Finding) -> Wrong:
    """Return an error of a row in words."""
    what, todo = ERRORS[str(error["is"])]
    return Wrong(
        row=int(error["row"]),
        address=str(error["address"]),
        name=str(error["name"]),
        what=str(what) % error,
        todo=str(todo),
    )


def on_their_way(count: int) -> str:
    """Say that so many invitations are being sent."""
    said = ngettext(
        "%(count)d invitation is on its way.",
        "%(count)d invitations are on their way.",
        count,
    )
    return said % {"count": count}


def error_headings() -> list[str]:
    """Return the headings of the file of errors."""
    return [
        _("Row"),
        _("E-mail"),
        _("Name"),
        _("What is wrong"),
        _("What to do"),
    ]
