import json
import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.db.models.signals import pre_save
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from lms.keys import unseal
from lms.models import Affiliation, Consent, User
from lms.people.actions import open_account
from lms.people.tasks import answer_sign_up
from tests.factories import InstitutionFactory, PersonFactory
from tests.working import work_off

SIGN_UP = "/es/account/signup/"
CODE = "/es/account/confirm-email/"


def words(response):
    """Return the page without what differs at every request: tokens and addresses."""
    page = response.content.decode()
    page = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", page)
    return re.sub(r"[\w.]+@example\.org", "ADDRESS", page)


def test_sign_up_asks_once_and_leads_by_the_code_to_learning(client, db, form, code):
    answer = client.post(SIGN_UP, form)

    assert (answer.status_code, answer["Location"]) == (302, CODE)
    confirmed = client.post(CODE, {"code": code()})
    assert (confirmed.status_code, confirmed["Location"]) == (302, "/es/my-learning/")
    person = User.objects.get(email="nestor@example.org")
    post = person.affiliations.get()
    assert (person.country, person.track, post.track) == ("GT", "judge", "judge")
    assert (post.institution, post.institution_typed) == (None, "Juzgado Primero")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert (person.legal_name, person.sort_name) == ("Néstor Pérez", "Pérez, Néstor")
    assert person.emailaddress_set.get().verified is True


def test_sign_up_records_the_consent_and_its_version(client, db, form, code, settings):
    settings.PRIVACY_NOTICE_VERSION = "2030-01"
    before = timezone.now()

    client.post(SIGN_UP, form)
    agreed_by = timezone.now()
    settings.PRIVACY_NOTICE_VERSION = "2030-02"  # nobody has seen it yet
    client.post(CODE, {"code": code()})

    consent = Consent.objects.get(person__email="nestor@example.org")
    assert consent.version == "2030-01"
    assert before <= consent.at <= agreed_by


def test_sign_up_goes_on_in_the_language_that_was_chosen(client, db, form, code):
    answer = client.post(SIGN_UP, form | {"language": "en"})

    assert answer["Location"] == "/en/account/confirm-email/"
    assert answer.cookies["language"].value == "en"
    confirmed = client.post(answer["Location"], {"code": code()})
    assert mail.outbox[0].subject == "Your code for Campus"
    assert confirmed["Location"] == "/en/my-learning/"


def test_sign_up_carries_the_page_one_came_from(client, db, form, code):
    client.post(SIGN_UP, form | {"next": "/es/trata/"})

    confirmed = client.post(CODE, {"code": code()})

    assert confirmed["Location"] == "/es/trata/"


def test_sign_up_tidies_the_name_and_the_address(client, db, form, code):
    client.post(
        SIGN_UP,
        form | {"legal_name": "  Néstor   Pérez ", "email": "Nestor@Example.ORG"},
    )
    client.post(CODE, {"code": code()})

    person = User.objects.get()
    assert (person.legal_name, person.email) == ("Néstor Pérez", "nestor@example.org")


def test_wrong_code_is_refused_with_a_sentence(client, db, form):
    client.post(SIGN_UP, form)

    answer = client.post(CODE, {"code": "0000-0000"})

    assert answer.status_code == 422
    assert "El código no coincide" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_five_wrong_codes_end_the_sign_up(client, db, form, code):
    client.post(SIGN_UP, form)

    answers = [client.post(CODE, {"code": "0000-0000"}) for _try in range(5)]

    assert [answer.status_code for answer in answers] == [422] * 4 + [302]
    assert answers[-1]["Location"] == SIGN_UP
    assert "Demasiados intentos" in client.get(SIGN_UP).content.decode()
    client.post(CODE, {"code": code()})
    assert not User.objects.exists()


def test_tries_that_come_at_once_are_five_as_well(client, db, form, code):
    client.post(SIGN_UP, form)
    waiting = client.session["signing_up"]

    def post(typed):
        """Post with the session as it was before any try."""
        session = client.session
        session["signing_up"] = waiting
        session.save()
        return client.post(CODE, {"code": typed})

    for _try in range(5):
        assert post("0000-0000").status_code == 422
    assert post(code()).status_code == 422

    assert not User.objects.exists()


