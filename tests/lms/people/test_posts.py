import re

import pytest

from lms.models import User
from tests.factories import InstitutionFactory, PersonFactory

POST = "/es/account/post/"
COURT = {
    "country": "GT",
    "institution": "other",
    "institution_typed": "Juzgado Primero",
    "track": "judge",
    "position": "Judicatura",
}


@pytest.fixture
def newcomer(client, db):
    """Somebody whose account never said where they work."""
    person = PersonFactory(country="", track="")
    client.force_login(person)
    return person


def test_page_two_asks_for_the_country_first(client, newcomer):
    page = client.get(POST).content.decode()

    assert '<form method="get" action="/es/account/post/">' in page
    assert "id_institution" not in page


def test_page_two_lists_the_institutions_of_the_country(client, newcomer):
    InstitutionFactory(country="GT", name_es="Organismo Judicial")
    InstitutionFactory(country="HN", name_es="Corte Suprema")

    page = client.get(POST, {"country": "GT", "next": "/es/trata/"}).content.decode()

    assert "Organismo Judicial" in page
    assert "Corte Suprema" not in page
    assert "<strong>País:</strong> Guatemala" in page
    assert 'name="next" value="/es/trata/"' in page


def test_typed_institution_is_asked_for_and_never_called_optional(client, newcomer):
    page = client.get("/en/account/post/", {"country": "GT"}).content.decode()

    label = "Name of the institution, if it is not in the list"
    assert f'<label for="id_institution_typed">{label}</label>' in page


@pytest.mark.parametrize("country", ["", "FR", "gt", "GT'"])
def test_page_two_refuses_a_country_outside_the_region(client, newcomer, country):
    answer = client.get(POST, {"country": country})

    assert answer.status_code == 400
    assert '<a href="#id_country">Elija un' in answer.content.decode()


def test_page_two_saves_and_goes_on(client, newcomer):
    institution = InstitutionFactory(country="GT")

    answer = client.post(
        POST,
        COURT
        | {
            "institution": institution.pk,
            "institution_typed": "",
            "next": "/es/trata/",
        },
    )

    assert (answer.status_code, answer["Location"]) == (302, "/es/trata/")
    newcomer.refresh_from_db()
    assert newcomer.has_post
    assert newcomer.affiliations.get().institution == institution


@pytest.mark.parametrize("place", ["https://elsewhere.example/", "//elsewhere.example"])
def test_page_two_does_not_lead_to_other_sites(client, newcomer, place):
    answer = client.post(POST, COURT | {"next": place})

    assert answer["Location"] == "/es/my-learning/"


def test_page_two_fills_in_nothing_but_its_own_fields(client, newcomer):
    before = User.objects.values().get()
    extra = {field.name: "1" for field in User._meta.get_fields()}
    extra |= {"confirmed_by": newcomer.pk, "confirmed_at": "2026-01-01", "from_on": ""}

    client.post(POST, extra | COURT)

    after = User.objects.values().get()
    assert after == before | {"country": "GT", "track": "judge"}
    assert newcomer.affiliations.get().confirmed_by is None


@pytest.mark.parametrize(
    ("field", "value", "spanish", "english"),
    [
        ("country", "", "Elija un país.", "Choose a country."),
        (
            "country",
            "FR",
            "Elija uno de los países de la lista.",
            "Choose one of the countries in the list.",
        ),
        (
            "institution_typed",
            " ",
            "Escriba el nombre de su institución.",
            "Write the name of your institution.",
        ),
        (
            "institution_typed",
            "x" * 201,
            "Acorte la institución a 200 letras.",
            "Shorten the institution to 200 letters.",
        ),
        (
            "institution",
            "",
            "Elija su institución.",
            "Choose your institution.",
        ),
        (
            "institution",
            "999999",
            "Esa institución no es del país que eligió.",
            "That institution is not of the country you chose.",
        ),
        (
            "institution",
            "abc",
            "Esa institución no es del país que eligió.",
            "That institution is not of the country you chose.",
        ),
        ("track", "", "Elija su profesión.", "Choose your profession."),
        (
            "track",
            "king",
            "Elija una de las profesiones de la lista.",
            "Choose one of the professions in the list.",
        ),
        (
            "position",
            "x" * 121,
            "Acorte el cargo a 120 letras.",
            "Shorten the position to 120 letters.",
        ),
    ],
)
@pytest.mark.parametrize("language", ["es", "en"])
def test_page_two_refuses_with_a_sentence(
    client, newcomer, field, value, spanish, english, language
):
    answer = client.post(f"/{language}/account/post/", COURT | {field: value})

    page = answer.content.decode()
    sentence = spanish if language == "es" else english
    assert answer.status_code == 422
    assert page.count(sentence) >= 2
    assert not newcomer.affiliations.exists()
    newcomer.refresh_from_db()
    assert not newcomer.has_post


def test_institution_of_another_country_is_refused(client, newcomer):
    abroad = InstitutionFactory(country="HN", name_es="Corte Suprema")

    answer = client.post(
        POST, COURT | {"institution": abroad.pk, "institution_typed": ""}
    )

    assert answer.status_code == 422
    assert "no es del país que eligió" in answer.content.decode()
    assert "Corte Suprema" not in answer.content.decode()


def test_institution_is_chosen_or_typed_not_both(client, newcomer):
    institution = InstitutionFactory(country="GT")

    answer = client.post(POST, COURT | {"institution": institution.pk})

    assert answer.status_code == 422
    assert "no las dos cosas" in answer.content.decode()
    assert "Juzgado Primero" in answer.content.decode()


def test_post_held_now_is_what_the_page_shows_later(client, ana):
    client.force_login(ana)

    page = client.get(POST).content.decode()

    assert f'value="{ana.affiliations.get().institution_id}" selected' in page
    assert '<option value="judge" selected>' in page


def test_another_country_can_be_chosen_later(client, ana):
    client.force_login(ana)

    assert "id_institution" not in client.get(POST, {"change": ""}).content.decode()
    page = client.get(POST, {"country": "HN"}).content.decode()
    assert "Honduras" in page
    assert '<option value="judge" selected>' in page


def test_page_two_is_for_people_who_signed_in(client, db):
    assert client.get(POST)["Location"] == f"/es/account/login/?next={POST}"


def test_institutions_are_listed_by_name_without_regard_to_accents(client, newcomer):
    for name in ("Órgano Judicial", "Policía", "Migración"):
        InstitutionFactory(country="GT", name_es=name)

    page = client.get(POST, {"country": "GT"}).content.decode()

    names = re.findall(r"<option value=\"\w+\">([^<]+)</option>", page)
    assert names[:4] == [
        "Migración",
        "Órgano Judicial",
        "Policía",
        "No está en la lista",
    ]
