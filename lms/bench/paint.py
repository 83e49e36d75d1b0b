"""When is there something to read, and does it stay where it is and answer at once?"""

from dataclasses import dataclass

from playwright.sync_api import CDPSession, Page

from lms.bench.chromium import Chromium, Look, Screen

TIMES = 3  # what else the machine does can only add to a time
KBPS = 1000 / 8  # bytes a second
WATCH = """
window.seen = {lcp: 0, shift: 0, blocked: 0, interaction: 0};
const tasks = [];
const watch = (type, note, more) => new PerformanceObserver(
  list => list.getEntries().forEach(note)).observe({type, buffered: true, ...more});
watch("largest-contentful-paint", e => { seen.lcp = e.startTime; });
watch("layout-shift", e => { if (!e.hadRecentInput) seen.shift += e.value; });
watch("longtask", e => { tasks.push(e); });
watch("event", e => { if (e.interactionId) {
  seen.interaction = Math.max(seen.interaction, e.duration); } },
  {durationThreshold: 16});
// Total blocking time begins with the first contentful paint.
window.told = () => {
  const [first] = performance.getEntriesByName("first-contentful-paint");
  for (const task of tasks) {
    const from = Math.max(task.startTime, first.startTime);
    seen.blocked += Math.max(0, task.startTime + task.duration - from - 50);
  }
  return seen;
};
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A line and a device: how wide, how far, how many times slower."""

    kbps: int
    milliseconds: int
    slower: int


OFFICE_PHONE = Line(1600, 150, 4)
WEAK = Line(400, 400, 6)
BORDER = Line(400, 2000, 6)


def throttle(page: Page, line: Line) -> CDPSession:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": line.milliseconds,
            "downloadThroughput": line.kbps * KBPS,
            "uploadThroughput": line.kbps * KBPS,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": line.slower})
    return session


def seen_once(chromium: Chromium, screen: Screen, line: Line) -> dict[str, float]:
    """Open the screen over that line; return what was seen, in milliseconds."""
    with chromium.page(screen, Look()) as page:
        page.add_init_script(WATCH)
        throttle(page, line)
        page.goto(screen.paths["es"], wait_until="load", timeout=60_000)
        page.wait_for_timeout(500)
        choice = page.locator(".choice input").first
        if choice.count():
            choice.click()
            page.wait_for_timeout(500)
        return page.evaluate("window.told()")


def seen(chromium: Chromium, screen: Screen, line: Line) -> dict[str, float]:
    """Return the least of the times, and the most that anything moved."""
    found = [seen_once(chromium, screen, line) for _time in range(TIMES)]
    least = {what: min(one[what] for one in found) for what in found[0]}
    return least | {"shift": max(one["shift"] for one in found)}


def first_bytes(chromium: Chromium, screens: list[Screen], times: int) -> list[float]:
    """Return how long each page view waited for its first byte, in milliseconds."""
    waits = []
    for screen in screens:
        with chromium.page(screen, Look()) as page:
            for _time in range(times):
                page.goto(screen.paths["es"])
                waits.append(
                    page.evaluate(
                        "(e => e.responseStart - e.requestStart)"
                        "(performance.getEntriesByType('navigation')[0])"
                    )
                )
    return waits
