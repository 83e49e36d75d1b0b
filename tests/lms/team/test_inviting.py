"""A trainer's screen of invitations: who was asked, again, no longer."""

from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from lms.belonging.actions import lift_shield, shield
from lms.mail.models import Letter
from lms.models import Cohort, CohortMember, Invitation
from lms.people.choices import Role
from lms.people.zones import day_of, end_of
from lms.refusals import Refused
from lms.team.actions import (
    Asked,
    archive,
    ask_again,
    decline,
    invite,
    redeem,
    take_back,
)
from lms.team.invitations import as_rows, invitations_in
from lms.team.roster.checking import known_in
from lms.team.rules import Waiting
from tests.factories import CohortFactory, MandateFactory, PersonFactory
from tests.lms.team.inviting import SECOND, WEEK, invited, link_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(tomas):
    return Cohort.objects.get()


@pytest.fixture
def page(cohort):
    return f"/en/team/cohorts/{cohort.uuid}/invitations/"


@pytest.fixture
def as_tomas(client, tomas):
    client.force_login(tomas)
    return client


@pytest.fixture
def invitation(cohort, tomas):
    return invited(cohort, by=tomas, at=timezone.now())


def text_of(answer):
    return " ".join(answer.content.decode().split())


def addresses():
    rows = Invitation.objects.order_by("pk")
    return list(rows.values_list("address", flat=True))


def listed(answer):
    return [(r.invitation.address, r.state) for r in answer.context["rows"]]


def test_again_withdraws_the_old_one_and_keeps_what_was_said(cohort, tomas, at):
    old = invited(cohort, by=tomas, at=at, name="Bruno", role="trainer")

    ask_again(old, by=tomas, at=at + SECOND)

    old.refresh_from_db()
    [new] = Invitation.objects.open(at + SECOND)
    assert old.withdrawn_at == at + SECOND
    assert (new.address, new.role, new.facts) == (
        "bruno@example.org",
        "trainer",
        {"name": "Bruno"},
    )
    last = day_of(at + SECOND + WEEK, zone=cohort.zone)
    assert new.until_at == end_of(last, zone=cohort.zone) - SECOND
    assert new.until_on == last
    assert new.token_hash != old.token_hash
    assert Letter.objects.count() == 2


def test_what_ran_out_or_was_declined_is_asked_again(cohort, tomas, bruno, at):
    first = invited(cohort, by=tomas, at=at)
    ask_again(first, by=tomas, at=at + WEEK)
    [second] = Invitation.objects.open(at + WEEK)
    decline(second, by=bruno, at=at + WEEK)
    ask_again(second, by=tomas, at=at + WEEK + SECOND)

    assert Invitation.objects.open(at + WEEK + SECOND).count() == 1


def test_what_was_accepted_or_taken_back_stays_so(cohort, tomas, bruno, at):
    accepted = invited(cohort, by=tomas, at=at)
    redeem(accepted, by=bruno, at=at)
    gone = invited(cohort, by=tomas, at=at, address="x@example.org")
    take_back(gone, at=at)

    for one in (accepted, gone):
        with pytest.raises(Refused, match="invitation-over"):
            take_back(one, at=at + SECOND)
        with pytest.raises(Refused, match="invitation-over"):
            ask_again(one, by=tomas, at=at + SECOND)

    assert Invitation.objects.count() == 2


def test_trainer_invites_a_list(as_tomas, page, tomas, cohort):
    typed = "Eva@Example.org, ivan@example.org\r\n\neva@example.org;ana@example.org "

    answer = as_tomas.post(page, {"addresses": typed})

    assert answer["Location"] == page
    assert addresses() == ["eva@example.org", "ivan@example.org", "ana@example.org"]
    assert {(i.cohort, i.invited_by, i.role) for i in Invitation.objects.all()} == {
        (cohort, tomas, "member")
    }
    shown = as_tomas.get(page)
    assert "3 invitations are on their way." in text_of(shown)
    assert sorted(listed(shown)) == [
        ("ana@example.org", Waiting.OPEN),
        ("eva@example.org", Waiting.OPEN),
        ("ivan@example.org", Waiting.OPEN),
    ]


