"""Can everybody use it? axe, sideways scrolling, sizes of targets, stops of Tab."""

from collections.abc import Iterator
from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from lms.bench.chromium import HEIGHT, Chromium, Look, Screen

AXE = Axe()
ASKED = {
    "runOnly": [
        "wcag2a",
        "wcag2aa",
        "wcag21a",
        "wcag21aa",
        "wcag22aa",
        "best-practice",
    ],
    "resultTypes": ["violations", "incomplete"],
}
LOOKS = [
    Look(width, language, dark)
    for width in (320, 360, 1280)
    for language in ("es", "en")
    for dark in (False, True)
]
MOST_STOPS = 200
ROOM = {"width": 1280, "height": HEIGHT}
WIDER = """
* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important; } p { margin-bottom: 2em !important; }
"""
TWICE = "html { font-size: 200% !important; }"
# A page narrower than its window has no bar; what scrolls inside itself may be wider.
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL = """
() => {
  const inSentence = e => {
    const p = e.closest("p, li, dd, td, figcaption, legend, blockquote");
    return e.tagName === "A" && p && !e.matches(".button") &&
      p.textContent.trim().length > e.textContent.trim().length + 1;
  };
  const shown = e => e.checkVisibility({visibilityProperty: true}) &&
    !e.matches(".skip, .hidden");
  return [...document.querySelectorAll(
      "a[href], button, summary, select, input:not([type=hidden]), textarea")]
    .filter(shown).filter(e => !inSentence(e)).map(e => {
      const row = e.closest("label.choice") || e;
      const box = row.getBoundingClientRect();
      const big = e.matches(".button, button, summary, select, textarea, input")
        || e.closest(".menu, .choice");
      return {words: (row.innerText || e.name || "").trim().slice(0, 40),
              height: box.height, width: box.width, least: big ? 44 : 24};
    }).filter(e => e.height + 0.5 < e.least || e.width + 0.5 < e.least);
}
"""
STOP = """
() => {
  const e = document.activeElement, style = getComputedStyle(e);
  const ring = s => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0
    || s.boxShadow !== "none";
  const around = e.closest("label");
  return {is_out: e === document.body,
          is_answer: e.matches("main input[type=radio], main input[type=checkbox]"),
          shows: ring(style) || (around !== null && ring(getComputedStyle(around))),
          words: (e.innerText || e.getAttribute("aria-label") || e.name || e.tagName)
            .trim().slice(0, 40)};
}
"""


@dataclass(frozen=True, slots=True)
class Judged:
    """What axe found on screens: rules that are broken, and what it cannot tell."""

    violations: list[str]
    incomplete: list[str]
    looks: int


def judged(chromium: Chromium, screens: list[Screen]) -> Judged:
    """Let axe look at each screen in three widths, two colours, two languages."""
    broken, untold, looks = [], [], 0
    for screen in screens:
        for look in LOOKS:
            with chromium.opened(screen, look) as page:
                found = AXE.run(page, options=ASKED).response
                unclear = found["incomplete"]
                if unclear:  # what has to be scrolled to, it sees where there is room
                    page.set_viewport_size(ROOM)
                    unclear = AXE.run(page, options=ASKED).response["incomplete"]
            broken += named(found["violations"], screen, look)
            untold += named(unclear, screen, look)
            looks += 1
    return Judged(broken, untold, looks)


def named(rules: list[dict], screen: Screen, look: Look) -> list[str]:
    shade = "dark" if look.dark else "light"
    where = f"{screen.name}, {look.width}, {look.language}, {shade}"
    return [
        f"{rule['id']} ({where}): {rule['nodes'][0]['html'][:80]}" for rule in rules
    ]


def sideways(chromium: Chromium, screens: list[Screen]) -> list[str]:
    """Return the screens that scroll sideways, at rest or with larger text."""
    ways = [(320, "", "320 px"), (320, WIDER, "text spacing"), (360, TWICE, "200 %")]
    return [
        f"{screen.name}: {what}"
        for screen in screens
        for width, style, what in ways
        if scrolls(chromium, screen, width, style)
    ]


def scrolls(chromium: Chromium, screen: Screen, width: int, style: str) -> bool:
    with chromium.opened(screen, Look(width)) as page:
        if style:  # past the policy of the page, as a reader's own style is
            page.context.new_cdp_session(page).send(
                "Page.setBypassCSP", {"enabled": True}
            )
            page.reload()
            page.add_style_tag(content=style)
        return page.evaluate(SIDEWAYS) > 0


def small_targets(chromium: Chromium, screens: list[Screen]) -> list[str]:
    """Return the targets outside sentences that are too small to hit."""
    found = []
    for screen in screens:
        for width in (320, 1280):
            with chromium.opened(screen, Look(width)) as page:
                found += [
                    f"{screen.name}, {width}: {one['words']!r} "
                    f"{one['width']:.0f}×{one['height']:.0f}, wanted {one['least']}"
                    for one in page.evaluate(SMALL)
                ]
    return sorted(set(found))


@dataclass(frozen=True, slots=True)
class Stops:
    """Where Tab stops on a page, how many of them until the first answer."""

    words: list[str]
    to_the_answer: int
    silent: list[str]  # those that do not show that they have the focus


def stops_of(page: Page) -> Stops:
    """Press Tab through the whole page."""
    stops = list(every_stop(page))
    answers = [place for place, stop in enumerate(stops, 1) if stop["is_answer"]]
    return Stops(
        words=[stop["words"] for stop in stops],
        to_the_answer=answers[0],
        silent=[stop["words"] for stop in stops if not stop["shows"]],
    )


def every_stop(page: Page) -> Iterator[dict]:
    for _press in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop["is_out"]:
            return
        yield stop
