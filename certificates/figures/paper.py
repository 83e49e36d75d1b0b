"""How is a quarter put on paper? Its figures are read from the published tables."""

import csv
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override
from weasyprint import CSS, HTML

from certificates.figures.board import HEADINGS
from certificates.figures.files import WHOLE, csv_of
from certificates.figures.naming import months_of
from certificates.figures.rules import MEASURES, Band
from certificates.models import Release
from certificates.pdf import OurFiles, claim_pdf_ua, fonts
from lms.folding import folded_text

STYLES = Path(__file__).with_name("paper.css")
VARIANT = "pdf/a-3a"


@dataclass(frozen=True, slots=True)
class Printed:
    """A row of a published table: its name, and its measures, None for the hidden."""

    code: str
    name: str
    told: list[Band | None]

    @property
    def share(self) -> Band | None:
        whole, _, part, _ = self.told
        return part.share_of(whole) if part and whole else None


@cache
def stylesheet() -> CSS:
    """Return the style sheet, parsed once in this process."""
    return CSS(filename=STYLES, font_config=fonts(), url_fetcher=OurFiles())


def render_quarter(release: Release, *, quarter: str, language: str) -> bytes:
    """Return the report as a file: paged, tagged, archival."""
    page = HTML(
        string=as_html(release, quarter=quarter, language=language),
        url_fetcher=OurFiles(),
    )
    document = page.render(
        stylesheets=[stylesheet()], font_config=fonts(), pdf_variant=VARIANT
    )
    claim_pdf_ua(document.metadata)
    return document.write_pdf(pdf_variant=VARIANT)


def as_html(release: Release, *, quarter: str, language: str) -> str:
    """Return the pages that are printed, in the language of the reader."""
    countries = _by_name(published(release, "countries", language))
    facts = {
        "release": release,
        "language": language,
        "headings": list(HEADINGS.values()),
        "total": next(row for row in countries if row.code == WHOLE),
        "countries": [row for row in countries if row.code != WHOLE],
        "courses": _by_name(published(release, "courses", language)),
        "created": release.made_at.isoformat(timespec="seconds"),
        "site": settings.SITE_URL.rstrip("/"),
    }
    with override(language):
        return render_to_string(
            "figures/paper.html", facts | {"quarter": months_of(quarter)}
        )


def published(release: Release, table: str, language: str) -> list[Printed]:
    """Read a published table again: countries, or what all of them have together."""
    rows = csv.DictReader(StringIO(csv_of(release, table, public=True)))
    if table == "countries":
        return [_printed(row, "country", language) for row in rows]
    return [
        _printed(row, "course", language) for row in rows if row["country"] == WHOLE
    ]


def _printed(row: dict[str, str], of: str, language: str) -> Printed:
    told = [_band(row[f"{m}_least"], row[f"{m}_most"]) for m in MEASURES]
    return Printed(row[of], row[f"{of}_{language}"], told)


def _band(least: str, most: str) -> Band | None:
    return Band(int(least), int(most)) if least else None


def _by_name(rows: list[Printed]) -> list[Printed]:
    return sorted(rows, key=lambda row: folded_text(row.name))
