"""The small form of every drill: what a real one finds, it would find."""

import pytest

from certificates import drills as awards

RACERS = 5


@pytest.fixture
def site(drill_site, django_db_blocker):
    with django_db_blocker.unblock():
        yield drill_site


def broken(findings):
    return [finding for finding in findings if not finding.holds]


def test_races_have_one_winner(site):
    findings = awards.races(site, 1, RACERS)

    assert broken(findings) == []
