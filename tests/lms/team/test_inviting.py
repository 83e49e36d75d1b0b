"""A trainer's screen of invitations: who was asked, again, no longer."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from lms.mail.models import Letter
from lms.models import Cohort, Invitation
from lms.people.choices import Role
from lms.refusals import Refused
from lms.team.actions import Asked, ask_again, decline, invite, redeem, take_back
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
    assert new.until_at == at + SECOND + WEEK
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
    invited(cohort, by=tomas, at=now - WEEK, address="late@example.org")
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
