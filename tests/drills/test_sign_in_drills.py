from lms.people import limits_drill
from lms.people.crowd_drill import beside_a_crowd

TIMES = 3


def test_tries_are_limited_and_a_room_gets_in(site):
    findings = limits_drill.drill(site, 80)

    assert [finding for finding in findings if not finding.holds] == []
    looks = next(f.found for f in findings if "reached the password" in f.what)
    assert 5 <= looks <= 10


def test_crowd_with_empty_forms_keeps_no_reader_waiting(site):
    """Once of three times: other tests are at work on this machine as well."""
    with limits_drill.serving(site) as address:
        found = []
        while not (found and all(finding.holds for finding in found[-1])):
            assert len(found) < TIMES, found
            found.append(beside_a_crowd(address, 60, clients=24))
