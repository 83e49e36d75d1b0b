"""What is found in a list, in sentences: what happened, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lms.team.roster.findings import Finding

# Why no list could be read.
UNREADABLE = {
    "too-big": _(
        "The list is larger than %(megabytes)s MB. Divide it into several lists, or "
        "take out what is no text."
    ),
    "too-many-rows": _(
        "The list has more than %(most)s people. Divide it into several lists."
    ),
    "too-many-columns": _(
        "The first row has more than %(most)s columns. Keep only those of our template."
    ),
    "empty": _("The file is empty. Choose another one."),
    "only-headings": _(
        "The list has headings and no people. Enter one person in each row below them."
    ),
    "no-address-column": _(
        "We found no column with e-mails. The first row says: %(columns)s. Write "
        "“e-mail” above the column that has them."
    ),
    "cell-endless": _(
        "From row %(row)s on we cannot tell the cells apart: a quotation mark seems to "
        "be left open. Close it, or save the list as XLSX."
    ),
    "many-files": _(
        "Choose one list at a time. Only the files of OneRoster (users.csv, "
        "enrollments.csv, orgs.csv) go together."
    ),
    "is-pdf": _(
        "This is a PDF, whatever its name says. Ask for the list as XLSX or CSV."
    ),
    "is-picture": _("This is a picture. Ask for the list as XLSX or CSV."),
    "is-document": _(
        "This is a text document. Copy its table into a spreadsheet, or paste it below."
    ),
    "is-web-page": _(
        "This is a web page or an XML file. Open it in your spreadsheet and save it as "
        "XLSX or CSV."
    ),
    "is-archive": _("This is an archive. Unpack it and choose the list inside."),
    "is-old-workbook": _(
        "This is a workbook of an old Excel (.xls). Open it and save it as XLSX or CSV."
    ),
    "is-binary-workbook": _(
        "This is a binary workbook (.xlsb). Open it and save it as XLSX or CSV."
    ),
    "is-open-document": _(
        "This is an OpenDocument file. Open it and save it as XLSX or CSV."
    ),
    "not-text": _(
        "This file is no list that we can read. Save the list as XLSX or CSV."
    ),
    "macros": _(
        "This workbook carries macros, which we do not open. Save it as XLSX (without "
        "macros) or CSV."
    ),
    "encrypted": _(
        "This file is locked with a password. Save it without one and choose it again."
    ),
    "broken": _(
        "The file is damaged or incomplete. Open it in your spreadsheet and save it "
        "again as XLSX or CSV."
    ),
    "inflates": _(
        "Unpacked, the file would be far larger than a list of people. Copy the list "
        "into a new workbook and save that one."
    ),
    "declares": _(
        "The file holds instructions (DOCTYPE) that no spreadsheet writes. Copy the "
        "list into a new workbook and save that one."
    ),
    "no-sheet": _("The workbook has no visible sheet. Show the one with the list."),
    "archive-without-list": _(
        "The archive holds neither a workbook nor users.csv of OneRoster. Unpack it "
        "and choose the list inside."
    ),
    "package-without-users": _(
        "users.csv is missing, which says who people are. Choose it too."
    ),
    "package-too-big": _(
        "A file of the package has more than %(most)s rows. Export only the schools or "
        "classes of this cohort."
    ),
    "no-students": _(
        "Nobody in the package is an active student. Check roles and status in it."
    ),
    "upload-broken": _("The list did not arrive whole. Send it again."),
}
# What to know of a list that was read.
NOTES = {
    "sheet": _(
        "The workbook has %(sheets)s sheets. We read the first visible one: “%(name)s”."
    ),
    "old-letters": _(
        "The file is not in UTF-8: we read its letters as Windows-1252. Check the "
        "accents in the names."
    ),
    "nul": _("The file holds empty signs (NUL) inside of texts. We left them out."),
    "stopped": _(
        "After row %(row)s come a thousand empty rows. What follows them was not read."
    ),
    "no-headings": _(
        "The list has no headings. We took column %(column)s for the e-mails."
    ),
    "unread-columns": _("Columns that we do not use: %(columns)s."),
    "columns-twice": _(
        "Several columns say the same: %(columns)s. The first one that is filled in "
        "counts."
    ),
    "oneroster": _("This is a OneRoster package: only active students are read."),
    "left-deleted": _("Rows left out because they are to be deleted: %(rows)s."),
    "left-off": _("Rows left out because the user is turned off: %(rows)s."),
    "left-others": _("Rows left out because they are no students: %(rows)s."),
}
ERRORS = {
    "address-missing": (
        _("There is no e-mail."),
        _("Enter the person’s e-mail."),
    ),
    "address-long": (
        _("The e-mail has more letters than any e-mail has."),
        _("Keep one e-mail in the cell."),
    ),
    "address-hidden": (
        _("The e-mail holds a sign that cannot be seen (%(sign)s)."),
        _("Delete the e-mail and type it by hand."),
    ),
    "address-many": (
        _("There are several e-mails in one cell."),
        _("Enter one e-mail; give each person a row."),
    ),
    "address-wrong": (
        _("This is no complete e-mail."),
        _("Correct it: name@institution.org, without spaces or accents."),
    ),
    "more-cells": (
        _("The row has more cells than there are headings."),
        _("If a text holds the sign that parts the cells, put it in quotes."),
    ),
    "quote-open": (
        _("One cell holds many lines: a quotation mark seems to be left open."),
        _("Close it; the rows that it swallowed are not in this report."),
    ),
    "cell-long": (
        _("One cell holds a text far longer than a list needs."),
        _("Shorten it."),
    ),
}
WARNINGS = {
    "institution-unknown": _(
        "“%(typed)s” is not in the list of institutions: it is kept as typed."
    ),
    "track-unknown": _("We do not know the profession “%(typed)s”: it stays empty."),
    "country-unknown": _("We do not know the country “%(typed)s”: it stays empty."),
    "language-unknown": _("There is no language “%(typed)s” here: it stays empty."),
    "superior-address-wrong": _(
        "“%(typed)s” is no complete e-mail of a superior: it stays empty."
    ),
    "fact-long": _("%(what)s: more than %(most)s letters. It stays empty."),
}
FACTS = {
    "name": _("Name"),
    "institution": _("Institution"),
    "position": _("Position"),
    "superior": _("Superior"),
}
SENTENCES = UNREADABLE | NOTES | WARNINGS
REFUSALS = {
    "cohort-archived": _(
        "The cohort is archived: it is read and no longer changed. Nobody was invited."
    ),
    "cohort-over": _(
        "The cohort is over. Give it a later last day first. Nobody was invited."
    ),
    "roster-accepted": _("This list was imported already. Nobody was invited twice."),
    "roster-empty": _("This list names nobody new. Nobody was invited."),
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
    headings = (_("Row"), _("E-mail"), _("Name"), _("What is wrong"), _("What to do"))
    return [str(heading) for heading in headings]
