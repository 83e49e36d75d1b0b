"""What Campus keeps of a question and other platforms do not know, in a file of theirs.

Our own export says it as JSON where they do not look. Whoever brings it back may have
changed it: only texts by language and words of our own are read.
"""

import json
from typing import Any

from courses.questions.kinds.numeric import number_of

GIFT_MARK = "[campus]"
MOST = 20_000
LEVELS = {"remember", "understand", "apply", "analyze"}
VIGNETTES = {"sign", "no-sign"}
CREDITS = {"all", "parts"}


def extra_of(text: str) -> dict[str, Any]:
    """Return what Campus itself said of a question; nothing if it is not that."""
    try:
        said = json.loads(text) if len(text) <= MOST else {}
    except (ValueError, RecursionError):
        return {}
    if not isinstance(said, dict):
        return {}
    extra: dict[str, Any] = {}
    if said.get("level") in LEVELS:
        extra["level"] = said["level"]
    if said.get("vignette") in VIGNETTES:
        extra["vignette"] = said["vignette"]
    if said.get("credit") in list(CREDITS):
        extra["credit"] = said["credit"]
    if _is_texts(source := said.get("source")):
        extra["source"] = source
    if isinstance(tolerance := said.get("tolerance"), str) and number_of(tolerance):
        extra["tolerance"] = tolerance
    if _is_texts(unit := said.get("unit")):
        extra["unit"] = unit
    if isinstance(variants := said.get("variants"), list) and all(
        map(_is_texts, variants)
    ):
        extra["variants"] = variants
    if isinstance(written := said.get("written"), list) and all(
        type(place) is int for place in written
    ):
        extra["written"] = written
    if isinstance(mistakes := said.get("mistakes"), list) and all(
        one is None or _is_texts(one) for one in mistakes
    ):
        extra["mistakes"] = mistakes
    return extra


def as_json(extra: dict[str, Any]) -> str:
    """Return it as one line of the plainest letters."""
    return json.dumps(extra, sort_keys=True)


def _is_texts(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and set(value) <= {"es", "en"}
        and all(isinstance(text, str) for text in value.values())
    )
