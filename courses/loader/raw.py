"""The raw data of StreamFields from what was written, by walking the definition."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.utils.translation import override
from wagtail import blocks

from courses.blocks import LessonBlocks, PointsBlock
from courses.cases.blocks import CaseBlocks
from courses.loader.files import PageFile
from courses.loader.reasons import Reasons
from courses.loader.rich_text import Unstorable, stored_html

POINTS = PointsBlock()
BODIES = {"lesson": LessonBlocks(), "case": CaseBlocks()}


class Misfit(Exception):
    """A value does not fit the block it was written for."""


def raw_body(file: PageFile, *, pages: dict[UUID, int], reasons: Reasons) -> list[dict]:
    """Return the raw data of a body's blocks; what does not fit goes to `reasons`."""
    raw, known_here = [], BODIES[file.kind].child_blocks
    for written in file.blocks:
        place = f"{file.name}:{written.line}"
        definition = known_here.get(written.kind)
        if definition is None:
            known = ", ".join(known_here)
            reasons.say(place, f"there is no block {written.kind!r}; known: {known}")
            continue
        try:
            value = _raw(definition, written.value, parent=written.id, pages=pages)
        except Misfit as misfit:
            reasons.say(place, f"{written.kind} {written.id}: {misfit}")
            continue
        raw.append({"type": written.kind, "id": str(written.id), "value": value})
        _say_what_the_editor_would(definition, value, place, reasons)
    return raw


def raw_points(
    points: list[Any], *, owner: UUID, place: str, reasons: Reasons
) -> list[dict]:
    """Return the raw data of outcomes or objectives, written as `key` and `text`."""
    try:
        keys = _keys_of(points)
    except Misfit as misfit:
        reasons.say(place, str(misfit))
        return []
    raw, said = [], len(reasons)
    for key, point in zip(keys, points, strict=True):
        if set(point) != {"key", "text"} or not isinstance(point["text"], str):
            reasons.say(place, f"the point {key!r} has a key and a text, nothing else")
            continue
        raw.append(
            {"type": "point", "id": str(uuid5(owner, key)), "value": point["text"]}
        )
    if len(reasons) == said:
        _say_what_the_editor_would(POINTS, raw, place, reasons)
    return raw


def _raw(
    definition: blocks.Block, value: Any, *, parent: UUID, pages: dict[UUID, int]
) -> Any:
    """Return the raw value of any block; ids of list items grow from their parent's."""
    match definition:
        case blocks.StructBlock():
            return _raw_struct(definition, value, parent=parent, pages=pages)
        case blocks.ListBlock():
            return _raw_list(definition, value or [], parent=parent, pages=pages)
        case blocks.RichTextBlock():
            return _raw_rich_text(definition, value, parent=parent, pages=pages)
        case blocks.BooleanBlock():
            if not isinstance(value, bool | None):
                raise Misfit(f"{definition.name} is true or false, not {value!r}")
            return bool(value)
        case blocks.IntegerBlock():
            if type(value) not in {int, type(None)}:
                raise Misfit(f"{definition.name} is {value!r}; write a number")
            return value or 0
        case blocks.MultipleChoiceBlock():
            if not isinstance(value, list | None):
                raise Misfit(f"{definition.name} is {value!r}; write a list")
            return value or []
        case blocks.ChooserBlock():
            raise Misfit(f"{definition.name} is chosen in the editor, not in a file")
    if not isinstance(value, str | None):
        raise Misfit(f"{definition.name} is {value!r}; write it in quotes")
    return (value or "").strip()


def _raw_struct(
    definition: blocks.StructBlock, value: dict, *, parent: UUID, pages: dict[UUID, int]
) -> dict[str, Any]:
    if unknown := value.keys() - definition.child_blocks.keys():
        known = ", ".join(definition.child_blocks)
        raise Misfit(f"there is no {', '.join(sorted(unknown))}; known: {known}")
    return {
        name: _raw(child, value.get(name), parent=parent, pages=pages)
        for name, child in definition.child_blocks.items()
    }


def _raw_list(
    definition: blocks.ListBlock, value: Any, *, parent: UUID, pages: dict[UUID, int]
) -> list[dict]:
    items = []
    for key, item in zip(_keys_of(value), value, strict=True):
        own = uuid5(parent, key)
        rest = {name: part for name, part in item.items() if name != "key"}
        raw = _raw(definition.child_block, rest, parent=own, pages=pages)
        items.append({"type": "item", "id": str(own), "value": raw})
    return items


def _keys_of(items: Any) -> list[str]:
    if not isinstance(items, list) or not all(isinstance(i, dict) for i in items):
        raise Misfit("a list has items, each with a key")
    keys = [item.get("key") for item in items]
    if not all(isinstance(key, str) and key for key in keys):
        raise Misfit("every item of a list has a key, a short word of its own")
    if len(set(keys)) != len(keys):
        raise Misfit(f"a key names two items of a list: {', '.join(keys)}")
    return keys


def _raw_rich_text(
    definition: blocks.RichTextBlock,
    value: Any,
    *,
    parent: UUID,
    pages: dict[UUID, int],
) -> str:
    if not isinstance(value, str | None):
        raise Misfit(f"{definition.name} is {value!r}; write it in quotes")
    if not value:
        return ""
    try:
        return stored_html(
            value, features=definition.features, seed=str(parent), pages=pages
        )
    except Unstorable as reason:
        raise Misfit(f"{definition.name}: {reason}") from reason


def _say_what_the_editor_would(
    definition: blocks.Block, raw: Any, place: str, reasons: Reasons
) -> None:
    """Say whatever would keep a person from saving this in the editor."""
    try:
        definition.clean(definition.to_python(raw))
    except ValidationError as error:
        with override("en"):
            for path, message in _flat(error):
                reasons.say(place, f"{'.'.join(path) or definition.name}: {message}")


def _flat(error: ValidationError, path: tuple = ()) -> Iterator[tuple[tuple, str]]:
    """Yield every message of an error of nested blocks, with the way to it."""
    inner = getattr(error, "block_errors", None)
    if inner is None:
        yield from ((path, str(message)) for message in error.messages)
        return
    for name, part in inner.items():
        step = str(name + 1) if isinstance(name, int) else name
        yield from _flat(part, (*path, step))
    for single in error.non_block_errors.as_data():
        yield from _flat(single, path)
