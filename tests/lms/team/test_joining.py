"""The pages by which people come into a cohort: a letter's link, a list, a code."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.http import urlencode

from lms.models import Cohort, Invitation, JoinCode, Tries
from lms.people.choices import Role
from lms.team import limits
from lms.team.actions import close_code, open_code, take_back
from tests.access.dumping import changed, everything
from tests.factories import PASSWORD, CohortFactory, MandateFactory, PersonFactory
from tests.lms.team.inviting import invited, link_of, token_of

JOIN = "/en/join/"
CODE = f"{JOIN}code/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(tomas):
    return Cohort.objects.get()


@pytest.fixture
def invite(cohort, tomas):
    """Return a function that invites Bruno, or another address, now."""

    def now(where=cohort, **facts):
        facts = {"by": tomas, "at": timezone.now()} | facts
        return invited(where, **facts)

    return now


@pytest.fixture
def as_bruno(client, bruno):
    client.force_login(bruno)
    return client


@pytest.fixture
def code(cohort, tomas):
    return open_code(cohort, by=tomas, places=2, hours=2, at=timezone.now())


def text_of(answer):
    return " ".join(answer.content.decode().split())


def members():
    return sorted(Cohort.objects.get().members.values_list("email", flat=True))


def answer_to(client, invitation, what):
    return client.post(f"{JOIN}invitations/{invitation.uuid}/{what}/")


def test_link_tells_what_it_is_and_who_will_see_what(client, invite, cohort):
    answer = client.get(link_of(invite(), "en"))

    page = text_of(answer)
    assert answer.status_code == 200
    assert cohort.name in page
    assert "Guatemala" in page
    assert (
        "The trainers of this cohort will see your name, your post, your progress and "
        "your results until 30 days after it ends."
    ) in page
    assert "Tomás" not in page
    assert answer["Cache-Control"].startswith("max-age=0, no-cache")


def test_looking_at_a_link_uses_nothing_up(client, as_bruno, invite):
    link, before = link_of(invite()), everything()

    for _time in range(3):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200

    assert changed(before, everything()) == []


def test_link_lets_its_owner_join_or_decline(as_bruno, invite):
    answer = as_bruno.get(link_of(invite(), "en"))

    assert answer.context["is_theirs"] is True
    assert "Join the cohort" in text_of(answer)
    assert "No, thank you" in text_of(answer)


def test_owner_joins_and_the_link_works_no_more(as_bruno, invite):
    invitation = invite()

    answer = answer_to(as_bruno, invitation, "accept")

    assert answer["Location"] == "/en/my-learning/"
    assert members() == ["ana@example.org", "bruno@example.org"]
    assert "You joined Judicaturas 2026." in text_of(as_bruno.get("/en/my-learning/"))
    assert as_bruno.get(link_of(invitation)).status_code == 410
    assert answer_to(as_bruno, invitation, "accept").status_code == 302
    assert answer_to(as_bruno, invitation, "decline").status_code == 409


def test_owner_declines(as_bruno, invite):
    invitation = invite()

    assert answer_to(as_bruno, invitation, "decline")["Location"] == JOIN
    assert members() == ["ana@example.org"]
    refused = answer_to(as_bruno, invitation, "accept")
    assert refused.status_code == 409
    assert "The invitation was answered, was taken back" in text_of(refused)


def test_link_for_another_address_says_so_and_names_nothing(client, ana, invite):
    client.force_login(ana)
    invitation = invite()

    answer = client.get(link_of(invitation, "en"))

    page = text_of(answer)
    assert "This invitation is for another address" in page
    assert "Judicaturas 2026" not in page
    assert "bruno@example.org" not in page
    assert answer_to(client, invitation, "accept").status_code == 404
    assert answer_to(client, invitation, "decline").status_code == 404


def over(invitation):
    return {
        "used": {"redeemed_at": timezone.now(), "redeemed_by": invitation.invited_by},
        "declined": {"declined_at": timezone.now()},
        "taken back": {"withdrawn_at": timezone.now()},
        "run out": {"until_at": timezone.now(), "invited_at": invitation.until_at},
    }


@pytest.mark.parametrize("how", ["used", "declined", "taken back", "run out"])
def test_link_that_is_over_is_as_unknown_as_any(client, invite, how):
    invitation = invite()
    facts = over(invitation)[how]
    if "invited_at" in facts:
        facts["invited_at"] = invitation.invited_at - timedelta(days=8)
    Invitation.objects.update(**facts)

    known = client.get(link_of(invitation, "en"))
    unknown = client.get(f"{JOIN}{'0' * 64}/")

    assert (known.status_code, unknown.status_code) == (410, 410)
    page = text_of(known).replace(token_of(invitation), "0" * 64)
    assert page == text_of(unknown)
    assert client.post(f"{link_of(invitation)}sign-up/").status_code == 410


def test_link_into_a_cohort_that_is_archived_is_unknown(client, as_bruno, invite):
    invitation = invite()
    Cohort.objects.update(archived_at=timezone.now())

    assert client.get(link_of(invitation)).status_code == 410
    refused = answer_to(as_bruno, invitation, "accept")
    assert "The cohort is closed." in text_of(refused)
    assert refused.status_code == 409


def test_wrong_links_are_counted_and_good_ones_are_not(client, invite, time_machine):
    time_machine.move_to(timezone.now().replace(second=1), tick=False)
    good = link_of(invite())
    wrong = [client.get(f"{JOIN}{n}/") for n in range(limits.WRONG_LINKS + 1)]

    assert [answer.status_code for answer in wrong] == [410] * 30 + [429]
    assert client.get(good).status_code == 200
    assert Tries.objects.get().count == 30


def test_who_has_not_signed_in_is_led_there_and_back(client, bruno, invite):
    link = link_of(invite())

    sign_in = client.get(link).context["sign_in"]
    answer = client.post(
        "/es/account/login/",
        {"login": bruno.email, "password": PASSWORD, "next": link},
    )

    assert sign_in == f"/es/account/login/?{urlencode({'next': link})}"
    assert answer["Location"] == link


def test_list_shows_what_is_for_ones_own_addresses(as_bruno, invite, tomas):
    first = invite()
    invite(address="x@example.org")
    invite(CohortFactory(name="Ajena", trainers=[tomas]), address="y@example.org")

    answer = as_bruno.get(JOIN)

    assert list(answer.context["invitations"]) == [first]
    assert "Ajena" not in text_of(answer)
    page = text_of(as_bruno.get("/en/my-learning/"))
    assert "You are invited to a cohort:" in page
    assert "Join a cohort with a code" in page


def test_without_an_invitation_nothing_is_said_of_one(client, ana, invite):
    invite()
    client.force_login(ana)

    assert list(client.get(JOIN).context["invitations"]) == []
    page = text_of(client.get("/en/my-learning/"))
    assert "You are invited to a cohort:" not in page
    assert "Join a cohort with a code" in page


@pytest.mark.parametrize("count", [1, 4])
def test_list_asks_as_much_of_one_as_of_four(
    as_bruno, invite, count, django_assert_num_queries
):
    for number in range(count):
        invite(CohortFactory(name=f"C{number}"))
    as_bruno.get(JOIN)

    with django_assert_num_queries(3):
        answer = as_bruno.get(JOIN)

    assert len(answer.context["invitations"]) == count


def test_shielded_person_reads_that_trainers_do_not_see_them(as_bruno, bruno, invite):
    bruno.shielded = True
    bruno.save()

    page = text_of(as_bruno.get(link_of(invite(), "en")))

    assert "the trainers of this cohort will not see that you joined" in page
    assert "will see your name" not in page


def test_who_is_invited_to_train_reads_what_they_will_see(as_bruno, bruno, invite):
    invitation = invite(role="trainer")

    page = text_of(as_bruno.get(link_of(invitation, "en")))
    refused = answer_to(as_bruno, invitation, "accept")

    assert "You are invited to train a cohort" in page
    assert "You will see the name, the post, the progress" in page
    assert "will see your name" not in page
    assert refused.status_code == 409
    assert "Only a national trainer of the country" in text_of(refused)
    MandateFactory(holder=bruno, role=Role.TRAINER)
    accepted = answer_to(as_bruno, invitation, "accept")
    assert accepted["Location"] == f"/en/team/cohorts/{invitation.cohort.uuid}/"
    assert as_bruno.get(accepted["Location"]).status_code == 200


def test_code_tells_what_it_is_and_joins_by_a_button(as_bruno, code, cohort):
    typed = f" {code.code[:4].lower()} - {code.code[4:]}"

    page = as_bruno.get(CODE, {"code": typed})
    assert page.context["code"] == code
    assert "until 30 days after it ends" in text_of(page)
    assert members() == ["ana@example.org"]

    answer = as_bruno.post(CODE, {"code": code.code})
    assert answer["Location"] == "/en/my-learning/"
    assert members() == ["ana@example.org", "bruno@example.org"]
    again = text_of(as_bruno.get(CODE, {"code": code.code}))
    assert "You are in this cohort already." in again
    assert as_bruno.post(CODE, {"code": code.code}).status_code == 302
    assert JoinCode.objects.get().taken == 1


def test_code_asks_for_the_sign_in_and_leads_back(client, code):
    answer = client.get(CODE, {"code": code.code})

    back = f"/en/join/code/%3Fcode%3D{code.code}"
    assert answer["Location"] == f"/en/account/login/?next={back}"


@pytest.mark.parametrize("typed", ["", "x", "0" * 8, "x" * 41])
def test_code_that_opens_nothing_is_said_to(as_bruno, code, typed):
    for answer in (
        as_bruno.get(CODE, {"code": typed}),
        as_bruno.post(CODE, {"code": typed}),
    ):
        assert answer.status_code == 422
        assert "<title>Error: " in text_of(answer)
        assert list(answer.context["form"].errors) == ["code"]


def test_code_page_without_a_code_is_the_list(as_bruno):
    assert as_bruno.get(CODE)["Location"] == JOIN


def test_code_that_is_closed_opens_nothing(as_bruno, code, cohort):
    close_code(cohort, at=timezone.now())

    assert as_bruno.get(CODE, {"code": code.code}).status_code == 422
    assert as_bruno.post(CODE, {"code": code.code}).status_code == 422
    assert members() == ["ana@example.org"]


def test_code_without_a_place_says_so(as_bruno, code):
    JoinCode.objects.update(taken=2)

    answer = as_bruno.post(CODE, {"code": code.code})

    assert answer.status_code == 409
    assert "All places of this code are taken." in text_of(answer)
    assert members() == ["ana@example.org"]


def test_codes_are_counted_by_account(as_bruno, bruno, client, code, time_machine):
    now = code.opened_at + timedelta(seconds=1)
    time_machine.move_to(now, tick=False)
    answers = [as_bruno.get(CODE, {"code": "0" * 8}) for _time in range(20)]

    assert {answer.status_code for answer in answers} == {422}
    assert as_bruno.get(CODE, {"code": code.code}).status_code == 429
    assert as_bruno.post(CODE, {"code": code.code}).status_code == 429
    client.force_login(PersonFactory())
    assert client.get(CODE, {"code": code.code}).status_code == 200
    client.force_login(bruno)
    time_machine.move_to(now + timedelta(minutes=10), tick=False)
    assert client.get(CODE, {"code": code.code}).status_code == 200


def test_taken_back_invitation_is_not_listed(as_bruno, invite):
    take_back(invite(), at=timezone.now())

    assert list(as_bruno.get(JOIN).context["invitations"]) == []
