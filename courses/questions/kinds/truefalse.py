"""A statement that is true or not."""

from random import Random

from django.utils.translation import gettext_lazy as _

from courses.questions.kinds.kind import Document, Kind, register


@register
class TrueFalse(Kind):
    name = "truefalse"
    label = _("True or false")
    takes_one = True
    is_statement = True

    def order_shown(self, document: Document, chance: Random) -> list[str]:
        """True and false stay where they are."""
        return self.keys_of(document)
