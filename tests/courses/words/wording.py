"""Wordings to avoid, for tests: the shipped ones, and one in the database."""

import csv
from functools import cache

from django.conf import settings

from courses.models import GlossaryTerm, Wording
from courses.words.rules import Rule
from tests.factories import make_term

FILE = settings.BASE_DIR / "fixtures" / "terminology.csv"


@cache
def shipped() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shipped_rules(language: str) -> list[Rule]:
    return [
        Rule(
            row["key"],
            row["pattern"],
            row["use_instead"],
            row[f"reason_{language}"],
            is_error=row["severity"] == "error",
            discussed=row["discussed"] == "yes",
        )
        for row in shipped()
        if row["lang"] == language
    ]


def make_wording(key: str, pattern: str, **fields) -> Wording:
    """A wording to avoid in Spanish, an error unless said otherwise."""
    term = GlossaryTerm.objects.filter(key="trata").first() or make_term("trata")
    given = {
        "language": "es",
        "reasons": {"es": "Confunde.", "en": "It confuses."},
        "exceptions": {"es": "", "en": ""},
    }
    return Wording.objects.create(key=key, pattern=pattern, term=term, **given | fields)
