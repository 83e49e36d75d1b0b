"""What the fields of a page should hold, and whether they do."""

from typing import Any
from uuid import UUID

from wagtail.fields import StreamField
from wagtail.models import Page

from courses.loader.files import PageFile
from courses.loader.kinds import FRONT, MODELS, WITH_BLOCKS
from courses.loader.library import Written
from courses.loader.raw import raw_body, raw_points
from courses.loader.reasons import Reasons
from courses.loader.rich_text import canonical

Values = dict[str, Any]


def values_of(
    written: Written, language: str, *, pages: dict[UUID, int], reasons: Reasons
) -> Values:
    """Return what each field of the page holds in a language, StreamFields raw."""
    file = written.files[language]
    values: Values = {}
    for entry in FRONT[file.kind]:
        value = file.front.get(entry.name)
        if entry.type is list and not entry.shared:
            value = raw_points(
                value or [],
                owner=file.key,
                place=f"{file.name}:2 {entry.name}",
                reasons=reasons,
            )
        if entry.field:
            empty = None if entry.type is int else ""
            values[entry.field] = empty if value is None else value
    if file.kind == "course":
        values["draw"] = draw_of(written)
    if file.kind in WITH_BLOCKS:
        values["body"] = raw_body(file, pages=pages, reasons=reasons)
    return values


def draw_of(course: Written) -> int:
    """Return how many questions the final test of a course draws; 0 is every one."""
    draws = [child.fact("draw") for child in course.children if child.kind == "quiz"]
    return next((draw for draw in draws if draw), 0)


def put(page: Page, values: Values) -> None:
    """Give a page these values."""
    for name, value in values.items():
        setattr(page, name, _as_field(page, name, value))


def page_with(file: PageFile, values: Values, **identity: Any) -> Page:
    """Return a page that is nowhere saved, with these values."""
    page = MODELS[file.kind](translation_key=file.key, **identity)
    put(page, values)
    return page


def differences(page: Page, values: Values) -> list[str]:
    """Return the names of the fields whose values differ."""
    return [
        name
        for name, value in values.items()
        if _comparable(page, name, getattr(page, name))
        != _comparable(page, name, _as_field(page, name, value))
    ]


def _as_field(page: Page, name: str, value: Any) -> Any:
    field = page._meta.get_field(name)
    return (
        field.stream_block.to_python(value) if isinstance(field, StreamField) else value
    )


def _comparable(page: Page, name: str, value: Any) -> Any:
    field = page._meta.get_field(name)
    if isinstance(field, StreamField):
        return _with_canonical_texts(field.stream_block.get_prep_value(value))
    return value


def _with_canonical_texts(raw: Any) -> Any:
    if isinstance(raw, dict):
        return {name: _with_canonical_texts(part) for name, part in raw.items()}
    if isinstance(raw, list):
        return [_with_canonical_texts(part) for part in raw]
    return canonical(raw) if isinstance(raw, str) and "<" in raw else raw
