"""Is anything on a screen cut, or does it scroll without saying so?"""

from playwright.sync_api import Page

WIDTHS = (320, 360, 1280)
# All is unfolded meanwhile. What scrolls says so: a named region that the keyboard
# reaches, with a shadow at its edge.
FINDINGS = """() => {
  const said = (e) => `<${e.localName} class="${e.className}"> `
    + e.textContent.trim().replace(/\\s+/g, " ").slice(0, 40);
  const named = (e) => e.ariaLabel || (e.getAttribute("aria-labelledby") ?? "")
    .split(" ").some((id) => document.getElementById(id)?.textContent.trim());
  const tells = (e) => e.role === "region" && e.tabIndex === 0 && named(e)
    && getComputedStyle(e).backgroundImage.includes("gradient");
  const wrong = (e) => {
    if (e.localName === "progress") return e.clientWidth < 48 && "bar of a few dots";
    if (e.scrollWidth <= e.clientWidth + 1) return;
    if (e.matches("select, input, textarea")) return;
    const way = getComputedStyle(e).overflowX;
    if (way === "visible") return "spills over";
    if (way === "hidden" || way === "clip") return "cut";
    return !tells(e) && "scrolls and does not say so";
  };
  const shut = document.querySelectorAll("main details:not([open])");
  for (const one of shut) one.open = true;
  const seen = [...document.querySelectorAll(
    "body :not(.hidden, .hidden *, .skip, svg, svg *, option)",
  )].filter((e) => e.clientWidth && e.checkVisibility({ visibilityProperty: true }));
  const found = seen.filter(wrong).map((e) => `${wrong(e)}: ${said(e)}`);
  const page = document.documentElement;
  if (page.scrollWidth > page.clientWidth) found.push("the page itself scrolls");
  for (const one of shut) one.open = false;
  return found;
}"""


def overflows(page: Page) -> list[str]:
    """Return what is cut, spills over or scrolls unsaid, at each width."""
    size, found = page.viewport_size, []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        found += [f"{width} px, {page.url}: {what}" for what in page.evaluate(FINDINGS)]
    page.set_viewport_size(size)
    return found
