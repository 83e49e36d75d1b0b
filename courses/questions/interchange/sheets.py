"""Questions of a spreadsheet (XLSX, CSV): one in each row, columns for both languages.

What is wrong with a row is said with its number and the column where it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from io import BytesIO, StringIO
from itertools import islice
from string import ascii_uppercase
from typing import NamedTuple

from courses.questions.interchange import markup
from courses.questions.interchange import sheet_columns as columns
from courses.questions.interchange.extra import extra_of
from courses.questions.interchange.letters import is_for_programs
from courses.questions.interchange.neutral import (
    LANGUAGES,
    MOST_QUESTIONS,
    TYPED,
    UNSAID,
    Brought,
    Kind,
    Loss,
    Option,
    Texts,
    Unreadable,
    unreadable,
    within_limits,
)
from courses.questions.interchange.sheet_columns import Column
from lms.cells import plain_cell
from lms.team.roster import archives, delimited, workbook
from lms.team.roster.findings import Finding
from lms.team.roster.findings import Unreadable as NoTable
from lms.team.roster.tables import HEADINGS_WITHIN, Record

MOST_ROWS = 5000  # that are counted
APOSTROPHE = "'"


class Found(NamedTuple):
    """The questions of a sheet, and what there is to say of it as a whole."""

    questions: list[Brought]
    notes: tuple[Loss, ...]


class _Wrong(Exception):
    """A row cannot be read: a stable word, and the column where that is."""

    def __init__(self, word: str, *where: Column):
        super().__init__(word)
        self.word, self.where = word, where


def is_one(text: str) -> bool:
    """Whether a text is a table of questions."""
    lines = [line for line in text.split("\n", HEADINGS_WITHIN + 1)[:-1] if line]
    lines = [line[:20_000] for line in lines[:HEADINGS_WITHIN] or [text[:20_000]]]
    try:
        records = delimited.records_of(lines, columns.Layout())
        return any(columns.are_headings(cells) for _number, cells in records)
    except NoTable:
        return False


def read_text(text: str) -> Found:
    """Return the questions of a text with commas, semicolons or tabs."""
    lines = StringIO(text, newline="")
    try:
        records = delimited.records_of(lines, columns.Layout())
        return _read((number, [*map(_unmarked, row)]) for number, row in records)
    except NoTable as error:
        raise _refusal(error) from error


def read_workbook(content: bytes) -> Found:
    """Return the questions of the first visible sheet."""
    notes: list[Finding] = []
    try:
        with archives.opened(BytesIO(content)) as archive:
            found = _read(workbook.records_of(archive, notes))
    except NoTable as error:
        raise _refusal(error) from error
    told = [Loss("sheet", about=str(note["name"])) for note in notes]
    return Found(found.questions, (*told, *found.notes))


def _refusal(error: NoTable) -> Unreadable:
    return Unreadable(str(error.finding["is"]), int(error.finding.get("row", 0)))


def _unmarked(cell: str) -> str:
    """Return a cell without the sign that keeps it from being a formula."""
    bare = cell.removeprefix(APOSTROPHE)
    marked = bare != cell and plain_cell(bare.lstrip(APOSTROPHE)).startswith(APOSTROPHE)
    return bare if marked else cell


def _read(records: Iterable[Record]) -> Found:
    written = ((at, cells) for at, cells in records if any(map(str.strip, cells)))
    headings: list[str] = []
    for _number, cells in islice(written, HEADINGS_WITHIN):
        if columns.are_headings(cells):
            headings = cells
            break
    if not headings:
        raise Unreadable("no-headings")
    rows = list(islice(written, MOST_ROWS))
    if len(rows) > MOST_QUESTIONS:
        raise Unreadable("too-many", about=str(len(rows)))
    known = columns.columns_of(headings)
    questions = [_question(number, cells, known, headings) for number, cells in rows]
    unread = [h for h, one in zip(headings, known, strict=True) if h and not one]
    notes = (Loss("unread", about=", ".join(unread)[:200]),) if unread else ()
    return Found([within_limits(one) for one in questions], notes)


@dataclass
class _Row:
    """The cells of a row by what they say, and what of them is lost."""

    number: int
    said: dict[Column, str]
    losses: list[Loss] = field(default_factory=list)

    def cell(self, part: str) -> str:
        return self.said.get(Column(part), "")

    def texts(self, part: str, letter: str = "") -> Texts:
        found: Texts = {}
        for language in (UNSAID, *LANGUAGES):
            if cell := self.said.get(Column(part, letter, language)):
                found |= self._told(cell, language)
        return found

    def _told(self, cell: str, language: str) -> Texts:
        """Return a cell as it is, unless somebody else's marks part its languages."""
        if "multilang" not in cell and not markup.MLANG.search(cell):
            return {language: cell}
        form = markup.HTML if "multilang" in cell else markup.PLAIN
        texts, lost = markup.read_text(cell, form, self.number)
        self.losses += lost
        return {code or language: text for code, text in texts.items()}

    def answers(self) -> dict[str, Option]:
        """Return what stands in the columns of answers, by letter."""
        found = {
            letter: Option(
                self.texts("answer", letter), match=self.texts("pair", letter)
            )
            for letter in ascii_uppercase
        }
        return {key: one for key, one in found.items() if one.texts or one.match}


