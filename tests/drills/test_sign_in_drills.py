from lms.people import limits_drill


def test_tries_are_limited_and_a_room_gets_in(site):
    findings = limits_drill.drill(site, 80)

    assert [finding for finding in findings if not finding.holds] == []
    looks = next(f.found for f in findings if "reached the password" in f.what)
    assert 5 <= looks <= 10
