"""Every figure on paper is one that the published tables give."""

import csv
import re
from html.parser import HTMLParser
from io import BytesIO, StringIO

import pikepdf
import pytest

from certificates.figures.paper import as_html, render_quarter
from certificates.figures.rules import MEASURES, Band

pytestmark = pytest.mark.django_db


class Cells(HTMLParser):
    """Collects the cells of each row of each table."""

    def __init__(self):
        super().__init__()
        self.rows, self.inside = [], False

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.inside = True

    def handle_endtag(self, tag):
        self.inside = self.inside and tag not in ("td", "th")

    def handle_data(self, text):
        if self.inside:
            self.rows[-1][-1] += text.strip()


def recounted(client, release, table, of):
    """Reckon what must be printed from the file that everybody may download."""
    body = client.get(f"/open-data/{release.week}/{table}.csv").content.decode()
    for row in csv.DictReader(StringIO(body)):
        if of == "country" or row["country"] == "ALL":
            told = [(row[f"{m}_least"], row[f"{m}_most"]) for m in MEASURES]
            yield [
                row[f"{of}_en"],
                *[printed(least, most) for least, most in told],
                share(told[2], told[0]),
            ]


def printed(least, most):
    if not least:
        return "hidden"
    return f"{least}–{most}" if int(least) else f"fewer than {int(most) + 1}"


def share(part, whole):
    if not part[0] or not whole[0]:
        return "–"
    told = Band(*map(int, part)).share_of(Band(*map(int, whole)))
    return f"{told.least}–{told.most} %" if told else "–"


def test_every_figure_recomputes_from_the_published_file(client, released):
    page = Cells()
    page.feed(as_html(released, quarter="2026-Q4", language="en"))

    found = [row for row in page.rows if row[0] not in ("Country", "Course")]

    countries = list(recounted(client, released, "countries", "country"))
    courses = list(recounted(client, released, "courses", "course"))
    total = countries[0]
    assert total[1:] == ["120–129", "40–49", "40–49", "20–29", "31–41 %"]
    assert sorted(found) == sorted([*countries, *courses, total])
    assert any("fewer than 10" in row for row in found)


def test_the_figures_on_top_are_those_of_all_countries(client, released):
    page = as_html(released, quarter="2026-Q4", language="en")

    top = re.findall(r"<strong>(?:<span[^>]*>)?([^<]+)", page)

    assert [one.strip() for one in top] == next(
        recounted(client, released, "countries", "country")
    )[1:5]


def test_the_file_is_tagged_and_speaks_its_language(released):
    file = render_quarter(released, quarter="2026-Q4", language="es")

    with pikepdf.open(BytesIO(file)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "es"
        assert "octubre a diciembre de 2026" in str(pdf.docinfo["/Title"])
