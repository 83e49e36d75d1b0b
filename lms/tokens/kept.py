"""What do tokens for programs keep about whoever made them?"""

from django.urls import reverse
from django.utils.translation import gettext as _

from lms.people.kept import Kept, day
from lms.people.models import User
from lms.tokens.models import Token
from lms.tokens.rules import KEPT


def lines(person: User, language: str) -> list[Kept]:
    """Return the tokens of the person's mandates, if there are any."""
    rows = list(Token.objects.own(person).order_by("-made_at", "-pk"))
    if not rows:
        return []
    return [
        Kept(
            what=_("Tokens for programs that you made"),
            values=[
                _("%(name)s, made on %(day)s")
                % {"name": row.name, "day": day(row.made_at)}
                for row in rows
            ],
            why=_("To know which program reads in whose name, and until when."),
            how_long=_("%(days)d days after it was over") % {"days": KEPT.days},
            who=_("You."),
            url=reverse("my_mandates"),
        )
    ]
