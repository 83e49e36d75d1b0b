"""What is wrong with a value, in the reader's language and not in that of a library?"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

SENTENCES = {
    "missing": gettext_noop("Send this value too."),
    "literal_error": gettext_noop("Send one of these: %(expected)s."),
    "value_error": gettext_noop("Write it as %(error)s."),
    "string_too_long": gettext_noop("Send at most %(max_length)s characters."),
    "string_too_short": gettext_noop("Send at least %(min_length)s characters."),
    "string_pattern_mismatch": gettext_noop("Such a value is written otherwise."),
    "greater_than_equal": gettext_noop("Send no less than %(ge)s."),
    "less_than_equal": gettext_noop("Send no more than %(le)s."),
}
OTHERWISE = gettext_noop("This value is not possible.")


def sentence_of(error: dict[str, Any]) -> str:
    """Return what pydantic found, as we say it."""
    facts = {name: str(fact) for name, fact in error.get("ctx", {}).items()}
    if "expected" in facts:  # "'es' or 'en'"
        facts["expected"] = facts["expected"].replace(" or ", ", ")
    return _(SENTENCES.get(error["type"], OTHERWISE)) % facts
