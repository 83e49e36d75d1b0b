"""What one page file says: front matter, then blocks `::: kind uuid` … `:::`."""

from dataclasses import dataclass, field
from pathlib import Path
from re import compile as pattern
from typing import Any
from unicodedata import is_normalized
from uuid import UUID

import yaml

from courses.loader.kinds import FRONT, WITH_BLOCKS, problem_with
from courses.loader.reasons import Reasons

UUID_SHAPE = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
OPENING = pattern(rf"^::: (?P<kind>[a-z]+) (?P<id>{UUID_SHAPE})$")
FENCE = ":::"
RULE = "---"


class StrictLoader(yaml.CSafeLoader):
    """YAML that refuses a name written twice instead of forgetting the first."""

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key, _value in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key.value!r} stands here twice", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


@dataclass(frozen=True, slots=True)
class WrittenBlock:
    """One block of a body as it was written."""

    kind: str
    id: UUID
    line: int
    value: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PageFile:
    """One page in one language; `name` is the path that reasons cite."""

    name: str
    language: str
    kind: str
    key: UUID
    front: dict[str, Any]
    blocks: list[WrittenBlock] = field(default_factory=list)


def read_yaml(text: str, *, name: str, first_line: int, reasons: Reasons) -> Any:
    """Return what a piece of YAML says, or None after saying why it cannot be read."""
    try:
        return yaml.load(text, StrictLoader)  # noqa: S506 - a SafeLoader with a check
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = first_line + (mark.line if mark else 0)
        reasons.say(f"{name}:{line}", f"this cannot be read: {error.problem}")
        return None


def read_text(path: Path, *, name: str, reasons: Reasons) -> str | None:
    """Return the text of a file in UTF-8, or None after saying what is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        reasons.say(name, f"this is not UTF-8 (byte {error.start})")
        return None
    if not is_normalized("NFC", text):
        reasons.say(name, "accents must be composed characters (Unicode NFC)")
        return None
    return text


def read_page(
    path: Path, *, name: str, language: str, reasons: Reasons
) -> PageFile | None:
    """Return the page a file describes, or None after saying why it is none."""
    text = read_text(path, name=name, reasons=reasons)
    if text is None:
        return None
    lines = text.split("\n")
    if lines[0] != RULE or RULE not in lines[1:]:
        reasons.say(f"{name}:1", "front matter between two lines of --- is missing")
        return None
    end = lines.index(RULE, 1)
    front = read_yaml("\n".join(lines[1:end]), name=name, first_line=2, reasons=reasons)
    if front is None:
        return None
    identity = _identity(front, name=name, reasons=reasons)
    if identity is None:
        return None
    kind, key = identity
    _check_front(front, kind=kind, name=name, reasons=reasons)
    blocks = _read_blocks(lines, start=end + 1, name=name, reasons=reasons)
    if blocks and kind not in WITH_BLOCKS:
        reasons.say(f"{name}:{blocks[0].line}", f"a {kind} has no blocks")
    if not blocks and kind in WITH_BLOCKS:
        reasons.say(name, f"a {kind} without a block has nothing to read")
    return PageFile(name, language, kind, key, front, blocks)


def _identity(front: Any, *, name: str, reasons: Reasons) -> tuple[str, UUID] | None:
    if not isinstance(front, dict):
        reasons.say(f"{name}:2", "front matter is a list of `name: value`")
        return None
    if front.get("kind") not in FRONT:
        reasons.say(
            f"{name}:2", f"kind is {front.get('kind')!r}; known: {', '.join(FRONT)}"
        )
        return None
    key = uuid_of(front.get("id"))
    if key is None:
        reasons.say(f"{name}:2", f"id is {front.get('id')!r}; write a UUID")
        return None
    return front["kind"], key


def uuid_of(value: Any) -> UUID | None:
    """Return the UUID that a value spells, or None."""
    try:
        return UUID(value)
    except (AttributeError, TypeError, ValueError):
        return None


def _check_front(front: dict, *, kind: str, name: str, reasons: Reasons) -> None:
    known = {entry.name for entry in FRONT[kind]} | {"id", "kind"}
    for unknown in front.keys() - known:
        reasons.say(f"{name}:2", f"a {kind} has no {unknown!r}")
    for entry in FRONT[kind]:
        if problem := problem_with(entry, front.get(entry.name)):
            reasons.say(f"{name}:2", problem)


def _read_blocks(
    lines: list[str], *, start: int, name: str, reasons: Reasons
) -> list[WrittenBlock]:
    blocks, opening, opened_at = [], None, 0
    for number, line in enumerate(lines[start:], start=start + 1):
        if opening is None:
            opening, opened_at = OPENING.match(line), number
            if opening is None and line.strip():
                reasons.say(
                    f"{name}:{number}", "text outside a block (::: kind uuid … :::)"
                )
                return blocks
        elif line == FENCE:
            body = "\n".join(lines[opened_at : number - 1])
            value = read_yaml(
                body, name=name, first_line=opened_at + 1, reasons=reasons
            )
            if isinstance(value, dict):
                blocks.append(
                    WrittenBlock(opening["kind"], UUID(opening["id"]), opened_at, value)
                )
            elif value is not None or not body.strip():
                reasons.say(f"{name}:{opened_at}", "a block is a list of `name: value`")
            opening = None
    if opening is not None:
        reasons.say(f"{name}:{opened_at}", "this block is never closed with :::")
    return blocks
