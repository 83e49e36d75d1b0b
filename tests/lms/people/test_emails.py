import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from tests.working import delivered

EMAIL = "/es/account/email/"
CODE = "/es/account/confirm-email/"


@pytest.fixture
def second(ana):
    """Ana's other address, confirmed."""
    return EmailAddress.objects.create(
        user=ana, email="ruiz@example.org", verified=True
    )


def test_address_is_added_once_its_code_is_entered(ana, sure, code):
    browser = sure(ana)

    asked = browser.post(EMAIL, {"action_add": "", "email": "Ruiz@example.org"})

    assert asked["Location"] == CODE
    assert delivered()[0].to == ["ruiz@example.org"]
    assert ana.emailaddress_set.count() == 1
    confirmed = browser.post(CODE, {"code": code()})
    assert confirmed["Location"] == EMAIL
    assert ana.emailaddress_set.get(email="ruiz@example.org").verified is True


STATE = "account_email_verification_code"


def post_as_if_at_once(browser, state, code):
    """Post a code with the session as a request found it that came a moment before."""
    session = browser.session
    session[STATE] = state
    session.save()
    return browser.post(CODE, {"code": code})


def test_mailed_code_confirms_an_address_once(ana, sure, code, time_machine):
    time_machine.move_to("2026-11-24 12:59:50Z", tick=False)
    browser = sure(ana)
    browser.post(EMAIL, {"action_add": "", "email": "ruiz@example.org"})
    waiting = browser.session[STATE]
    browser.post(CODE, {"code": code()})
    ana.emailaddress_set.get(email="ruiz@example.org").delete()
    time_machine.move_to("2026-11-24 13:00:10Z", tick=False)

    again = post_as_if_at_once(browser, waiting, code())

    assert again.status_code == 422
    assert "Este código ya se usó. Pida otro." in again.content.decode()
    assert not ana.emailaddress_set.filter(email="ruiz@example.org").exists()


def test_tries_that_come_at_once_are_counted(ana, sure, code, time_machine):
    time_machine.move_to("2026-11-24 12:59:50Z", tick=False)
    browser = sure(ana)
    browser.post(EMAIL, {"action_add": "", "email": "ruiz@example.org"})
    waiting = browser.session[STATE]
    for _try in range(10):
        post_as_if_at_once(browser, waiting, "0000-0000")

    answer = post_as_if_at_once(browser, waiting, code())

    assert answer.status_code == 422
    assert "Espere diez minutos" in answer.content.decode()
    assert not ana.emailaddress_set.filter(email="ruiz@example.org").exists()


def test_code_of_another_person_is_another_code(ana, bruno, sure, code):
    browser = sure(ana)
    browser.post(EMAIL, {"action_add": "", "email": "ruiz@example.org"})
    waiting = browser.session[STATE]
    browser.post(CODE, {"code": code()})
    browser = sure(bruno)
    state = waiting | {"email": "paz@example.org", "user_id": str(bruno.pk)}

    answer = post_as_if_at_once(browser, state, code())

    assert answer["Location"] == EMAIL
    assert bruno.emailaddress_set.get(email="paz@example.org").verified is True


def test_changing_addresses_asks_who_is_there_first(client, ana, second):
    client.force_login(ana)

    answer = client.post(EMAIL, {"action_remove": "", "email": second.email})

    assert answer["Location"].startswith("/es/account/reauthenticate/")
    assert EmailAddress.objects.filter(pk=second.pk).exists()


def test_account_follows_its_primary_address(ana, second, sure):
    browser = sure(ana)

    answer = browser.post(EMAIL, {"action_primary": "", "email": second.email})

    assert answer["Location"] == EMAIL
    ana.refresh_from_db()
    assert ana.email == "ruiz@example.org"
    # The old address is told, in neutral words, and not where mail goes now.
    assert [message.to for message in delivered()] == [["ana@example.org"]]
    assert delivered()[0].subject == "Un cambio en su cuenta de Campus"
    assert "ruiz@example.org" not in delivered()[0].body


def test_address_is_removed(ana, second, sure):
    browser = sure(ana)

    browser.post(EMAIL, {"action_remove": "", "email": second.email})

    assert list(ana.emailaddress_set.values_list("email", flat=True)) == [ana.email]
    assert [message.to for message in delivered()] == [["ana@example.org"]]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("es", "Con esta dirección entra usted."),
        ("en", "This is the address you sign in with."),
    ],
)
def test_primary_address_is_not_removed(ana, second, sure, language, sentence):
    browser = sure(ana)

    answer = browser.post(
        f"/{language}/account/email/", {"action_remove": "", "email": ana.email}
    )

    assert answer.status_code == 409
    assert sentence in answer.content.decode()
    assert ana.emailaddress_set.count() == 2


def test_unconfirmed_address_is_not_made_primary(ana, second, sure):
    browser = sure(ana)
    EmailAddress.objects.filter(pk=second.pk).update(verified=False)

    answer = browser.post(EMAIL, {"action_primary": "", "email": second.email})

    assert answer.status_code == 409
    assert "Confirme esta dirección" in answer.content.decode()
    ana.refresh_from_db()
    assert ana.email == "ana@example.org"


@pytest.mark.parametrize("action", ["action_primary", "action_remove", "action_send"])
@pytest.mark.parametrize("email", ["bruno@example.org", "nobody@example.org", "x"])
def test_address_of_somebody_else_is_not_found(ana, bruno, sure, action, email):
    browser = sure(ana)

    assert browser.post(EMAIL, {action: "", "email": email}).status_code == 404
    assert bruno.emailaddress_set.get().primary is True
    assert delivered() == []


def test_adding_the_address_of_another_account_gives_no_hint(ana, bruno, sure):
    browser = sure(ana)

    def add(email):
        mail.outbox.clear()
        answer = browser.post(EMAIL, {"action_add": "", "email": email})
        page = browser.get(CODE).content.decode().replace(email, "")
        return answer.status_code, answer["Location"], len(page), len(delivered())

    assert add("bruno@example.org") == add("nobody@example.org")


def test_address_of_another_account_is_not_taken_even_with_its_code(
    ana, bruno, sure, code
):
    browser = sure(ana)
    browser.post(EMAIL, {"action_add": "", "email": bruno.email})

    answer = browser.post(CODE, {"code": code()})

    assert answer.status_code == 422
    assert "Esta dirección no se puede usar." in answer.content.decode()
    assert bruno.emailaddress_set.get().user_id == bruno.pk


def test_account_has_at_most_four_addresses(ana, sure):
    browser = sure(ana)
    for number in range(3):
        EmailAddress.objects.create(
            user=ana, email=f"a{number}@example.org", verified=True
        )

    answer = browser.post(EMAIL, {"action_add": "", "email": "one@example.org"})

    assert answer.status_code == 422
    assert "como máximo 4 direcciones" in answer.content.decode()


def test_addresses_are_nobody_elses_business(client, db):
    assert client.get(EMAIL)["Location"].startswith("/es/account/login/")