def _question(
    number: int,
    cells: list[str],
    known: list[Column | None],
    headings: list[str],
) -> Brought:
    row = _Row(number, {})
    for column, cell in zip(known, cells, strict=False):
        if column and (text := _clean(cell)):
            row.said.setdefault(column, text)
    try:
        return _read_row(row)
    except _Wrong as wrong:
        stem = next(iter(row.texts("stem").values()), "")
        told = _named(wrong.where, known, headings)
        return replace(unreadable(wrong.word, number, text=stem), told=told)


def _clean(cell: str) -> str:
    plain = cell.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in plain if not is_for_programs(sign)).strip()


def _named(
    where: tuple[Column, ...], known: list[Column | None], headings: list[str]
) -> str:
    """Return the column as the spreadsheet and its heading name it."""
    found = [at for at, one in enumerate(known) if one and one in where]
    if not found:
        return where[0].heading(LANGUAGES[0])
    return f"{_letters_of(found[0])}: {headings[found[0]].strip()[:60]}"


def _letters_of(place: int) -> str:
    higher, lower = divmod(place, 26)
    return (ascii_uppercase[higher - 1] if higher else "") + ascii_uppercase[lower]


def _both(part: str, letter: str = "") -> list[Column]:
    return [Column(part, letter, language) for language in (*LANGUAGES, UNSAID)]


def _read_row(row: _Row) -> Brought:
    kind = columns.kind_of(row.cell("kind"))
    if kind is None:
        raise _Wrong("cell-kind", Column("kind"))
    if not (stem := row.texts("stem")):
        raise _Wrong("cell-stem", *_both("stem"))
    extra = extra_of(row.cell("campus")) if row.cell("campus") else {}
    if source := row.texts("source"):
        extra["source"] = {code or LANGUAGES[0]: text for code, text in source.items()}
    options, own = _options(kind, row)
    return Brought(
        kind,
        row.number,
        stem,
        options,
        row.texts("feedback"),
        row.cell("code"),
        row.cell("category"),
        losses=tuple(dict.fromkeys(row.losses)),
        extra=extra | own,
    )


def _options(kind: Kind, row: _Row) -> tuple[tuple[Option, ...], dict]:
    if kind == Kind.TRUE_FALSE:
        return _truth(row), {}
    answers = row.answers()
    least = 1 if kind in TYPED else 2
    if len(answers) < least:
        letter = next(one for one in ascii_uppercase if one not in answers)
        raise _Wrong("cell-answers", *_both("answer", letter))
    if kind == Kind.MATCHING:
        return _pairs(answers), {}
    for letter, one in answers.items():
        if not one.texts:
            raise _Wrong("cell-answer", *_both("answer", letter))
    if kind in TYPED:
        return tuple(replace(one, weight=100) for one in answers.values()), {}
    right = _right(kind, row.cell("right"), answers)
    if kind == Kind.ORDERING:
        order = list(answers)
        steps = tuple(replace(answers[letter], weight=100) for letter in right)
        return steps, {"written": [order.index(letter) for letter in right]}
    weight = round(100 / len(right), 5)
    return tuple(
        replace(one, weight=weight if letter in right else 0)
        for letter, one in answers.items()
    ), {}


def _truth(row: _Row) -> tuple[Option, ...]:
    words = set(columns.words_of(row.cell("right")))
    is_true, is_false = (
        bool(words & columns.TRUE_WORDS),
        bool(words & columns.FALSE_WORDS),
    )
    if is_true == is_false:
        raise _Wrong("cell-truth", Column("right"))
    return Option({}, 100 * is_true), Option({}, 100 * is_false)


def _pairs(answers: dict[str, Option]) -> tuple[Option, ...]:
    for letter, one in answers.items():
        if not one.match:
            raise _Wrong("cell-pair", *_both("pair", letter))
    return tuple(replace(one, weight=100) for one in answers.values())


def _right(kind: Kind, cell: str, answers: dict[str, Option]) -> list[str]:
    """Return the letters of the right answers, for steps in their order."""
    letters = [word.upper() for word in columns.words_of(cell)]
    if kind == Kind.ORDERING:
        if sorted(letters) != sorted(answers):
            raise _Wrong("cell-order", Column("right"))
        return letters
    is_one = len(letters) == 1 or kind == Kind.MULTIPLE
    if not letters or not set(letters) <= set(answers) or not is_one:
        raise _Wrong("cell-right", Column("right"))
    return letters