def test_answer_is_the_same_whatever_accounts_there_are(as_tomas, page, bruno):
    PersonFactory(email="closed@example.org", is_active=False)
    PersonFactory(email="hidden@example.org", shielded=True)
    pages = []
    for name in ("bruno", "closed", "hidden", "nobody"):
        address = f"{name}@example.org"
        answer = as_tomas.post(page, {"addresses": address}, follow=True)
        assert listed(answer) == [(address, Waiting.OPEN)]
        key = str(Invitation.objects.get(address=address).uuid)
        pages.append(text_of(answer).replace(address, "*").replace(key, "*"))
        Invitation.objects.all().delete()

    assert len({without_secrets(one) for one in pages}) == 1


def without_secrets(page):
    parts = page.split('name="csrfmiddlewaretoken" value="')
    return parts[0] + "".join(part.split('"', 1)[1] for part in parts[1:])


def test_who_is_invited_already_gets_no_second_letter(as_tomas, page, invitation):
    answer = as_tomas.post(page, {"addresses": invitation.address}, follow=True)

    assert "Everybody on the list has an open invitation already." in text_of(answer)
    assert Letter.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter at least one e-mail address."),
        (" , ;\n", "Enter at least one e-mail address."),
        ("eva@example.org ivan, x@y", "no e-mail address: ivan, x@y"),
        (
            f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.example.org",
            "no e-mail address",
        ),
        ("<b>@example.org", "no e-mail address: &lt;b&gt;@example.org"),
        (
            "\n".join(f"p{n}@example.org" for n in range(51)),
            "there are 51 addresses. Enter up to 50 at a time.",
        ),
        ("x" * 20_001, "The list is too long."),
    ],
)
def test_list_with_a_mistake_is_refused_whole(as_tomas, page, typed, said):
    answer = as_tomas.post(page, {"addresses": typed})

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "<title>Error: " in text_of(answer)
    assert addresses() == []
    assert Letter.objects.count() == 0


def test_fifty_are_taken(as_tomas, page):
    typed = ",".join(f"p{n}@example.org" for n in range(50))

    assert as_tomas.post(page, {"addresses": typed}).status_code == 302
    assert len(addresses()) == 50


def test_list_tells_how_each_stands(as_tomas, page, cohort, tomas, bruno, carla):
    now = timezone.now()
    invited(
        cohort, by=tomas, at=now - WEEK - timedelta(days=1), address="late@example.org"
    )
    declined = invited(cohort, by=tomas, at=now - SECOND, address=carla.email)
    decline(declined, by=carla, at=now)
    redeem(invited(cohort, by=tomas, at=now), by=bruno, at=now)
    take_back(invited(cohort, by=tomas, at=now, address="gone@example.org"), at=now)
    invited(cohort, by=tomas, at=now, address="open@example.org", role="trainer")

    assert listed(as_tomas.get(page)) == [
        ("open@example.org", Waiting.OPEN),
        (carla.email, Waiting.DECLINED),
        ("late@example.org", Waiting.RUN_OUT),
    ]


def test_who_declined_and_came_later_is_not_listed(
    as_tomas, page, cohort, tomas, bruno
):
    now = timezone.now()
    decline(invited(cohort, by=tomas, at=now - SECOND), by=bruno, at=now)
    redeem(invited(cohort, by=tomas, at=now), by=bruno, at=now)

    assert listed(as_tomas.get(page)) == []


