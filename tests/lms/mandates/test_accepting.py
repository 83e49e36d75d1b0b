"""Accepting an offer: a code to its very mailbox, a few tries, then the mandate."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail

from lms.mail.models import Letter
from lms.mail.tasks import send_letters
from lms.mandates import actions
from lms.mandates.mails import code_for
from lms.mandates.rules import window_of
from lms.refusals import Refused
from tests.factories import PersonFactory
from tests.lms.mandates.conftest import accept

pytestmark = pytest.mark.django_db
LIST = "/en/mandates/"


@pytest.fixture
def mandate(offered):
    return offered("bruno@example.org")


@pytest.fixture
def his(client, bruno):
    client.force_login(bruno)
    return client


def mailed():
    """Send what waits, and return the code of the last letter with its addressee."""
    send_letters.func()
    letter = mail.outbox[-1]
    return re.search(r"\b\d{8}\b", letter.body)[0], letter.to


def test_a_code_goes_to_the_mailbox_of_the_offer_alone(bruno, offered, now):
    EmailAddress.objects.create(user=bruno, email="office@example.org", verified=True)
    mandate = offered("office@example.org")

    actions.send_code(mandate, by=bruno, at=now)
    code, to = mailed()
    actions.accept(mandate, by=bruno, code=code, at=now)

    assert to == ["office@example.org"]
    assert mandate.holder == bruno


def test_the_letter_names_neither_task_nor_person(bruno, mandate, now):
    actions.send_code(mandate, by=bruno, at=now)
    mailed()

    letter = mail.outbox[-1]
    for secret in ("Bruno", "Ministry", "Ministerio", "Organismo"):
        assert secret not in letter.subject + letter.body


def test_the_code_is_kept_nowhere(bruno, mandate, now):
    actions.send_code(mandate, by=bruno, at=now)
    code, _to = mailed()

    assert code not in str(list(Letter.objects.values()))


@pytest.mark.parametrize("typed", ["", "00000000", "12 34", "no"])
def test_without_the_code_nothing_is_accepted(bruno, mandate, now, typed):
    actions.send_code(mandate, by=bruno, at=now)

    with pytest.raises(Refused, match="wrong-code"):
        actions.accept(mandate, by=bruno, code=typed, at=now)

    mandate.refresh_from_db()
    assert mandate.holder is None


def test_a_code_is_typed_with_spaces_too(bruno, mandate, now):
    code = code_for(mandate, bruno.pk, window=window_of(now))

    actions.accept(mandate, by=bruno, code=f" {code[:4]} {code[4:]} ", at=now)

    assert mandate.holder == bruno


@pytest.mark.parametrize(("minutes", "good"), [(0, True), (15, True), (30, False)])
def test_a_code_is_good_for_a_while(bruno, mandate, now, minutes, good):
    code = code_for(mandate, bruno.pk, window=window_of(now))
    at = now + timedelta(minutes=minutes)

    if good:
        actions.accept(mandate, by=bruno, code=code, at=at)
    else:
        with pytest.raises(Refused, match="wrong-code"):
            actions.accept(mandate, by=bruno, code=code, at=at)

    mandate.refresh_from_db()
    assert bool(mandate.holder) is good


def test_a_code_of_another_offer_or_account_is_none(bruno, carla, offered, now):
    mandate, other = offered("bruno@example.org"), offered("else@example.org")
    window = window_of(now)

    for code in (
        code_for(other, bruno.pk, window=window),
        code_for(mandate, carla.pk, window=window),
    ):
        with pytest.raises(Refused, match="wrong-code"):
            actions.accept(mandate, by=bruno, code=code, at=now)


def test_five_wrong_tries_and_the_right_one_waits(bruno, mandate, now):
    for _try in range(5):
        with pytest.raises(Refused, match="wrong-code"):
            actions.accept(mandate, by=bruno, code="00000000", at=now)

    with pytest.raises(Refused, match="too-many-tries"):
        accept(mandate, by=bruno, at=now)

    accept(mandate, by=bruno, at=now + timedelta(minutes=10))
    assert mandate.holder == bruno


def test_five_codes_an_hour_are_sent(bruno, mandate, now):
    for minute in range(5):
        actions.send_code(mandate, by=bruno, at=now + timedelta(seconds=minute))

    with pytest.raises(Refused, match="too-many-codes"):
        actions.send_code(mandate, by=bruno, at=now)

    assert Letter.objects.filter(template="mandate_code").count() == 5


def test_who_is_not_offered_it_has_no_code_sent(carla, mandate, now):
    with pytest.raises(Refused, match="not-offered"):
        actions.send_code(mandate, by=carla, at=now)

    assert not Letter.objects.exists()


@pytest.mark.parametrize("state", ["answered", "late"])
def test_a_code_that_opens_nothing_any_more_is_not_sent(bruno, mandate, now, state):
    actions.send_code(mandate, by=bruno, at=now)
    if state == "answered":
        actions.decline(mandate, by=bruno, at=now)

    later = timedelta(minutes=30 if state == "late" else 1)
    with time_machine.travel(now + later, tick=False):
        send_letters.func()

    assert mail.outbox == []


@pytest.mark.parametrize("address", ["marta+2@example.org", "Marta+x@Example.org"])
def test_nobody_grants_to_another_spelling_of_their_mailbox(marta, offered, address):
    with pytest.raises(Refused, match="own-address"):
        offered(address)


def test_another_account_of_the_granter_does_not_accept(marta, offered, now):
    """It has her name, and an address at her domain."""
    twin = PersonFactory(email="m.cojti@example.org", legal_name="Cojti Xol Marta")
    mandate = offered("m.cojti@example.org")

    with pytest.raises(Refused, match="own-grant"):
        accept(mandate, by=twin, at=now)


def test_the_screens_send_a_code_and_take_it(his, bruno, mandate):
    path = f"{LIST}{mandate.uuid}/accept/"

    first = his.get(path).text
    sent = his.post(path)
    second = his.get(sent["Location"]).text
    wrong = his.post(sent["Location"], {"code": "00000000"})
    code, to = mailed()
    answer = his.post(sent["Location"], {"code": code}, follow=True)

    mandate.refresh_from_db()
    assert "Send me a code" in first
    assert "bruno@example.org" in first
    assert (sent["Location"], to) == (f"{path}code/", ["bruno@example.org"])
    assert 'name="code"' in second
    assert wrong.status_code == 422
    assert "This is not the code, or it is too old." in wrong.text
    assert "You accepted the mandate." in answer.text
    assert mandate.holder == bruno


def test_accepting_without_a_code_is_refused_on_the_screen(his, mandate):
    path = f"{LIST}{mandate.uuid}/accept/code/"

    for body, sentence in (
        ({}, "Enter the code."),
        ({"code": "9" * 31}, "Enter the eight digits of the message."),
    ):
        answer = his.post(path, body)
        assert (answer.status_code, answer.text.count(sentence)) == (422, 2)

    mandate.refresh_from_db()
    assert mandate.holder is None


def test_too_many_codes_are_refused_on_the_screen(his, mandate):
    path = f"{LIST}{mandate.uuid}/accept/"

    answers = [his.post(path) for _send in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [409]
    assert "Too many codes were sent." in answers[-1].text


def test_whoever_granted_it_reads_who_accepted(client, marta, bruno, mandate, now):
    accept(mandate, by=bruno, at=now)
    client.force_login(marta)

    page = client.get(LIST).text

    assert "bruno@example.org" in page
    assert "accepted by Bruno Xicará Tun on" in page
