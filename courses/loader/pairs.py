"""Which text of a translation belongs to which text of the source.

wagtail-localize keys a translation by the source's words and their path, and a path is
made of block ids. So both languages are read by its own `extract_segments` and paired
by path and position; no path is made here.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from re import sub

from wagtail.models import Page
from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments, quote_path_component

from courses.loader.reasons import Reasons


@dataclass(slots=True)
class Wanted:
    """The texts of a translation by path and source text; addresses by path."""

    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    addresses: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def overrides(self) -> dict[str, str]:
        """The addresses that differ from those of the source, by their paths."""
        return {
            path: other
            for path, (address, other) in self.addresses.items()
            if other != address
        }


def wanted_translation(
    source: Page, translation: Page, *, name: str, reasons: Reasons
) -> Wanted:
    """Return the texts of `translation` as translations of those of `source`.

    Where the two are not of one structure, `reasons` says so under `name`.
    """
    wanted = Wanted()
    here, there = _by_path(source), _by_path(translation)
    for path in [*here, *(path for path in there if path not in here)]:
        ours, theirs = here.get(path, []), there.get(path, [])
        if problem := _problem_between(ours, theirs):
            reasons.say(name, f"{path}: {problem}")
            continue
        for one, other in zip(ours, theirs, strict=True):
            if isinstance(one, StringSegmentValue) and (
                problem := _add(wanted, one, other)
            ):
                reasons.say(name, f"{path}: {problem}")
    return wanted


def _by_path(page: Page) -> dict[str, list]:
    segments = defaultdict(list)
    for segment in extract_segments(page):
        if isinstance(segment, StringSegmentValue | TemplateSegmentValue):
            segments[segment.path].append(segment)
    return segments


def _problem_between(ours: list, theirs: list) -> str | None:
    texts, others = _texts(ours), _texts(theirs)
    if len(texts) != len(others):
        return (
            f"{len(others)} texts here, {len(texts)} in the source; every language "
            "has the same paragraphs, items and optional texts"
        )
    templates = [s.template for s in ours if isinstance(s, TemplateSegmentValue)]
    if templates != [s.template for s in theirs if isinstance(s, TemplateSegmentValue)]:
        return (
            "another structure than in the source; a paragraph that is bold or italic "
            "as a whole must be so in every language"
        )
    return None


def _texts(segments: list) -> list[StringSegmentValue]:
    return [s for s in segments if isinstance(s, StringSegmentValue)]


def _add(
    wanted: Wanted, source: StringSegmentValue, other: StringSegmentValue
) -> str | None:
    """Add one text; return why it cannot be kept, or None."""
    ids = _ids_of_links(source.attrs or {}, other.attrs or {})
    if ids is None:
        return "more links here than in the source"
    for theirs, ours in ids.items():
        here, there = other.attrs[theirs], source.attrs[ours]
        if "href" not in here or "href" not in there:
            if here != there:
                return "a link to a page leads elsewhere than in the source"
            continue
        path = f"{source.path}.{quote_path_component(there['href'])}"
        pair = there["href"], here["href"]
        if wanted.addresses.setdefault(path, pair) != pair:
            return f"{there['href']} is linked twice and translated in two ways"
    text = sub(r'<a id="(a\d+)"', lambda m: f'<a id="{ids[m[1]]}"', other.string.data)
    key = source.path, source.string.data
    if wanted.texts.setdefault(key, text) != text:
        return f"the same text twice, with two translations: {source.string.data!r}"
    return None


def _ids_of_links(source: dict, other: dict) -> dict[str, str] | None:
    """Return which link of the source each link is: the same address, then in order."""
    free = dict(source)
    ids = {}
    for theirs, attrs in other.items():
        same = next((ours for ours, known in free.items() if known == attrs), None)
        if same:
            ids[theirs] = same
            del free[same]
    for theirs in other.keys() - ids.keys():
        if not free:
            return None
        ids[theirs] = next(iter(free))
        del free[ids[theirs]]
    return ids