def test_buttons_send_again_and_take_back(as_tomas, client, page, invitation):
    old = link_of(invitation)

    assert as_tomas.post(f"{page}{invitation.uuid}/again/")["Location"] == page
    [new] = Invitation.objects.open(timezone.now())
    assert client.get(old).status_code == 410
    assert as_tomas.post(f"{page}{new.uuid}/take-back/")["Location"] == page

    assert Invitation.objects.filter(withdrawn_at=None).count() == 0
    refused = as_tomas.post(f"{page}{new.uuid}/take-back/")
    assert refused.status_code == 409
    assert "accepted or taken back meanwhile" in text_of(refused)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ("archived", "The cohort is archived: it is read and no longer changed."),
        ("over", "The cohort is over: nobody comes into it any more."),
    ],
)
def test_cohort_that_is_not_at_work_is_not_changed(
    as_tomas, page, invitation, facts, said
):
    yesterday = timezone.localdate() - timedelta(days=1)
    now = {"archived": {"archived_at": timezone.now()}, "over": {"until_on": yesterday}}
    Cohort.objects.update(**now[facts])

    shown = as_tomas.get(page)
    sent = [
        as_tomas.post(page, {"addresses": "eva@example.org"}),
        as_tomas.post(f"{page}{invitation.uuid}/again/"),
        as_tomas.post(f"{page}{invitation.uuid}/take-back/"),
    ]

    assert (shown.status_code, shown.context["form"]) == (200, None)
    assert said in text_of(shown)
    assert [answer.status_code for answer in sent] == [409] * 3
    assert all(said in text_of(answer) for answer in sent)
    assert list(Invitation.objects.open(timezone.now())) == [invitation]


def test_others_see_no_invitation(client, page, invitation, ana, ines):
    other = PersonFactory()
    MandateFactory(holder=other, role=Role.TRAINER)
    for person in (ana, ines, other):
        client.force_login(person)
        assert client.get(page).status_code == 404
        assert client.post(page, {"addresses": "x@example.org"}).status_code == 404
        for what in ("again", "take-back"):
            answer = client.post(f"{page}{invitation.uuid}/{what}/")
            assert answer.status_code == 404
    assert addresses() == [invitation.address]


def test_invitation_of_another_cohort_is_not_there(as_tomas, page, tomas):
    other = CohortFactory(trainers=[tomas])
    foreign = invited(other, by=tomas, at=timezone.now())

    assert as_tomas.post(f"{page}{foreign.uuid}/take-back/").status_code == 404
    assert listed(as_tomas.get(page)) == []


def test_cohort_page_leads_to_both(as_tomas, page, cohort):
    shown = text_of(as_tomas.get(f"/en/team/cohorts/{cohort.uuid}/"))

    assert f'href="{page}"' in shown
    assert f'href="/en/team/cohorts/{cohort.uuid}/code/"' in shown


@pytest.mark.parametrize("count", [1, 4])
def test_list_asks_as_much_of_one_as_of_four(
    as_tomas, page, cohort, tomas, count, django_assert_num_queries
):
    for n in range(count):
        invited(cohort, by=tomas, at=timezone.now(), address=f"p{n}@example.org")
    as_tomas.get(page)

    with django_assert_num_queries(7):
        assert len(listed(as_tomas.get(page))) == count


def test_cohort_that_is_over_invites_nobody(cohort, tomas, at):
    Cohort.objects.update(from_on=date(2026, 1, 1), until_on=date(2026, 10, 31))
    cohort.refresh_from_db()

    with pytest.raises(Refused) as refused:
        invite(cohort, by=tomas, asked=[Asked("nadie@example.org")], at=at)

    assert refused.value.reasons == ["cohort-over"]


def accepted_unseen(cohort, *, by, person, address, at, role="member"):
    """Let a person who was shielded before accept an invitation."""
    shield(person, by=person, reason="", at=at)
    EmailAddress.objects.create(user=person, email=address, verified=True)
    one = invited(cohort, by=by, at=at, address=address, role=role)
    assert redeem(one, by=person, at=at + SECOND)
    return one


@pytest.fixture
def pair(cohort, tomas):
    """Two who are invited at once: Zq, shielded, accepted; whose is wa is silent."""
    MandateFactory(holder=(person := PersonFactory()), role=Role.TRAINER)
    at = timezone.now() - timedelta(minutes=1)

    def ask(role):
        unseen = accepted_unseen(
            cohort, by=tomas, person=person, address="zq@example.org", at=at, role=role
        )
        silent = invited(cohort, by=tomas, at=at, address="wa@example.org", role=role)
        return unseen, silent

    return ask


def told(text, one):
    return without_secrets(text).replace(one.address, "*").replace(str(one.uuid), "*")


