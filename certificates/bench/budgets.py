"""Do the budgets of the blueprint hold, in a browser, on the screens people open?"""

from statistics import quantiles
from time import monotonic, sleep

from django.conf import settings

from certificates.bench.heaviest import Scales
from certificates.bench.screens import Screens, screens
from certificates.drills import files_of
from courses.bench.content import load_ten_courses
from lms.bench import access, lighthouse, paint, weight
from lms.bench.chromium import Chromium, Look, Screen, chromium
from lms.bench.site import Served, bench_site, served
from lms.bench.tables import Row, Table
from lms.scratch import Failed

HEAD = ("budget", "what", "measured", "wanted")
PAGE = "§1"  # no budget names it; a page that is read weighs no more than a lesson
PATIENCE = 60  # seconds for the file of a certificate
VIEWS = 20  # of each screen, for the first byte


def budgets() -> Table:
    """Measure all of it on one scratch site."""
    with bench_site() as site:
        load_ten_courses(site)
        with served(site) as campus:
            shown = screens(campus)  # before the browser: it brings an event loop
            notes: list[str] = []
            with chromium(campus.address) as browser:
                rows = [
                    *weights(campus, browser, shown),
                    *paints(browser, shown),
                    *for_everybody(browser, shown, notes),
                    *by_lighthouse(campus, browser, shown),
                ]
    rows.append(
        Row(("B16", "the whole path without JavaScript", "tests/journeys", "passes"))
    )
    return Table(HEAD, rows, notes)


def at_most(budget: str, what: str, found: float, limit: float, unit: str) -> Row:
    shown = f"{found:.2f}" if limit < 1 else f"{found:.1f}"
    cells = (budget, what, f"{shown} {unit}", f"≤ {limit:g} {unit}")
    return Row(cells, holds=found <= limit)


def none_of(budget: str, what: str, found: list[str], notes: list[str]) -> Row:
    """Return a line that holds when nothing was found; what was is told below."""
    notes += [f"{budget}: {one}" for one in found]
    return Row((budget, what, str(len(found)), "0"), holds=not found)


def weights(campus: Served, browser: Chromium, shown: Screens) -> list[Row]:
    heavy = shown.heaviest
    lesson = weight.cold(browser, heavy.lesson)
    then = weight.warm(browser, heavy.another_lesson, heavy.lesson)
    return [
        at_most("B1", "heaviest lesson, cold", lesson.kib_without_images, 20, "KB"),
        at_most("B2", "heaviest lesson, cold, with images", lesson.kib, 60, "KB"),
        at_most("B2", "heaviest lesson, cold, requests", lesson.requests, 6, ""),
        at_most("B3", "heaviest lesson, HTML", html(campus, heavy.lesson), 8, "KB"),
        Row(("B3", "the same warm, headers included", f"{then.kib:.1f} KB", "")),
        at_most("B4", "style sheets, gzip", sheets(campus, ".css"), 8, "KB"),
        at_most("B4", "scripts, gzip", sheets(campus, ".js"), 6, "KB"),
        cold("B5", browser, shown.verify, 15),
        cold("B5", browser, shown.certificate, 20),
        at_most("B5", "certificate, PDF", pdf(campus, shown), 120, "KB"),
        cold("B6", browser, shown.quiz, 20),
        cold("B6", browser, heavy.step, 15),
        cold("B6", browser, shown.my_learning, 60),
        *(cold(PAGE, browser, one, 20) for one in [shown.home, *heavy.read]),
        cold(PAGE, browser, heavy.glossary, 40),  # as much as a list may
    ]


def cold(budget: str, browser: Chromium, screen, limit: float) -> Row:
    found = weight.cold(browser, screen).kib
    return at_most(budget, f"{screen.name}, cold", found, limit, "KB")


def html(campus: Served, screen: Screen) -> float:
    """Return what comes of a page alone; of headers only the first budget speaks."""
    return Scales(campus.address, screen.cookies).weight(screen) / 1024


def sheets(campus: Served, suffix: str) -> float:
    """Return what our own files of that kind weigh together, compressed."""
    files = (campus.site.folder / "static").glob(f"*.*{suffix}.gz")
    return sum(path.stat().st_size for path in files) / 1024


def pdf(campus: Served, shown: Screens) -> float:
    """Wait for the worker, and return what it made of the certificate."""
    patience_ends = monotonic() + PATIENCE
    while not files_of(campus.site, shown.pdf):
        if monotonic() > patience_ends:
            raise Failed("the certificate's file was not made")
        sleep(0.2)
    (path,) = campus.site.private_file("").rglob(f"*{shown.pdf}*")
    return path.stat().st_size / 1024


def paints(browser: Chromium, shown: Screens) -> list[Row]:
    office = [paint.seen(browser, one, paint.OFFICE_PHONE) for one in shown.five]
    lesson = office[shown.five.index(shown.lesson)]
    weak = paint.seen(browser, shown.lesson, paint.WEAK)["lcp"]
    border = paint.seen(browser, shown.lesson, paint.BORDER)["lcp"]
    waits = paint.first_bytes(browser, shown.signed_in, VIEWS)
    return [
        *(
            at_most("B7", f"{screen.name}, LCP on a phone", one["lcp"], 1500, "ms")
            for screen, one in zip(shown.five, office, strict=True)
        ),
        at_most("B8", "lesson, LCP on weak 3G", weak, 2000, "ms"),
        at_most("B8", "lesson, LCP at the border", border, 5000, "ms"),
        at_most(
            "B9", "first byte signed in, p95", quantiles(waits, n=20)[-1], 300, "ms"
        ),
        at_most("B9", "lesson, INP of an answer", lesson["interaction"], 200, "ms"),
        at_most("B9", "worst TBT", max(one["blocked"] for one in office), 100, "ms"),
        at_most("B9", "worst CLS", max(one["shift"] for one in office), 0.02, ""),
    ]


def for_everybody(browser: Chromium, shown: Screens, notes: list[str]) -> list[Row]:
    judged = access.judged(browser, shown.five)
    looks = f"axe, {judged.looks} looks"
    with browser.opened(shown.lesson, Look(1280)) as page:
        stops = access.stops_of(page)
    way = " · ".join(stops.words[: stops.to_the_answer])
    notes.append(f"B14 stops: {way}")
    return [
        none_of("B11", f"{looks}: violations", judged.violations, notes),
        none_of("B11", f"{looks}: incomplete", judged.incomplete, notes),
        none_of("B12", "sideways", access.sideways(browser, shown.five), notes),
        none_of(
            "B13", "small targets", access.small_targets(browser, shown.five), notes
        ),
        at_most("B14", "Tab to the first answer", stops.to_the_answer, 12, ""),
        none_of("B14", f"{len(stops.words)} stops, no ring", stops.silent, notes),
    ]


def by_lighthouse(campus: Served, browser: Chromium, shown: Screens) -> list[Row]:
    command = lighthouse.command(settings.STATE_DIR / "lighthouse")
    if command is None:
        return [Row(("B10", "Lighthouse", "not measured: no Node", "95 100 100"))]
    rows = []
    for screen in shown.five:
        found = lighthouse.scores(command, browser, screen, campus.site.folder)
        said = " ".join(map(str, found.values())) if found else "it did not end well"
        rows.append(Row(("B10", f"{screen.name}, Lighthouse", said, "95 100 100")))
    return rows