def test_code_that_no_letter_carries_opens_nothing(
    client, db, form, monkeypatch, time_machine
):
    drawn = "lms.people.adapter.AccountAdapter.generate_email_verification_code"
    monkeypatch.setattr(drawn, lambda _adapter: "1234-5678")
    for minute in range(4):  # a network has three letters an hour sent to a mailbox
        time_machine.move_to(f"2026-11-24 12:0{minute}:00Z")
        client.post(SIGN_UP, form)

    assert client.post(CODE, {"code": "1234-5678"}).status_code == 422
    assert not User.objects.exists()


def test_sending_the_code_again_gives_no_further_tries(client, db, form, time_machine):
    time_machine.move_to("2026-11-24 12:00:00Z")
    client.post(SIGN_UP, form)
    for _try in range(4):
        client.post(CODE, {"code": "0000-0000"})
    time_machine.move_to("2026-11-24 12:01:00Z")
    client.post(CODE, {"action": "resend"})

    assert client.post(CODE, {"code": "0000-0000"})["Location"] == SIGN_UP


def test_expired_code_says_so_and_opens_nothing(client, db, form, code, time_machine):
    time_machine.move_to("2026-11-24 12:00:00Z")
    client.post(SIGN_UP, form)
    time_machine.move_to("2026-11-24 13:00:01Z")

    answer = client.post(CODE, {"code": code()})

    assert (answer.status_code, answer["Location"]) == (302, SIGN_UP)
    assert "El código venció" in client.get(SIGN_UP).content.decode()
    assert "signing_up" not in client.session
    assert not User.objects.exists()


def test_code_can_be_sent_again(client, db, form, code, time_machine):
    time_machine.move_to("2026-11-24 12:00:00Z")
    client.post(SIGN_UP, form)
    first = code()
    time_machine.move_to("2026-11-24 12:01:00Z")

    assert client.post(CODE, {"action": "resend"})["Location"] == CODE

    second = code()
    assert len(mail.outbox) == 2
    assert client.post(CODE, {"code": first}).status_code == 422
    assert client.post(CODE, {"code": second}).status_code == 302


def test_code_is_sent_three_times_at_most(client, db, form, time_machine):
    for minute in range(4):
        time_machine.move_to(f"2026-11-24 12:0{minute}:00Z")
        client.post(*(CODE, {"action": "resend"}) if minute else (SIGN_UP, form))
    work_off()

    assert len(mail.outbox) == 3
    assert "Enviar otro código" not in client.get(CODE).content.decode()


def test_code_is_not_sent_again_within_ten_seconds(client, db, form):
    client.post(SIGN_UP, form)

    assert client.post(CODE, {"action": "resend"}).status_code == 429
    work_off()
    assert len(mail.outbox) == 1


def test_known_address_is_told_once_however_often_a_code_is_asked_for(
    client, form, bruno, time_machine
):
    time_machine.move_to("2026-11-24 12:00:00Z")
    client.post(SIGN_UP, form | {"email": bruno.email})
    time_machine.move_to("2026-11-24 12:01:00Z")
    client.post(CODE, {"action": "resend"})
    work_off()

    assert [message.subject for message in mail.outbox] == ["Su cuenta en Campus"]


def test_sign_up_of_a_known_address_looks_like_any_other(client, db, form, bruno):
    def walk(browser, email):
        mail.outbox.clear()
        first = browser.post(SIGN_UP, form | {"email": email})
        second = browser.get(first["Location"])
        wrong = browser.post(CODE, {"code": "0000-0000"})
        work_off()
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
    work_off()

    carla.refresh_from_db()
    assert carla.legal_name == "Carla Zelaya Núñez"
    assert User.objects.count() == 1
    # In the language of the account, whatever the stranger's screen says.
    assert mail.outbox[0].subject == "Your account in Campus"
    assert "/en/account/login/" in mail.outbox[0].body


