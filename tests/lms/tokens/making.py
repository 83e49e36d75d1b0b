"""Making tokens in tests, of whoever's mandate."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from lms.models import Mandate, Token
from lms.tokens import actions


def making(at: datetime) -> Callable[..., tuple[Token, str]]:
    """Return a function that makes a token of a mandate at that moment."""

    def make(mandate: Mandate, name: str = "Tablero", days: int = 30):
        until_on = timezone.localdate(at) + timedelta(days=days)
        return actions.make(
            mandate, by=mandate.holder, name=name, until_on=until_on, at=at
        )

    return make
