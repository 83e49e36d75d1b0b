"""What a browser would send of the editor's forms; for drills, and for tests."""

from datetime import date, datetime
from uuid import uuid4

from wagtail.admin.rich_text.editors.draftail import DraftailRichTextArea
from wagtail.blocks import StreamValue
from wagtail.models import Page

NO_COMMENTS = {
    f"comments-{name}": "0"
    for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")
} | {"comments-MAX_NUM_FORMS": ""}
RICH = ("-value-body", "-value-instead", "-value-transcript")  # of a lesson


def form_of(page: Page) -> dict:
    """Return the fields of the page, unchanged."""
    found = dict(NO_COMMENTS)
    for name in page.get_edit_handler().get_form_class().base_fields:
        value = getattr(page, name, None)
        if isinstance(value, StreamValue):
            raw = page._meta.get_field(name).get_prep_value(value)
            found |= fields_of(name, raw, rich=RICH if name == "body" else ())
        elif isinstance(value, datetime):
            found[name] = f"{value:%Y-%m-%d %H:%M}"
        elif isinstance(value, date):
            found[name] = value.isoformat()
        elif value not in (None, ""):
            found[name] = value
    return found


def fields_of(name: str, raw, *, rich: tuple[str, ...] = ()) -> dict:
    """Return StreamField data as the editor's form sends it."""
    if rich and name.endswith(rich):
        return {name: DraftailRichTextArea().format_value(raw or "")}
    if isinstance(raw, dict):
        found = {}
        for key, part in raw.items():
            found |= fields_of(f"{name}-{key}", part, rich=rich)
        return found
    if isinstance(raw, list) and all(isinstance(one, dict) for one in raw):
        found = {f"{name}-count": str(len(raw))}
        for place, one in enumerate(raw):
            here = f"{name}-{place}"
            found |= {
                f"{here}-id": one.get("id") or str(uuid4()),
                f"{here}-type": one["type"],
                f"{here}-order": str(place),
                f"{here}-deleted": "",
            }
            found |= fields_of(f"{here}-value", one["value"], rich=rich)
        return found
    if isinstance(raw, bool):
        return {name: "on"} if raw else {}
    return {name: "" if raw is None else raw}