def test_code_guessed_for_a_known_address_opens_nothing(client, db, form, bruno):
    client.post(SIGN_UP, form | {"email": bruno.email})

    task = DBTaskResult.objects.get(task_path=answer_sign_up.module_path)
    client.post(CODE, {"code": unseal(task.args_kwargs["args"][1])})

    assert "_auth_user_id" not in client.session
    assert User.objects.get().legal_name == bruno.legal_name


def test_nothing_is_written_of_a_sign_up_before_its_code(client, db, form):
    client.post(SIGN_UP, form)

    rows = (User, EmailAddress, Consent)
    assert [model.objects.count() for model in rows] == [0, 0, 0]


def test_institution_of_the_list_says_the_country(client, db, form, code):
    court = InstitutionFactory(country="HN", name_es="Corte Suprema")
    listed = form | {"institution": court.pk, "institution_typed": ""}
    page = client.get(SIGN_UP).content.decode()

    client.post(SIGN_UP, listed)
    client.post(CODE, {"code": code()})

    group = re.search(r'<optgroup label="Honduras">(.+?)</optgroup>', page, re.DOTALL)
    values = re.findall(r'value="([^"]+)"', group[1])
    assert values == [str(court.pk), "other-HN"]
    post = Affiliation.objects.get()
    assert (post.institution, post.person.country) == (court, "HN")


def test_institution_that_is_gone_by_then_is_asked_for_again(client, db, form, code):
    court = InstitutionFactory(country="HN")
    client.post(SIGN_UP, form | {"institution": court.pk, "institution_typed": ""})
    court.delete()

    confirmed = client.post(CODE, {"code": code()})

    assert confirmed["Location"] == "/es/account/post/"
    assert not Affiliation.objects.exists()


def test_session_of_a_sign_up_holds_neither_password_nor_code(client, db, form, code):
    client.post(SIGN_UP, form)

    held = json.dumps(dict(client.session.items()), ensure_ascii=False)
    assert form["legal_name"] in held
    assert form["password1"] not in held
    assert code() not in held
    assert code().replace("-", "") not in held


def test_password_of_the_sign_up_opens_the_account(client, db, form, code):
    client.post(SIGN_UP, form)

    client.post(CODE, {"code": code()})

    assert User.objects.get().check_password(form["password1"])
    assert "signing_up" not in client.session


def test_code_opens_one_account_once(client, db, form, code):
    client.post(SIGN_UP, form)
    sent = code()
    first = client.post(CODE, {"code": sent})
    client.logout()

    again = client.post(CODE, {"code": sent})

    assert first["Location"] == "/es/my-learning/"
    assert again["Location"] == "/es/account/login/"
    assert "_auth_user_id" not in client.session


def test_second_sign_up_takes_the_place_of_the_first(client, db, form, code):
    client.post(SIGN_UP, form)
    first = code()
    client.post(SIGN_UP, form | {"email": "other@example.org"})

    assert "other@example.org" in client.get(CODE).content.decode()
    assert client.post(CODE, {"code": first}).status_code == 422
    client.post(CODE, {"code": code()})
    assert User.objects.get().email == "other@example.org"


def test_address_that_was_taken_meanwhile_is_told_to_its_owner(client, db, form, code):
    client.post(SIGN_UP, form)
    sent = code()
    PersonFactory(email="nestor@example.org", legal_name="Otra Persona")

    answer = client.post(CODE, {"code": sent})

    assert answer["Location"] == "/es/account/login/"
    page = client.get(answer["Location"]).content.decode()
    assert "Ya hay una cuenta con esta dirección" in page
    assert User.objects.get().legal_name == "Otra Persona"


@pytest.fixture
def overtaker():
    """Somebody who takes the address after it was found free, before it is saved."""

    def take(instance, **_kwargs):
        pre_save.disconnect(take, sender=User)
        PersonFactory(email=instance.email, legal_name="Otra Persona")

    pre_save.connect(take, sender=User, weak=False)
    yield
    pre_save.disconnect(take, sender=User)


