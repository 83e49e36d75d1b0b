"""The first administrators: made once, let in by a letter only."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from lms.audit.models import Event
from lms.installing.actions import appoint_first
from lms.models import User
from lms.refusals import Refused
from tests.factories import NOON, PersonFactory
from tests.working import work_off

RAQUEL = ("Raquel Sandoval", "Raquel@campus.example")
OSCAR = ("Óscar Méndez", "oscar@campus.example")
NEW = {"password1": "otras cuatro palabras", "password2": "otras cuatro palabras"}


def administrators():
    return list(
        User.objects.filter(is_superuser=True, is_staff=True)
        .order_by("email")
        .values_list("email", flat=True)
    )


def test_appoint_first_makes_two_who_cannot_sign_in_yet(db):
    waiting = appoint_first([RAQUEL, OSCAR], at=NOON)

    assert administrators() == ["oscar@campus.example", "raquel@campus.example"]
    assert [person.has_usable_password() for person in waiting] == [False, False]
    assert not EmailAddress.objects.filter(verified=True).exists()
    assert Event.objects.filter(actor=None, subjects__in=waiting).count() == 2


def test_the_letter_leads_to_a_password_and_the_code_to_the_platform(client, db):
    (raquel,) = appoint_first([RAQUEL], at=NOON)
    work_off()
    path = re.search(r"http://127.0.0.1:8000(/\S+/key/\S+)", mail.outbox[-1].body)[1]
    client.post(client.get(path)["Location"], NEW)

    asked = client.post(
        "/es/account/login/", {"login": raquel.email, "password": NEW["password1"]}
    )

    assert mail.outbox[0].to == ["raquel@campus.example"]
    assert mail.outbox[0].subject == "Elija su contraseña en Campus"
    assert asked["Location"] == "/es/account/confirm-email/"  # the mailbox is proven
    raquel.refresh_from_db()
    assert raquel.check_password(NEW["password1"])


def test_the_first_letter_does_not_speak_of_somebody_who_asked(db):
    appoint_first([RAQUEL], at=NOON)

    work_off()

    (letter,) = mail.outbox
    assert "aún no tiene contraseña. Elíjala aquí:" in letter.body
    assert "Si no esperaba este mensaje, no haga nada" in letter.body
    assert "Si usted no lo pidió" not in letter.body


def test_appoint_first_again_mails_only_who_has_no_password(db):
    raquel, oscar = appoint_first([RAQUEL, OSCAR], at=NOON)
    oscar.set_password("cuatro palabras que sabe")
    oscar.save()

    assert appoint_first([RAQUEL, OSCAR], at=NOON) == [raquel]
    assert len(administrators()) == 2
    assert Event.objects.count() == 2


def test_a_second_one_may_come_later(db):
    appoint_first([RAQUEL], at=NOON)
    appoint_first([OSCAR], at=NOON)

    assert len(administrators()) == 2


def closed_account():
    return PersonFactory(email="oscar@campus.example", is_active=False)


def somebodys_second_address():
    person = PersonFactory()
    EmailAddress.objects.create(user=person, email="oscar@campus.example")


@pytest.mark.parametrize(
    "taken",
    [
        lambda: PersonFactory(email="oscar@campus.example"),
        closed_account,
        somebodys_second_address,
    ],
)
def test_appoint_first_raises_nobody_who_has_an_account(db, taken):
    taken()

    with pytest.raises(Refused) as refused:
        appoint_first([RAQUEL, OSCAR], at=NOON)

    assert refused.value.reasons == ["taken"]
    assert administrators() == []


def test_appoint_first_makes_no_third(db, admin):
    appoint_first([RAQUEL], at=NOON)

    with pytest.raises(Refused) as refused:
        appoint_first([OSCAR], at=NOON)

    assert refused.value.reasons == ["more-than-two"]


def test_two_accounts_of_one_mailbox_are_one_person(db):
    with pytest.raises(Refused) as refused:
        appoint_first([OSCAR, ("Otro", "oscar+2@campus.example")], at=NOON)

    assert refused.value.reasons == ["one-mailbox"]
