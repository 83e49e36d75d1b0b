"""As whom does an editor look at a page before it goes out: a country, a profession?

It is no person: nobody is looked up for it, and nothing of it is kept.
"""

from itertools import product

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from lms.people.choices import Country, Track
from lms.people.countries import by_name

NOBODY = ""


class Somebody(AnonymousUser):
    """Whoever has this country and this profession; without them, any visitor."""

    def __init__(self, country: str = "", track: str = ""):
        super().__init__()
        self.country, self.track = country, track

    def __str__(self) -> str:
        if not self.track:
            return str(_("no country and no profession"))
        return f"{Country(self.country).label}: {Track(self.track).label}"

    @property
    def mode(self) -> str:
        return f"{self.country}-{self.track}" if self.track else NOBODY


def modes() -> list[tuple[str, str]]:
    """Return every choice, as Wagtail's panel and the form above a page offer them."""
    people = [
        Somebody(),
        *(Somebody(*one) for one in product(_countries(), Track.values)),
    ]
    return [(one.mode, str(one)) for one in people]


def somebody(mode: str) -> Somebody | None:
    """Return as whom the page is shown; None if there is nobody like that."""
    country, _dash, track = mode.partition("-")
    if mode and (country not in Country.values or track not in Track.values):
        return None
    return Somebody(country, track)


def _countries() -> list[str]:
    return [code for code, _name in by_name()]