def test_two_who_open_an_account_at_once_make_one(overtaker, db, form):
    made = open_account(
        address="nestor@example.org",
        legal_name="Néstor Pérez",
        password="a hash",
        language="es",
        notice="2030-01",
        agreed_at=timezone.now(),
        work=None,
    )

    assert made is None
    assert not User.objects.filter(legal_name="Néstor Pérez").exists()
    assert not Consent.objects.exists()


def test_whoever_signs_in_instead_waits_for_no_code_any_more(
    client, form, ana, sign_in
):
    client.post(SIGN_UP, form)

    sign_in(ana)

    assert "signing_up" not in client.session
    assert client.get(CODE)["Location"] == "/es/account/email/"


def test_code_of_an_account_goes_before_that_of_a_sign_up(
    client, form, ana, sign_in, code
):
    ana.emailaddress_set.update(verified=False)
    client.post(SIGN_UP, form)
    work_off()

    assert sign_in(ana)["Location"] == CODE

    assert ana.email in client.get(CODE).content.decode()
    assert client.post(CODE, {"code": code()})["Location"] == "/es/my-learning/"
    assert list(User.objects.all()) == [ana]


def test_sign_up_fills_in_nothing_but_its_own_fields(client, db, form, code):
    extra = {
        field.name: "1" for field in User._meta.get_fields() if field.name not in form
    }

    client.post(SIGN_UP, extra | form)
    client.post(CODE, extra | {"code": code()})

    person = User.objects.get()
    assert (person.is_superuser, person.is_staff, person.shielded) == (False,) * 3
    assert (person.country, person.track, person.is_active) == ("GT", "judge", True)
    ended = (person.merged_into, person.closed_at, person.erased_at)
    assert (person.holds_mandate, *ended) == (False, None, None, None)
    assert not person.groups.exists()
    post = person.affiliations.get()
    assert (post.position, post.confirmed_at, post.confirmed_by) == ("", None, None)


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
        (
            "password1",
            "Néstor Pérez",
            "La contraseña se parece demasiado a un dato de su cuenta (nombre como en "
            "el certificado). Elija otra.",
            "The password is too much like something in your account (name as on the "
            "certificate). Choose another one.",
        ),
        (
            "password1",
            "nestor@example.org",
            "La contraseña se parece demasiado a un dato de su cuenta (correo "
            "electrónico). Elija otra.",
            "The password is too much like something in your account (e-mail). Choose "
            "another one.",
        ),
        ("language", "", "Elija un idioma.", "Choose a language."),
        ("institution", "", "Elija su institución.", "Choose your institution."),
        (
            "institution",
            "other-FR",
            "Elija una de las instituciones de la lista.",
            "Choose one of the institutions in the list.",
        ),
        (
            "institution_typed",
            " ",
            "Escriba el nombre de su institución.",
            "Write the name of your institution.",
        ),
        ("track", "", "Elija su profesión.", "Choose your profession."),
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
    assert "signing_up" not in client.session
    assert not DBTaskResult.objects.exists()


def test_sign_up_keeps_what_was_typed(client, db, form):
    answer = client.post(SIGN_UP, form | {"consent": ""})

    page = answer.content.decode()
    assert 'value="nestor@example.org"' in page
    assert 'value="Néstor Pérez"' in page
    assert "cuatro palabras sueltas" not in page


@pytest.mark.parametrize(
    ("wrong", "again"), [({"track": ""}, 2), ({"password1": "corta"}, 0)]
)
def test_sign_up_says_that_the_password_is_to_be_typed_again(
    client, db, form, wrong, again
):
    page = client.post(SIGN_UP, form | wrong).content.decode()

    # In the summary and at the field; not where the password itself was wrong.
    assert page.count("Vuelva a escribir su contraseña") == again


def test_signed_in_people_are_led_away_from_the_sign_up(client, ana):
    client.force_login(ana)

    assert client.get(SIGN_UP).status_code == 302
