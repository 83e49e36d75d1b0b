from lms.people import limits_drill
from lms.people.crowd_drill import beside_a_crowd


def test_tries_are_limited_and_a_room_gets_in(site):
    findings = limits_drill.drill(site, 80)

    assert [finding for finding in findings if not finding.holds] == []
    looks = next(f.found for f in findings if "reached the password" in f.what)
    assert 5 <= looks <= 10


def test_crowd_with_empty_forms_keeps_no_reader_waiting(site):
    with limits_drill.serving(site) as address:
        findings = beside_a_crowd(address, 40)

    assert [finding for finding in findings if not finding.holds] == []
