"""The link that shows a name: for a week, taken back by a press or by a new name."""

from datetime import timedelta

import pytest
from django.utils import timezone

from certificates import rules
from certificates.actions import issue
from certificates.models import Certificate, ShareLink, ShareUse, Why
from certificates.sharing import (
    forget_links,
    links_of,
    make_link,
    open_link,
    use_link,
    withdraw_link,
)
from certificates.tasks import forget_share_links
from lms.audit.models import Event
from lms.models import Merger, User
from lms.people.actions import merge, rename
from lms.refusals import Refused
from tests.factories import NOON, EnrolmentFactory

WEEK, TICK = timedelta(days=7), timedelta(microseconds=1)


@pytest.fixture
def token(award, ana, at):
    return make_link(award, by=ana, at=at)


def test_a_link_shows_the_name_for_seven_days_and_not_longer(award, token, at):
    assert use_link(award, token=token, visitor="guard", at=at)
    assert use_link(award, token=token, visitor="guard", at=at + WEEK - TICK)
    assert not use_link(award, token=token, visitor="guard", at=at + WEEK)


def test_only_the_digest_of_a_token_is_kept(token):
    assert len(token) == 32
    assert token not in str(ShareLink.objects.values())


@pytest.mark.parametrize("forged", ["", "x", "9999999999:AAAA", "á\ud800"])
def test_a_forged_token_shows_nothing_and_is_no_use(award, token, at, forged):
    assert not use_link(award, token=forged, visitor="guard", at=at)
    assert not ShareUse.objects.exists()


def test_a_token_of_another_certificate_shows_nothing(award, token, ana, at):
    other = EnrolmentFactory(
        learner=ana, edition=award.enrolment.edition, completed_at=at
    )

    assert not use_link(issue(other, at=at), token=token, visitor="guard", at=at)


def test_a_link_that_was_withdrawn_shows_nothing(award, token, at):
    withdraw_link(ShareLink.objects.get(), at=at)
    withdraw_link(ShareLink.objects.get(), at=at + WEEK)

    assert not use_link(award, token=token, visitor="guard", at=at)
    assert ShareLink.objects.get().withdrawn_at == at


def test_a_new_name_of_the_holder_withdraws_the_link(award, token, ana, at):
    later = at + timedelta(hours=1)
    rename(ana, legal_name="Ana Otra", reason="Matrimonio", by=ana, at=later)

    assert not use_link(award, token=token, visitor="guard", at=later)
    new = make_link(award, by=ana, at=later + TICK)
    assert use_link(award, token=new, visitor="guard", at=later + TICK)


def test_a_link_of_an_erased_holder_shows_nothing(award, token, at):
    award.erased_at, award.holder_name = at, ""
    award.save()

    assert open_link(award, token=token, at=at) is None


@pytest.mark.parametrize(
    "ended",
    [
        {"revoked_at": NOON, "revoked_for": Why.EARLIER, "revoked_reason": "x"},
        {"suspended_at": NOON},
    ],
)
def test_nobody_reads_a_name_beside_the_reason_of_an_end(
    client, award, token, ana, at, ended
):
    Certificate.objects.filter(pk=award.pk).update(**ended)
    client.force_login(ana)

    assert not use_link(award, token=token, visitor="guard", at=at)
    page = client.get(f"/en/certificates/{award.pk}/").content.decode()
    assert "Make a link that shows my name" not in page
    assert client.post(f"/en/certificates/{award.pk}/share/").status_code == 404


@pytest.mark.parametrize("ana_stays", [True, False])
def test_a_shield_that_comes_by_a_merger_withdraws_the_link(
    award, ana, bruno, admin, ana_stays
):
    now = timezone.now()
    token = make_link(award, by=ana, at=now)
    kept, gone = (ana, bruno) if ana_stays else (bruno, ana)
    User.objects.filter(pk=bruno.pk).update(shielded=True)
    asked = {"asked_by": admin, "asked_at": now, "reason": "one person"}

    merge(Merger.objects.create(kept=kept, gone=gone, **asked), by=admin, at=now)

    award.refresh_from_db()
    assert award.holder == kept
    assert open_link(award, token=token, at=now) is None


def test_a_use_leaves_its_moment_and_a_line_in_the_log(award, token, ana, at):
    moments = [at, at + timedelta(hours=2)]
    for moment in moments:
        use_link(award, token=token, visitor="guard", at=moment)

    (link,) = links_of(award, at=at)
    assert link.used == 2
    assert [use.at for use in link.last_uses] == moments[::-1]
    assert {field.name for field in ShareUse._meta.fields} == {"id", "link", "at"}
    looks = Event.objects.visible_to(ana).filter(kind=Event.Kind.LOOK)
    assert (
        list(looks.values_list("purpose", "actor"))
        == [("shared certificate", None)] * 2
    )


def test_who_loads_the_page_once_more_within_the_hour_counts_once(award, token, at):
    def use(visitor, after):
        return use_link(award, token=token, visitor=visitor, at=at + after)

    hour = timedelta(hours=1)
    assert use("guard", 0 * hour)
    assert use("guard", hour - TICK)
    assert (ShareUse.objects.count(), Event.objects.filter(kind="look").count()) == (
        1,
        1,
    )

    assert use("office", 0 * hour)
    assert use("guard", hour)

    assert ShareUse.objects.count() == 3


def test_links_know_whether_they_still_show_the_name(award, ana, at):
    make_link(award, by=ana, at=at)
    withdraw_link(ShareLink.objects.get(), at=at)
    make_link(award, by=ana, at=at + TICK)

    assert [link.is_open for link in links_of(award, at=at + TICK)] == [True, False]
    assert [link.is_open for link in links_of(award, at=at + 2 * WEEK)] == [False] * 2


def test_no_more_than_five_links_are_open(award, ana, at):
    for _link in range(rules.MOST_OPEN_LINKS):
        make_link(award, by=ana, at=at)

    with pytest.raises(Refused, match="too-many-links"):
        make_link(award, by=ana, at=at)

    withdraw_link(ShareLink.objects.first(), at=at)
    make_link(award, by=ana, at=at)


def test_links_are_forgotten_ninety_days_after_their_end(award, token, at):
    use_link(award, token=token, visitor="guard", at=at)
    end = at + WEEK + timedelta(days=90)

    assert forget_links(at=end) == 0
    assert forget_links(at=end + TICK) == 1
    assert not ShareUse.objects.exists()


def test_the_clock_forgets_links(award, token, time_machine, at):
    time_machine.move_to(at + timedelta(days=98), tick=False)

    assert forget_share_links.func() == 1
