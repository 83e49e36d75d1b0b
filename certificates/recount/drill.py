"""Do all outputs of the completion report hold what plain loops over rows hold?"""

from collections.abc import Iterator
from datetime import datetime
from itertools import cycle
from typing import Any

from django.conf import settings
from django.test import Client
from django.utils import timezone

from certificates.canary_drill import read_styles
from certificates.lines.drawing import draw_all
from certificates.models import ReportLine
from certificates.recount.answers import Recount
from certificates.recount.asking import questions
from certificates.recount.comparing import Comparison
from certificates.recount.obligations import site_day
from certificates.recount.rows import read_rows
from certificates.recount.stirring import stir
from certificates.region.history import tell_history
from lms.demo.cast import call_the_cast
from lms.demo.region import people_the_region
from lms.drills import Finding
from lms.people.institutions import load_institutions
from lms.people.models import User
from lms.scratch import CrewedSite

SEED = 2026
AT_ONCE = 2  # processes that draw all lines
SHOWN = 20  # differences


def report(site: CrewedSite, rounds: int) -> list[Finding]:
    """Draw the lines of a region twice at once, and ask so many questions of them."""
    site.run("collectstatic", "--no-input")
    site.once(settle)
    drawn = site.at_once(draw, [[] for _process in range(AT_ONCE)])
    told = site.once(compare_there, rounds)
    return [
        Finding("processes that failed", sum(bool(o.ended) for o in drawn), 0),
        *findings(told, rounds),
    ]


def findings(told: dict[str, Any], rounds: int) -> list[Finding]:
    """Return what was found; a comparison of nothing would prove nothing."""
    return [
        Finding("questions", told["questions"], rounds),
        Finding("rows compared", told["rows"]),
        Finding("questions without a row", told["empty"]),
        Finding("lines", told["lines"], told["obligations"]),
        Finding("some rows were compared", told["rows"] > rounds, True),
        Finding("differences", told["differences"], []),
    ]


def settle() -> None:
    """Fill the platform with a region, and let all happen to it that can."""
    at = timezone.now()
    load_institutions(settings.BASE_DIR / "fixtures" / "institutions.csv")
    call_the_cast("a-drill-s-password", at=at)
    people_the_region(at=at)
    tell_history(at=at, seed=SEED)
    stir(at=at, seed=SEED)


def draw() -> None:
    draw_all(at=timezone.now())


def compare_there(rounds: int) -> dict[str, Any]:
    """Compare in a process of the site."""
    read_styles()
    return compare(rounds, at=timezone.now())


def compare(rounds: int, *, at: datetime) -> dict[str, Any]:
    """Ask so many questions, in turn in both languages, of every output."""
    recount = Recount(read_rows(), drawn_at=at)
    told: dict[str, Any] = {"questions": 0, "rows": 0, "empty": 0}
    found: list[str] = []
    for one, browser in asked(recount, rounds, at=at):
        told["questions"] += 1
        told["rows"] += len(one.right.rows)
        told["empty"] += not one.right.rows
        found += [f"{one.viewer} {one.asked}: {d}" for d in one.differences(browser)]
    lines = ReportLine.objects.count()
    return told | {
        "differences": found[:SHOWN],
        "lines": lines,
        "obligations": len(recount.all),
    }


def asked(
    recount: Recount, rounds: int, *, at: datetime
) -> Iterator[tuple[Comparison, Client | None]]:
    """Yield each question, and the browser of whoever asks where they may enter."""
    languages = cycle(code for code, _name in settings.LANGUAGES)
    drawn = questions(recount, number=rounds, seed=SEED, on=site_day(at))
    for (viewer, question), language in zip(drawn, languages, strict=False):
        one = Comparison(recount, viewer, question, at=at, language=language)
        browser = None
        if recount.covered(viewer, on=site_day(at)):
            browser = Client()
            browser.force_login(User.objects.get(pk=viewer))
        yield one, browser
