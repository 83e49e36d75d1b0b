"""Screens say when a letter that waits goes out, where it is read."""

from datetime import UTC, datetime

from django.utils.translation import override

from lms.mail.hours import when_it_leaves
from lms.people.zones import zone_of

SATURDAY = datetime(2026, 11, 7, 18, tzinfo=UTC)
MONDAY = datetime(2026, 11, 9, 18, tzinfo=UTC)


def test_without_a_country_the_hours_are_those_of_the_platform():
    with override("en"):
        said = [
            when_it_leaves(country, zone=zone_of(country), at=SATURDAY)
            for country in ("DO", "")
        ]

    monday = "9 November 2026, 07:00"
    assert said == [f"{monday}, time of Dominican Republic", monday]
    assert when_it_leaves("", zone=zone_of(""), at=MONDAY) == ""
