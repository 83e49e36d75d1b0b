import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.utils import timezone

from lms.models import Consent, User
from tests.factories import PersonFactory

SIGN_UP = "/es/account/signup/"
CODE = "/es/account/confirm-email/"


def words(response):
    """Return the page without what differs at every request: tokens and addresses."""
    page = response.content.decode()
    page = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", page)
    return re.sub(r"[\w.]+@example\.org", "ADDRESS", page)


def test_sign_up_leads_by_the_code_to_page_two(client, db, form, code):
    answer = client.post(SIGN_UP, form)

    assert (answer.status_code, answer["Location"]) == (302, CODE)
    confirmed = client.post(CODE, {"code": code()})
    assert (confirmed.status_code, confirmed["Location"]) == (302, "/es/account/post/")
    person = User.objects.get(email="nestor@example.org")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert (person.legal_name, person.sort_name) == ("Néstor Pérez", "Pérez, Néstor")
    assert person.emailaddress_set.get().verified is True


def test_sign_up_records_the_consent_and_its_version(client, db, form, settings):
    settings.PRIVACY_NOTICE_VERSION = "2030-01"
    before = timezone.now()

    client.post(SIGN_UP, form)

    consent = Consent.objects.get(person__email="nestor@example.org")
    assert consent.version == "2030-01"
    assert before <= consent.at <= timezone.now()


def test_sign_up_goes_on_in_the_language_that_was_chosen(client, db, form, code):
    answer = client.post(SIGN_UP, form | {"language": "en"})

    assert answer["Location"] == "/en/account/confirm-email/"
    assert answer.cookies["language"].value == "en"
    assert mail.outbox[0].subject == "Your code for Campus"
    confirmed = client.post(answer["Location"], {"code": code()})
    assert confirmed["Location"] == "/en/account/post/"


def test_sign_up_carries_the_page_one_came_from(client, db, form, code):
    client.post(SIGN_UP, form | {"next": "/es/trata/"})

    confirmed = client.post(CODE, {"code": code()})

    assert confirmed["Location"] == "/es/account/post/?next=%2Fes%2Ftrata%2F"


def test_sign_up_tidies_the_name_and_the_address(client, db, form):
    client.post(
        SIGN_UP,
        form | {"legal_name": "  Néstor   Pérez ", "email": "Nestor@Example.ORG"},
    )

    person = User.objects.get()
    assert (person.legal_name, person.email) == ("Néstor Pérez", "nestor@example.org")


def test_wrong_code_is_refused_with_a_sentence(client, db, form):
    client.post(SIGN_UP, form)

    answer = client.post(CODE, {"code": "0000-0000"})

    assert answer.status_code == 422
    assert "El código no coincide" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_five_wrong_codes_end_the_sign_up_for_now(client, db, form):
    client.post(SIGN_UP, form)

    answers = [client.post(CODE, {"code": "0000-0000"}) for _try in range(5)]

    assert [answer.status_code for answer in answers] == [422] * 4 + [302]
    page = client.get(answers[-1]["Location"]).content.decode()
    assert "Demasiados intentos" in page


def test_expired_code_says_so_and_opens_nothing(client, db, form, code, time_machine):
    time_machine.move_to("2026-11-24 12:00:00Z")
    client.post(SIGN_UP, form)
    time_machine.move_to("2026-11-24 13:00:01Z")

    answer = client.post(CODE, {"code": code()})

    assert (answer.status_code, answer["Location"]) == (302, "/es/account/login/")
    assert "El código venció" in client.get(answer["Location"]).content.decode()
    assert "_auth_user_id" not in client.session


def test_code_can_be_sent_again(client, db, form, code, time_machine):
    time_machine.move_to("2026-11-24 12:00:00Z")
    client.post(SIGN_UP, form)
    time_machine.move_to("2026-11-24 12:01:00Z")

    client.post(CODE, {"action": "resend"})

    assert len(mail.outbox) == 2
    assert client.post(CODE, {"code": code()}).status_code == 302


def test_sign_up_of_a_known_address_looks_like_any_other(client, db, form, bruno):
    def walk(browser, email):
        mail.outbox.clear()
        first = browser.post(SIGN_UP, form | {"email": email})
        second = browser.get(first["Location"])
        wrong = browser.post(CODE, {"code": "0000-0000"})
        return (
            [(a.status_code, a.get("Location")) for a in (first, second, wrong)],
            [words(second), words(wrong)],
            [message.to for message in mail.outbox],
        )

    unknown = walk(client, "unknown@example.org")
    known = walk(client.__class__(), bruno.email)

    assert known[:2] == unknown[:2]
    assert known[2] == [["bruno@example.org"]]
    assert unknown[2] == [["unknown@example.org"]]


class CountedHasher(MD5PasswordHasher):
    """Counts how often a password is hashed, which is what takes time."""

    algorithm = "counted"
    times = 0

    def encode(self, password, salt):
        type(self).times += 1
        return super().encode(password, salt)


