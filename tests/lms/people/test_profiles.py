import re

import pytest

from lms.models import User

PROFILE = "/es/account/profile/"


@pytest.fixture
def facts(client, ana):
    """Ana's profile as she would save it unchanged."""
    client.force_login(ana)
    return {
        "legal_name": ana.legal_name,
        "sort_name": "Ruiz Morales, Ana Lucía",
        "language": "es",
    }


def test_profile_shows_the_post_and_that_nobody_confirmed_it(client, ana, facts):
    page = client.get(PROFILE).content.decode()

    assert re.search(r"Organismo Judicial <span[^>]*>sin confirmar", page)
    assert "no se dibujan de nuevo" in page


def test_profile_shows_who_is_confirmed(client, ana, bruno, facts, at):
    ana.affiliations.update(confirmed_by=bruno, confirmed_at=at)

    page = client.get(PROFILE).content.decode()

    assert re.search(r"Organismo Judicial <span[^>]*>confirmada", page)
    assert bruno.legal_name not in page


def test_account_leads_to_the_profile(client, facts):
    assert client.get("/es/account/")["Location"] == PROFILE


def test_name_is_changed_and_sorted_anew(client, ana, facts):
    ana.sort_name = facts["sort_name"]
    ana.save()

    answer = client.post(
        PROFILE, facts | {"legal_name": "Ana Ruiz de  Tun", "reason": "Matrimonio"}
    )

    assert answer["Location"] == PROFILE
    ana.refresh_from_db()
    assert (ana.legal_name, ana.sort_name) == ("Ana Ruiz de Tun", "de Tun, Ana Ruiz")


def test_name_to_sort_by_is_the_persons_to_correct(client, ana, facts):
    client.post(PROFILE, facts | {"sort_name": "Morales, Ana Lucía Ruiz"})

    ana.refresh_from_db()
    assert ana.sort_name == "Morales, Ana Lucía Ruiz"


def test_language_changes_the_screens_at_once(client, ana, facts):
    answer = client.post(PROFILE, facts | {"language": "en"})

    ana.refresh_from_db()
    assert ana.language == "en"
    assert answer["Location"] == "/en/account/profile/"
    assert answer.cookies["language"].value == "en"
    assert (
        "Your profile has been saved."
        in client.get(answer["Location"]).content.decode()
    )


def test_profile_changes_nothing_but_its_own_fields(client, ana, bruno, facts):
    client.post(PROFILE, facts)
    before = list(User.objects.order_by("pk").values())
    extra = {
        field.name: "1" for field in User._meta.get_fields() if field.name not in facts
    }
    extra |= {"id": bruno.pk, "pk": bruno.pk, "person": bruno.pk}

    client.post(PROFILE, extra | facts)

    assert list(User.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(
    ("field", "value", "spanish", "english"),
    [
        ("legal_name", "", "Escriba su nombre", "Enter your name"),
        ("legal_name", "4na", "no puede llevar 4.", "cannot contain 4."),
        ("legal_name", "\u3164", "no puede llevar U+3164", "cannot contain U+3164"),
        ("legal_name", "\u0410na Ruiz", "de dos alfabetos", "of two alphabets"),
        (
            "legal_name",
            f"Ana{'\u0301' * 9} Ruiz",
            "demasiados acentos",
            "too many accents",
        ),
        ("sort_name", "Ruiz; Ana", "no puede llevar ;.", "cannot contain ;."),
        ("sort_name", "x" * 123, "más de 122 letras", "more than 122 letters"),
        # Lists show it alone: it is not to be another judge's.
        ("sort_name", "Tun Caal, Rosa", "mismas palabras que", "has the words of"),
        ("language", "fr", "Elija uno de los idiomas", "Choose one of the languages"),
    ],
)
@pytest.mark.parametrize("language", ["es", "en"])
def test_profile_refuses_with_a_sentence(
    client, ana, facts, field, value, spanish, english, language
):
    before = User.objects.values().get(pk=ana.pk)

    answer = client.post(f"/{language}/account/profile/", facts | {field: value})

    sentence = spanish if language == "es" else english
    assert answer.status_code == 422
    assert answer.content.decode().count(sentence) >= 2
    assert User.objects.values().get(pk=ana.pk) == before


def test_reason_of_another_name_is_asked_for_and_never_called_optional(client, facts):
    page = client.get("/en/account/profile/").content.decode()

    answer = client.post("/en/account/profile/", facts | {"legal_name": "Ana Ruiz"})

    assert '<label for="id_reason">Why your name changes</label>' in page
    assert page.count("(optional)") == 1  # the name to sort by
    assert answer.status_code == 422
    assert "Say why your name changes." in answer.content.decode()


def test_profile_offers_the_colours_and_leads_back_to_itself(client, facts):
    page = client.get(PROFILE).content.decode()

    assert '<form method="post" action="/es/theme/"' in page
    assert f'name="next" value="{PROFILE}#appearance"' in page


@pytest.mark.parametrize(
    "path",
    ["post", "email", "password/change", "2fa", "sessions", "my-data", "logout"],
)
def test_profile_leads_to_every_screen_of_the_account(client, facts, path):
    page = client.get(PROFILE).content.decode()

    menu, rest = page.split("</details>")
    assert f'href="/es/account/{path}/"' in menu
    assert f'href="/es/account/{path}/"' in rest


def test_profile_is_ones_own(client, db):
    assert client.get(PROFILE)["Location"] == f"/es/account/login/?next={PROFILE}"
