"""Who reads about the region? Officers of countries and institutions, some no more."""

from datetime import datetime, timedelta

from lms.demo.region import JUDICIARY
from lms.people.choices import Role
from lms.people.models import Institution, Mandate, User

DAY = timedelta(days=1)
READERS = ("GT", "HN", "MX", "CR")
BELOW = 12  # institutions of a country that come to stand below another
WHY = "drill"


def give_mandates(by: User, *, at: datetime) -> None:
    """Let one read of each country, one of an institution and those below."""
    for country in READERS:
        _reader(f"{country}@reader.example", by, at=at, country=country)
    top = Institution.objects.get(code=JUDICIARY)
    here = Institution.objects.filter(country="GT").exclude(pk=top.pk)
    below = here.order_by("code")[:BELOW]
    Institution.objects.filter(pk__in=[one.pk for one in below]).update(parent=top)
    _reader("top@reader.example", by, at=at, institution=top)
    _reader("below@reader.example", by, at=at, institution=below[0])
    _reader("ended@reader.example", by, at=at, ended_at=at, ended_reason=WHY)
    _reader("over@reader.example", by, at=at, until_on=(at - 2 * DAY).date())
    _reader("ahead@reader.example", by, at=at, from_on=(at + 2 * DAY).date())


def _reader(address: str, by: User, *, at: datetime, **facts) -> None:
    holder = User.objects.create(
        email=address, legal_name=address, country="GT", holds_mandate=True
    )
    term = {"from_on": (at - 90 * DAY).date(), "until_on": (at + 90 * DAY).date()}
    Mandate.objects.create(
        holder=holder,
        address=address,
        role=Role.MINISTRY,
        reason=WHY,
        granted_by=by,
        granted_at=at,
        approved_at=at,
        accepted_at=at,
        **{"country": "GT"} | term | facts,
    )