def test_known_address_takes_as_long_as_any_other(client, db, form, bruno, settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountedHasher"]

    def hashed(email):
        CountedHasher.times = 0
        client.__class__().post(SIGN_UP, form | {"email": email})
        return CountedHasher.times

    assert hashed(bruno.email) == hashed("unknown@example.org") == 1


def test_known_address_is_told_where_to_sign_in_and_stays_as_it_is(
    client, db, form, carla
):
    client.post(SIGN_UP, form | {"email": "CARLA@example.org"})

    carla.refresh_from_db()
    assert carla.legal_name == "Carla Zelaya Núñez"
    assert User.objects.count() == 1
    # In the language of the account, whatever the stranger's screen says.
    assert mail.outbox[0].subject == "Your account in Campus"
    assert "/en/account/login/" in mail.outbox[0].body


def test_code_guessed_for_a_known_address_opens_nothing(client, db, form, bruno):
    client.post(SIGN_UP, form | {"email": bruno.email})

    guessed = client.session["account_email_verification_code"]["code"]
    answer = client.post(CODE, {"code": guessed})

    assert answer.status_code == 422
    assert "_auth_user_id" not in client.session


class Overtaker:
    """Signs the same address up after it was found free, before it is saved."""

    def validate(self, password, user=None):
        if user.email and not User.objects.filter(email=user.email).exists():
            PersonFactory(email=user.email, legal_name="Otra Persona")


def test_two_sign_ups_that_race_make_one_account(client, db, form, settings):
    settings.AUTH_PASSWORD_VALIDATORS = [{"NAME": f"{__name__}.Overtaker"}]

    answer = client.post(SIGN_UP, form)

    assert (answer.status_code, answer["Location"]) == (302, CODE)
    assert User.objects.get().legal_name == "Otra Persona"
    assert [message.subject for message in mail.outbox] == ["Su cuenta en Campus"]


def test_sign_up_fills_in_nothing_but_its_own_fields(client, db, form):
    extra = {
        field.name: "1" for field in User._meta.get_fields() if field.name not in form
    }

    client.post(SIGN_UP, extra | form)

    person = User.objects.get()
    assert (person.is_superuser, person.is_staff, person.shielded) == (False,) * 3
    assert (person.country, person.track, person.is_active) == ("", "", True)
    assert not person.groups.exists()
    assert not person.affiliations.exists()


@pytest.mark.parametrize(
    ("field", "value", "spanish", "english"),
    [
        ("email", "", "Escriba su correo.", "Enter your e-mail."),
        (
            "email",
            "nestor",
            "Escriba un correo como nombre@institucion.example.",
            "Enter an e-mail such as name@institution.example.",
        ),
        (
            "email",
            "n" * 250 + "@example.org",
            "Escriba un correo de 254 caracteres o menos.",
            "Enter an e-mail of 254 characters or fewer.",
        ),
        (
            "legal_name",
            "   ",
            "Escriba su nombre como debe aparecer en el certificado.",
            "Enter your name as it should appear on the certificate.",
        ),
        (
            "legal_name",
            "Néstor <b> 3",
            "Un nombre no puede llevar &lt; &gt; 3. Escríbalo con letras.",
            "A name cannot contain &lt; &gt; 3. Enter it in letters.",
        ),
        (
            "legal_name",
            "Néstor\u202e",
            "Un nombre no puede llevar U+202E. Escríbalo con letras.",
            "A name cannot contain U+202E. Enter it in letters.",
        ),
        (
            "legal_name",
            "n" * 121,
            "El nombre tiene más de 120 letras. Acórtelo.",
            "The name has more than 120 letters. Shorten it.",
        ),
        (
            "password1",
            "",
            "Escriba una contraseña de 12 caracteres o más.",
            "Enter a password of 12 characters or more.",
        ),
        ("password1", "corta", "12 caracteres", "12 characters"),
        ("password1", "Néstor Pérez", "similar", "too similar"),
        ("language", "", "Elija un idioma.", "Choose a language."),
        (
            "language",
            "fr",
            "Elija uno de los idiomas de la lista.",
            "Choose one of the languages in the list.",
        ),
        (
            "consent",
            "",
            "Sin su acuerdo no podemos abrir una cuenta.",
            "Without your agreement we cannot open an account.",
        ),
    ],
)
@pytest.mark.parametrize("language", ["es", "en"])
def test_sign_up_refuses_with_a_sentence_at_the_field(
    client, db, form, field, value, spanish, english, language
):
    answer = client.post(f"/{language}/account/signup/", form | {field: value})

    page = answer.content.decode()
    sentence = spanish if language == "es" else english
    assert answer.status_code == 422
    assert re.search(rf'<a href="#id_{field}">[^<]*{re.escape(sentence)}', page)
    assert page.count(sentence) >= 2  # in the summary and at the field
    assert "<title>Error:" in page
    assert User.objects.count() == 0
    assert mail.outbox == []


def test_sign_up_keeps_what_was_typed(client, db, form):
    answer = client.post(SIGN_UP, form | {"consent": ""})

    page = answer.content.decode()
    assert 'value="nestor@example.org"' in page
    assert 'value="Néstor Pérez"' in page
    assert "cuatro palabras sueltas" not in page


def test_signed_in_people_are_led_away_from_the_sign_up(client, ana):
    client.force_login(ana)

    assert client.get(SIGN_UP).status_code == 302
