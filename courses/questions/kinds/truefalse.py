"""A statement that is true or not."""

from random import Random
from typing import Any

from django.utils.translation import gettext_lazy as _

from courses.questions.kinds.kind import Document, Kind, register

TRUE_FALSE = (
    {"key": "t", "es": "Verdadero", "en": "True"},
    {"key": "f", "es": "Falso", "en": "False"},
)


@register
class TrueFalse(Kind):
    name = "truefalse"
    label = _("True or false")
    takes_one = True
    is_statement = True
    can_grow = False

    def blank(self, answers: int, languages: list[str]) -> tuple[Any, list[str]]:
        """Its two answers are always the same."""
        return [dict(row) for row in TRUE_FALSE], []

    def order_shown(self, document: Document, chance: Random) -> list[str]:
        """True and false stay where they are."""
        return self.keys_of(document)