@pytest.mark.parametrize("role", ["member", "trainer"])
def test_shielded_person_who_accepted_is_listed_like_one_who_is_silent(
    as_tomas, page, cohort, pair, role
):
    both = pair(role)

    lists = [page, page.replace("invitations", "trainers")]
    shown = [text_of(as_tomas.get(one)) for one in lists]
    home = as_tomas.get(f"/en/team/cohorts/{cohort.uuid}/")

    assert sorted(listed(as_tomas.get(page))) == [
        ("wa@example.org", Waiting.OPEN),
        ("zq@example.org", Waiting.OPEN),
    ]
    for one in both:
        assert one.address in shown[0]
        assert (one.address in shown[1]) is (role == "trainer")
    assert home.context["invited"] == 2
    assert home.context["cohort"].people == 1  # Ana alone, as before
    assert "1 shielded" not in text_of(home)


@pytest.mark.parametrize("later", [WEEK - timedelta(hours=1), WEEK + timedelta(days=1)])
def test_shielded_person_who_accepted_runs_out_with_the_others(
    cohort, tomas, pair, later
):
    pair("member")
    at = timezone.now() + later

    rows = as_rows(invitations_in(cohort, viewer=tomas, on=timezone.localdate()), at=at)

    assert len(rows) == 2
    assert len({row.state for row in rows}) == 1


@pytest.mark.parametrize("what", ["again", "take-back"])
def test_buttons_answer_the_same_and_do_nothing_to_the_shielded_person(
    as_tomas, page, cohort, pair, what
):
    both = pair("member")
    answers = []
    for one in both:
        answer = as_tomas.post(f"{page}{one.uuid}/{what}/", follow=True)
        kept = [(a, s) for a, s in listed(answer) if a == one.address]
        answers.append((answer.redirect_chain, len(kept), Letter.objects.count()))
        again = as_tomas.post(f"{page}{one.uuid}/{what}/")
        assert (again.status_code, "taken back meanwhile" in text_of(again)) == (
            409,
            True,
        )

    assert answers[0][:2] == answers[1][:2]
    assert answers[1][2] - answers[0][2] == (what == "again")
    member = CohortMember.objects.get(person__shielded=True)
    assert (member.until_on, member.ended) == (None, "")


def test_shielded_person_keeps_what_they_accepted_by_the_old_link(cohort, tomas, pair):
    unseen, _silent = pair("member")
    unseen.refresh_from_db()

    take_back(unseen, at=timezone.now())

    assert redeem(unseen, by=unseen.redeemed_by, at=timezone.now()) is False


def test_asking_the_shielded_person_by_hand_answers_as_for_the_silent(
    as_tomas, page, pair
):
    both = pair("member")
    letters = Letter.objects.count()

    said = [
        told(text_of(as_tomas.post(page, {"addresses": o.address}, follow=True)), o)
        for o in both
    ]

    assert all("Everybody on the list has an open invitation" in one for one in said)
    assert Letter.objects.count() == letters


def test_who_is_shielded_after_they_accepted_does_not_come_back_to_the_list(
    as_tomas, page, cohort, tomas, bruno
):
    now = timezone.now()
    redeem(invited(cohort, by=tomas, at=now), by=bruno, at=now)
    shield(bruno, by=bruno, reason="", at=now + SECOND)

    assert listed(as_tomas.get(page)) == []


def test_who_is_shielded_no_more_leaves_the_list(as_tomas, page, cohort, pair):
    unseen, silent = pair("member")
    unseen.refresh_from_db()

    lift_shield(unseen.redeemed_by, by=unseen.redeemed_by, at=timezone.now())

    assert listed(as_tomas.get(page)) == [(silent.address, Waiting.OPEN)]


def test_archiving_takes_both_off_the_list(cohort, tomas, pair):
    pair("member")

    archive(cohort, by=tomas, at=timezone.now())

    rows = invitations_in(cohort, viewer=tomas, on=timezone.localdate())
    assert list(rows) == []


def test_list_imported_finds_both_invited(cohort, tomas, pair):
    pair("member")

    known = known_in(cohort, by=tomas, at=timezone.now())

    assert known.invited == {"wa@example.org", "zq@example.org"}
