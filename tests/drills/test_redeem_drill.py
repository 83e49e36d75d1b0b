from lms.team import redeem_drill


def test_of_eight_who_accept_one_invitation_at_once_one_does(site):
    findings = redeem_drill.drill(site, 8)

    assert [f.what for f in findings if not f.holds] == []
    assert [f.found for f in findings] == [0, 0, 1, 7, 1]
