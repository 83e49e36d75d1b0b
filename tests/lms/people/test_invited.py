"""Signing up by the link of an invitation: the address is proven, the rest begun."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from lms.models import Affiliation, CohortMember, Invitation, User
from tests.factories import CohortFactory, MandateFactory, PersonFactory
from tests.lms.team.inviting import invited, link_of
from tests.working import work_off

SIGN_UP = "/es/account/signup/"
CODE = "/es/account/confirm-email/"
NEW = {"legal_name": "Néstor Pérez", "password1": "cuatro palabras sueltas"}
WORK = {
    "institution": "other-GT",
    "institution_typed": "Juzgado Primero",
    "track": "judge",
}
FORM = NEW | WORK | {"language": "es", "consent": "on"}
FACTS = {
    "name": "Néstor Pérez Xol",
    "language": "en",
    "country": "GT",
    "institution": "gt-organismo-judicial",
    "track": "judge",
    "position": "Judicatura",
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(client, judiciary):
    """The link of Néstor's letter, from which his browser went to the sign-up."""
    return followed(client, **FACTS)


def followed(client, address="nestor@example.org", **facts):
    cohort = CohortFactory()
    invitation = invited(
        cohort, by=PersonFactory(), at=timezone.now(), address=address, **facts
    )
    page = link_of(invitation)
    answer = client.post(f"{page}sign-up/")
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, SIGN_UP)
    assert client.get(answer["Location"]).status_code == 200
    return page


def test_link_leads_to_a_sign_up_that_is_begun(client, link):
    form = client.get(SIGN_UP, {"next": link}).context["form"]

    assert form["email"].value() == "nestor@example.org"
    assert form.fields["email"].disabled is True
    assert form["legal_name"].value() == "Néstor Pérez Xol"
    assert form["language"].value() == "en"


def test_proven_address_needs_no_code_and_leads_on_to_the_cohort(client, link):
    answer = client.post(SIGN_UP, FORM | {"next": link})

    person = User.objects.get(email="nestor@example.org")
    assert person.emailaddress_set.get().verified is True
    assert answer["Location"] == link
    assert client.session["_auth_user_id"] == str(person.pk)
    assert mail.outbox == []
    assert client.get(link).context["is_theirs"] is True


def test_address_that_is_offered_a_mandate_is_proven_by_a_code(client, judiciary):
    MandateFactory(
        holder=None,
        address="nestor@example.org",
        granted_by=PersonFactory(),
        accepted_at=None,
    )
    link = followed(client)

    answer = client.post(SIGN_UP, FORM | {"next": link})

    assert answer["Location"] == CODE
    assert not User.objects.filter(email="nestor@example.org").exists()
    work_off()
    sent = re.search(r"\d{4}-\d{4}", mail.outbox[-1].body)[0]
    confirmed = client.post(CODE, {"code": sent})
    assert confirmed["Location"] == link
    assert "invited" not in client.session


@pytest.mark.parametrize("how", ["withdrawn_at", "declined_at", "until_at"])
def test_what_an_invitation_said_ends_with_it(client, link, how):
    """The browser went to the sign-up before; its session remembers the address."""
    row = Invitation.objects.get()
    Invitation.objects.update(
        **{how: row.invited_at + timedelta(microseconds=1)},
    )

    form = client.get(SIGN_UP, {"next": link}).context["form"]
    answer = client.post(SIGN_UP, FORM | {"email": row.address, "next": link})

    assert not form["email"].value()
    assert answer["Location"] == CODE
    assert not User.objects.filter(email=row.address).exists()


def test_work_is_begun_too(client, link, judiciary):
    form = client.get(SIGN_UP, {"next": link}).context["form"]
    begun = {name: form[name].value() for name in ("institution", "track")}
    typed = NEW | begun | {"language": "es", "consent": "on"}
    client.post(SIGN_UP, typed | {"next": link})

    assert begun == {"institution": judiciary.pk, "track": "judge"}
    post = Affiliation.objects.get()
    assert (post.institution, post.position) == (judiciary, "Judicatura")
    assert post.person.country == "GT"
    assert "invited" not in client.session


def test_whole_way_ends_in_the_cohort(client, link, judiciary):
    client.post(SIGN_UP, FORM | {"next": link})

    client.post(f"/es/join/invitations/{Invitation.objects.get().uuid}/accept/")

    assert CohortMember.objects.get().person.email == "nestor@example.org"


@pytest.mark.parametrize(
    "facts",
    [{}, {"country": "XX", "institution": "none", "track": "king", "language": "tlh"}],
)
def test_list_that_says_nothing_of_ours_begins_nothing(client, db, facts):
    link = followed(client, **facts)

    form = client.get(SIGN_UP, {"next": link}).context["form"]
    assert (form["legal_name"].value(), form["language"].value()) == ("", "es")
    assert not form["institution"].value()
    assert not form["track"].value()


def test_institution_of_another_country_is_not_chosen(client, judiciary):
    link = followed(client, **FACTS | {"country": "HN", "track": "king"})

    form = client.get(SIGN_UP, {"next": link}).context["form"]

    assert (form["institution"].value(), form["track"].value()) == ("", "")


def test_another_address_that_is_typed_is_not_taken(client, link):
    client.post(SIGN_UP, FORM | {"next": link, "email": "other@example.org"})
    client.post(f"{SIGN_UP}?email=more@example.org", FORM | {"next": link})

    assert User.objects.filter(email="nestor@example.org").exists()
    assert not User.objects.filter(email__in=["other@example.org", "more@example.org"])


def test_next_person_at_the_computer_proves_their_own_address(client, link):
    page = client.get(SIGN_UP)
    assert page.context["form"]["email"].value() is None
    assert page.context["form"].fields["email"].disabled is False

    answer = client.post(SIGN_UP, FORM | {"email": "eva@example.org"})

    assert answer["Location"] == CODE
    assert not User.objects.filter(email="eva@example.org").exists()


def test_known_address_gets_the_letter_of_every_known_address(client, db):
    known = PersonFactory(email="nestor@example.org")
    link = followed(client)

    answer = client.post(SIGN_UP, FORM | {"next": link})

    assert answer["Location"] == CODE
    assert list(User.objects.filter(email=known.email)) == [known]
    work_off()
    assert [letter.subject for letter in mail.outbox] == ["Su cuenta en Campus"]


def test_who_has_signed_in_is_led_back_to_the_link(client, ana):
    invitation = invited(CohortFactory(), by=ana, at=timezone.now())
    client.force_login(ana)

    answer = client.post(f"{link_of(invitation)}sign-up/")

    assert answer["Location"] == link_of(invitation)
    assert "invited" not in client.session
