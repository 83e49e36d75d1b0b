"""Questions as a spreadsheet, and the template in which somebody writes new ones.

No cell of theirs is a formula, whatever somebody typed.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from string import ascii_uppercase

import xlsxwriter
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.questions.interchange import sheet_columns as columns
from courses.questions.interchange.extra import as_json
from courses.questions.interchange.neutral import (
    LANGUAGES,
    Brought,
    Kind,
    Option,
)
from courses.questions.interchange.sheet_columns import Column
from lms import cells

LETTERS = 6  # answers of the template
# Excel knows no zones: a made-up moment keeps the file the same on every machine.
MADE_AT = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
OWN_COLUMN = {"source", "variants", "written"}  # of what Campus alone knows


def as_table(questions: list[Brought]) -> bytes:
    """Return the questions as CSV that spreadsheets open with the right letters."""
    rows = [[_marked(cell) for cell in row] for row in _rows(questions)]
    return cells.as_csv(rows).encode("utf-8-sig")


def as_workbook(questions: list[Brought]) -> bytes:
    """Return the questions as an Excel workbook."""
    return _book([(_("Questions"), _rows(questions))])


def template() -> bytes:
    """Return an empty workbook with a sheet that says how it is filled in."""
    head = columns.layout(_language(), LETTERS, pairs=True, own=False)
    headings = [column.heading(_language()) for column in head]
    told = [[line] for line in instructions()]
    return _book([(_("Questions"), [headings]), (_("Instructions"), told)])


def instructions() -> list[str]:
    """Return how a spreadsheet is filled in, sentence by sentence."""
    at = LANGUAGES.index(_language())
    kinds = ", ".join(words[at] for words in columns.KINDS.values())
    truth = ", ".join(words[at] for words in columns.TRUTH.values())
    return [
        _("Write one question in each row of the first sheet. Leave its headings."),
        _("(es) is Spanish and (en) is English. What is missing is named, not lost."),
        _("Kinds: %(kinds)s.") % {"kinds": kinds},
        _("One or several answers: write the letters of the right ones, such as A, C."),
        _("A statement: write whether it is right (%(words)s) and no answers.")
        % {"words": truth},
        _("Matching: what belongs to answer A stands in pair A, and so on."),
        _("A pair whose answer is empty is one that nothing belongs to."),
        _("Ordering: write the letters in the right order, such as B, A, C."),
        _("A number: write each right one as an answer: 12.5, 12.5:0.5 or 20..25."),
        _("A short text: write each way in which it is right as an answer."),
        _("Up to 26 answers: add columns for G, H and so on."),
        _("Colours, bold type, pictures and formulas are not read."),
        _(
            "Up to 500 questions and 2 MB. You see what becomes of each before it is "
            "kept."
        ),
    ]


def _language() -> str:
    code = (get_language() or LANGUAGES[0])[:2]
    return code if code in LANGUAGES else LANGUAGES[0]


def _marked(cell: str) -> str:
    """Mark what already begins with apostrophes before a sign of formulas.

    Then one apostrophe is taken away again from every such cell, and it is the mark.
    """
    bare = cell.lstrip("'")
    is_live = bare != cell and cells.plain_cell(bare) != bare
    return f"'{cell}" if is_live else cell


def _rows(questions: list[Brought]) -> list[list[str]]:
    language = _language()
    letters = max([LETTERS, *(len(_answers(one)) for one in questions)])
    pairs = any(one.kind == Kind.MATCHING for one in questions)
    head = columns.layout(language, letters, pairs=pairs, own=True)
    found = [[column.heading(language) for column in head]]
    for question in questions:
        said = _said(question, LANGUAGES.index(language))
        found.append([said.get(column, "") for column in head])
    return found


def _said(question: Brought, at: int) -> dict[Column, str]:
    own = {k: v for k, v in question.extra.items() if k not in OWN_COLUMN}
    said = {
        Column("code"): question.name,
        Column("category"): question.category,
        Column("kind"): columns.KINDS[question.kind][at],
        Column("right"): _right(question, at),
        Column("campus"): as_json(own) if own else "",
    }
    parts = [("stem", "", question.stem), ("feedback", "", question.feedback)]
    parts.append(("source", "", question.extra.get("source", {})))
    for letter, option in zip(ascii_uppercase, _answers(question), strict=False):
        parts += [("answer", letter, option.texts), ("pair", letter, option.match)]
    for part, letter, texts in parts:
        for code, text in texts.items():
            said[Column(part, letter, code or LANGUAGES[0])] = text
    return said


def _answers(question: Brought) -> Sequence[Option]:
    """Return the answers in the order in which they were written."""
    match question.kind:
        case Kind.TRUE_FALSE:
            return []
        case Kind.ORDERING:
            places = question.extra["written"]
            return [question.options[places.index(at)] for at in range(len(places))]
        case Kind.SHORT:
            return [Option(row) for row in question.extra["variants"]]
        case _:
            return question.options


def _right(question: Brought, at: int) -> str:
    match question.kind:
        case Kind.TRUE_FALSE:
            return columns.TRUTH[bool(question.options[0].weight)][at]
        case Kind.ORDERING:
            return ", ".join(ascii_uppercase[n] for n in question.extra["written"])
        case Kind.SINGLE | Kind.MULTIPLE:
            rows = zip(ascii_uppercase, question.options, strict=False)
            return ", ".join(letter for letter, one in rows if one.weight)
        case _:
            return ""


def _book(sheets: Iterable[tuple[str, list[list[str]]]]) -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        book.set_properties({"created": MADE_AT})
        # What is typed into such a cell stays as it was typed.
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        for name, rows in sheets:
            page = book.add_worksheet(name)
            widest = max(map(len, rows))
            page.set_column(0, widest - 1, 24 if widest > 1 else 90, text)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    page.write_string(number, column, cell, text)
            page.freeze_panes(1 if widest > 1 else 0, 0)
    return file.getvalue()
