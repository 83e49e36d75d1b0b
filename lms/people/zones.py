"""When does a day begin and end in each country, daylight saving included?

Names are those of the IANA time zone database; the first of each country is that of its
capital. A country with several has each offset once.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings

from lms.people.choices import Country

ZONES: Mapping[str, tuple[str, ...]] = {
    Country.BELIZE: ("America/Belize",),
    Country.CANADA: (
        "America/Toronto",
        "America/St_Johns",
        "America/Halifax",
        "America/Winnipeg",
        "America/Regina",
        "America/Edmonton",
        "America/Vancouver",
    ),
    Country.COSTA_RICA: ("America/Costa_Rica",),
    Country.DOMINICAN_REPUBLIC: ("America/Santo_Domingo",),
    Country.EL_SALVADOR: ("America/El_Salvador",),
    Country.GUATEMALA: ("America/Guatemala",),
    Country.HONDURAS: ("America/Tegucigalpa",),
    Country.MEXICO: (
        "America/Mexico_City",
        "America/Cancun",
        "America/Ciudad_Juarez",
        "America/Hermosillo",
        "America/Tijuana",
    ),
    Country.NICARAGUA: ("America/Managua",),
    Country.PANAMA: ("America/Panama",),
    Country.UNITED_STATES: (
        "America/New_York",
        "America/Chicago",
        "America/Denver",
        "America/Phoenix",
        "America/Los_Angeles",
        "America/Anchorage",
        "Pacific/Honolulu",
        "America/Puerto_Rico",
    ),
}


def zone_of(country: str, name: str = "") -> ZoneInfo:
    """Return the named zone, or that of the country's capital where none is named.

    A name that nobody knows (any more) counts as none: a wrong hour for one cohort is
    better than no work of the clock for all. Without a country it is the platform's.
    """
    capital = ZONES[country][0] if country else settings.TIME_ZONE
    try:
        return ZoneInfo(name or capital)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(capital)


def place_of(zone: str) -> str:
    """Return the place that a time zone is named for."""
    return zone.rpartition("/")[2].replace("_", " ")


def end_of(day: date, *, zone: ZoneInfo) -> datetime:
    """Return the first moment after that day where the zone is: an aware instant."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)


def day_of(moment: datetime, *, zone: ZoneInfo) -> date:
    """Return the day it is in the zone at that moment."""
    return moment.astimezone(zone).date()


def to_the_end_of(moment: datetime, *, zone: ZoneInfo) -> datetime:
    """Return the last second of that day in the zone: "until" a day is until its end.

    It is of the day that is named; the end itself is of the next one already.
    """
    return end_of(day_of(moment, zone=zone), zone=zone) - timedelta(seconds=1)
