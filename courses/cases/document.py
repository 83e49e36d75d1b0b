"""What does a case say, in every language at once? Plain data, to be frozen and walked.

The structure is that of the source language; texts are paired by the ids of blocks,
which every language shares. An id stands for one thing within its step or point alone:
the form gives what it fills in beforehand the same ids in every step. A text that a
language lacks is not there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from json import dumps
from typing import Any

from django.conf import settings

from courses.cases.rules import DIMENSIONS

Texts = dict[str, str]
Raw = dict[str, Any]
Inside = dict[str, dict[str, Raw]]  # by language, the value of each id within a block
ALL_ROLES = ["judge", "prosecutor", "opi", "other"]


def document_of(pages: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document of a case from its page in each language."""
    source = pages.get(settings.LANGUAGE_CODE) or next(iter(pages.values()))
    bodies = {
        code: {one["id"]: one for one in page.body.get_prep_value()}
        for code, page in pages.items()
    }
    blocks = list(source.body.get_prep_value())
    return {
        "titles": {code: page.title for code, page in pages.items()},
        "other_role": {code: page.other_role for code, page in pages.items()},
        "roles": list(source.required_for) or ALL_ROLES,
        "revisions": {code: page.live_revision_id for code, page in pages.items()},
        "steps": _parts(_step, "step", blocks, bodies),
        "debrief": _parts(_point, "debrief", blocks, bodies),
        "laws": _parts(_law, "law", blocks, bodies),
    }


def _parts(
    read: Callable[[Raw, Inside], dict[str, Any]],
    kind: str,
    blocks: Iterable[Raw],
    bodies: Mapping[str, dict[str, Raw]],
) -> list[dict[str, Any]]:
    """Return what the blocks of a kind say, each read with its own translations."""
    return [
        read(one, {code: _by_id(body.get(one["id"])) for code, body in bodies.items()})
        for one in blocks
        if one["type"] == kind
    ]


def digest_of(document: Mapping[str, Any]) -> str:
    """Return what tells one document from another."""
    text = dumps(document, sort_keys=True, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def _by_id(raw: Any) -> dict[str, Raw]:
    """Return the value of every block and item that has an id."""
    return {one["id"]: one["value"] for one in _walk(raw)}


def _walk(raw: Any) -> Iterator[Raw]:
    if isinstance(raw, dict):
        if raw.get("id") and "value" in raw:
            yield raw
        for part in raw.values():
            yield from _walk(part)
    elif isinstance(raw, list | tuple):
        for part in raw:
            yield from _walk(part)


def _texts(block: Raw, name: str, inside: Inside) -> Texts:
    found = {
        code: body.get(block["id"], {}).get(name) or "" for code, body in inside.items()
    }
    return {code: text for code, text in found.items() if text}


def _step(block: Raw, inside: Inside) -> dict[str, Any]:
    value = block["value"]
    return {
        "number": value["number"] or "",
        "must_write": bool(value.get("must_write")),
        "last_for": list(value.get("last_for") or []),
        "topic": value.get("topic") or "",
        "papers": [_point(one, inside) for one in value.get("papers") or []],
        "options": [_option(one, inside) for one in value.get("options") or []],
        **{
            name: _texts(block, name, inside)
            for name in ("heading", "facts", "instead")
        },
    }


def _option(block: Raw, inside: Inside) -> dict[str, Any]:
    value = block["value"]
    return {
        "key": block["id"],
        "roles": list(value.get("roles") or []),
        "next": value.get("next") or "",
        "critical": bool(value.get("critical")),
        "scores": {name: value.get(name) or 0 for name in DIMENSIONS},
        **{
            name: _texts(block, name, inside)
            for name in ("text", "consequence", "harm", "norm")
        },
    }


def _point(block: Raw, inside: Inside) -> dict[str, Any]:
    names = ("title", "heading", "text", "source")
    return {name: _texts(block, name, inside) for name in names}


def _law(block: Raw, inside: Inside) -> dict[str, Any]:
    return {
        "topic": block["value"].get("topic") or "",
        **{
            name: _texts(block, name, inside)
            for name in ("heading", "standard", "differs", "source")
        },
    }
