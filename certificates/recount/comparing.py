"""Do all outputs of the report say what the second reckoning says?"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from certificates.recount import programs, reading
from certificates.recount.answers import Answer, Recount
from certificates.recount.obligations import site_day
from certificates.recount.reading import Cells, Table
from certificates.recount.rows import Row
from certificates.reports.columns import ALL, COLUMNS, values_of
from certificates.reports.figures import Figures, groups_of, other_period, totals_of
from certificates.reports.filters import Asked
from certificates.reports.query import lines_of
from certificates.takeaway.paper import as_html
from certificates.takeaway.reading import ON_PAPER
from certificates.takeaway.sheet import Sheet, in_words, local
from lms.cells import plain_cell
from lms.people.models import User

PER_PAGE = 50
RUNS_OUT = ("valid", "expired")  # others have no last day that means anything
NUMBER = re.compile(r"\d+")
KINDS = [column.kind.value for column in COLUMNS.values()]


class Comparison:
    """One question of one reader: what is right, and where an output says otherwise."""

    def __init__(self, recount: Recount, viewer: int, asked: Asked, *, at, language):
        self.recount, self.asked, self.at = recount, asked, at
        self.viewer = User.objects.get(pk=viewer)
        self.language = language
        self.right = self._answer(asked)
        self.other = self._answer(other_period(asked)) if asked.other else None

    def _answer(self, asked: Asked) -> Answer:
        return self.recount.answer(
            self.viewer.pk, asked, at=self.at, language=self.language
        )

    def differences(self, browser: Client | None = None) -> Iterator[str]:
        """Yield what differs, in words; nothing where all agree."""
        with override(self.language):
            yield from self.of_query()
            yield from self.of_figures()
            yield from self.of_groups()
            yield from self.of_files()
            if browser:
                yield from self.of_screen(browser)
                yield from self.of_api()

    def of_query(self) -> Iterator[str]:
        lines = lines_of(self.viewer, self.asked, at=self.at)
        found = values_of(lines, ALL, language=self.language, for_machines=True)
        yield from unlike("query", as_cells(found), self.cells())

    def of_figures(self) -> Iterator[str]:
        totals = totals_of(self.viewer, self.asked, at=self.at)
        yield from unequal("figures", asdict(totals.figures), self.right.figures)
        apart = {name: getattr(totals, name) for name in self.right.apart}
        yield from unequal("counted apart", apart, self.right.apart)

    def of_groups(self) -> Iterator[str]:
        found = groups_of(self.viewer, self.asked, at=self.at)
        first = {one.keys: asdict(one.figures) for one in found}
        nothing = asdict(Figures())
        right = dict(self.right.groups)
        if self.other:
            right = dict.fromkeys(self.other.groups, nothing) | right
            beside = {one.keys: asdict(one.other) for one in found}
            wanted = {key: self.other.groups.get(key, nothing) for key in right}
            yield from unequal("groups of the other period", beside, wanted)
        yield from unequal("groups", first, right)

    def of_files(self) -> Iterator[str]:
        sheet = self.sheet()
        texts, plain = self.cells(in_words=True), self.cells(in_words=True, plain=True)
        for key, read in reading.READERS.items():
            found = read(reading.as_file(sheet, key))
            yield from unlike(key, found, texts if key == "json" else plain)
        book = reading.of_workbook(reading.as_file(sheet, "xlsx"), kinds=KINDS)
        yield from unlike("xlsx", book, texts)
        page = as_html(sheet, list(sheet.rows)).replace("<caption>", '<caption id="p">')
        yield from unlike("paper", Table(page, "p").body, self.on_paper())

    def of_api(self) -> Iterator[str]:
        """Read what a program is told that holds a token of the reader's mandate."""
        mandates = self.recount.standing(self.viewer.pk, on=site_day(self.at))
        query = programs.question_of(self.asked, self.recount.rows)
        with programs.program_of(mandates[0]["id"], at=self.at) as program:
            lines = programs.read_lines(program, query, language=self.language)
            totals = programs.read_totals(program, query)
        yield from unlike("api", reading.of_objects(lines), self.cells())
        figures = with_owed(self.right.figures)
        yield from unequal("figures of the api", totals["figures"], figures)
        other = self.other and with_owed(self.other.figures)
        yield from unequal("other period of the api", totals["other"], other)
        apart = {name: totals[name] for name in self.right.apart}
        yield from unequal("counted apart by the api", apart, self.right.apart)
        if not self.other:
            groups = [ordered(one["figures"]) for one in totals["groups"]]
            right = [ordered(with_owed(one)) for one in self.right.groups.values()]
            yield from unequal("groups of the api", sorted(groups), sorted(right))

    def of_pdf(self) -> Iterator[str]:
        """Read the paper: every row stands in it, its cells one after the other."""
        with override(self.language):
            content = reading.as_file(self.sheet(ON_PAPER), "pdf")
            words = reading.words_of_pdf(content)
            places = [ALL.index(key) for key in ON_PAPER]
            for row in self.on_paper() if words is not None else ():
                text = "".join(row[place] for place in places)
                if "".join(text.split()) not in "".join(words):
                    yield f"pdf: -1 {row}"

    def sheet(self, columns: Sequence[str] = ALL) -> Sheet:
        """Return what a file is written from; with every column, if none are named."""
        lines = lines_of(self.viewer, self.asked, at=self.at)
        return Sheet(
            title=gettext("Completion report"),
            as_of=self.at,
            facts=[],
            totals=[],
            keys=columns,
            headings=[gettext(COLUMNS[key].heading) for key in columns],
            kinds=[COLUMNS[key].kind.value for key in columns],
            rows=values_of(lines, columns, language=self.language),
        )

    def of_screen(self, browser: Client) -> Iterator[str]:
        """Read every page of the screen, its totals and its groups."""
        pages = max(1, -(-len(self.right.rows) // PER_PAGE))
        found: Cells = []
        for number in range(1, pages + 1):
            page = self._page(browser, number)
            found += Table(page, "lines-caption").body
        yield from unlike("screen", found, [self.shown(row) for row in self.right.rows])
        figures = [numbers(row[1:]) for row in Table(page, "totals-caption").body]
        yield from unequal("figures on screen", figures, self.figures_shown())
        groups = [numbers(row[-7:]) for row in Table(page, "groups-caption").body]
        if not self.other:
            wanted = [group_shown(one) for one in self.right.groups.values()]
            yield from unequal("groups on screen", sorted(groups), sorted(wanted))

    def _page(self, browser: Client, number: int) -> str:
        query = {"group": ""} | self.asked.as_query() | {"page": str(number)}
        answer = browser.get(reverse("completion_report"), query)
        return answer.content.decode()

    def cells(self, *, in_words: bool = False, plain: bool = False) -> Cells:
        return [cells_of(row, in_words, plain) for row in self.right.rows]

    def on_paper(self) -> Cells:
        return [
            tidy(tuple(printed(key, row[key]) for key in ALL))
            for row in self.right.rows
        ]

    def shown(self, row: Row) -> tuple[str, ...]:
        """Return how a row reads on the screen."""
        said = {key: worded(key, row[key]) for key in ALL}
        done = gettext("%(done)s of %(total)s") % row if row["total"] else "–"
        edition = f" · {row['edition']}" if row["edition"] else ""
        cells = (
            row["name"],
            f"{row['institution']}{said['track']}",
            f"{row['course_code']}{edition}{row['cohort']}",
            said["state"],
            done,
            day_shown(row["due_on"]),
            day_shown(row["last_on"]),
            "–" if row["score"] is None else f"{row['score']} %",
            said["standing"]
            + (
                day_shown(row["valid_until"])
                if row["valid_until"] and row["standing"] in RUNS_OUT
                else ""
            ),
        )
        return tidy(cells)

    def figures_shown(self) -> list[list[int]]:
        """Return the numbers of each row of the table of totals."""
        first = figure_rows(self.right.figures)
        if not self.other:
            return first
        beside = figure_rows(self.other.figures)
        return [one + two for one, two in zip(first, beside, strict=True)]


def with_owed(figures: Row) -> Row:
    return figures | {"owed": figures["lines"] - figures["withdrawn"]}


def ordered(figures: Row) -> list[tuple[str, int]]:
    return sorted(figures.items())


def figure_rows(figures: Row) -> list[list[int]]:
    owed = figures["lines"] - figures["withdrawn"]
    return [
        [owed],
        [figures["completed"], share(figures["completed"], owed)],
        [figures["valid"], share(figures["valid"], owed)],
        *[
            [figures[name]]
            for name in ("soon", "late", "in_progress", "not_begun", "withdrawn")
        ],
    ]


def group_shown(figures: Row) -> list[int]:
    owed = figures["lines"] - figures["withdrawn"]
    done = figures["completed"]
    return [
        figures["people"],
        owed,
        done,
        share(done, owed),
        *[figures[name] for name in ("valid", "soon", "late")],
    ]


def share(part: int, whole: int) -> int:
    """Return whole percent, a half rounded up."""
    return int(100 * part / whole + 0.5) if whole else 0


def numbers(row: tuple[str, ...]) -> list[int]:
    return [int(number) for cell in row for number in NUMBER.findall(cell)]


def day_shown(day: Any) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else "–"


def worded(key: str, value: Any) -> str:
    """Return a cell as a reader sees it: one of a few words in their language."""
    choices = COLUMNS[key].choices
    return str(choices.get(value, "")) if choices else in_words(value)


def printed(key: str, value: Any) -> str:
    """Return a cell as it stands on paper, where days are in words."""
    if isinstance(value, datetime):
        return date_format(local(value), "DATETIME_FORMAT")
    return date_format(value) if isinstance(value, date) else worded(key, value)


def cells_of(row: Row, for_people: bool, plain: bool) -> tuple[str, ...]:
    cells = [worded(key, row[key]) if for_people else in_words(row[key]) for key in ALL]
    if plain:
        kinds = zip(cells, KINDS, strict=True)
        cells = [plain_cell(cell) if kind == "text" else cell for cell, kind in kinds]
    return tuple(cells)


def as_cells(rows: Any) -> Cells:
    return [tuple(map(in_words, row)) for row in rows]


def tidy(cells: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(" ".join(cell.split()) for cell in cells)


def unlike(what: str, found: Cells, right: Cells) -> Iterator[str]:
    """Yield the rows that are too many or missing, whatever their order."""
    too_many, missing = Counter(found), Counter(right)
    too_many.subtract(Counter(right))
    missing.subtract(Counter(found))
    for sign, rows in (("+", +too_many), ("-", +missing)):
        for row, number in rows.items():
            yield f"{what}: {sign}{number} {row}"


def unequal(what: str, found: Any, right: Any) -> Iterator[str]:
    if found != right:
        yield f"{what}: {found} instead of {right}"
