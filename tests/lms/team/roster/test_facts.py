"""What a row says of somebody, in the words that an invitation keeps."""

import pytest

from lms.team.roster.facts import Places, facts_of
from tests.factories import InstitutionFactory


@pytest.fixture
def places(judiciary):
    abroad = InstitutionFactory(
        code="hn-poder-judicial",
        country="HN",
        name_es="Poder Judicial",
        name_en="Judicial Branch",
    )
    return Places([judiciary, abroad], home="GT")


def test_a_whole_row_is_understood(places):
    cells = {
        "given": "Ana",
        "middle": "Lucía",
        "family": "Ruiz",
        "country": "guatemala",
        "institution": "ORGANISMO JUDICIAL",
        "track": "Jueza",
        "position": "Jueza de paz",
        "language": "Inglés",
        "superior": "Eva Paz",
        "superior_address": "Eva@Example.org",
    }

    assert facts_of(cells, places) == (
        {
            "name": "Ana Lucía Ruiz",
            "country": "GT",
            "institution": "gt-organismo-judicial",
            "track": "judge",
            "position": "Jueza de paz",
            "language": "en",
            "superior_name": "Eva Paz",
            "superior_address": "eva@example.org",
        },
        [],
    )


@pytest.mark.parametrize(
    ("cells", "facts"),
    [
        ({"institution": "gt-organismo-judicial"}, "gt-organismo-judicial"),
        ({"institution": "GT-ORGANISMO-JUDICIAL"}, "gt-organismo-judicial"),
        ({"institution": "Judiciary"}, "gt-organismo-judicial"),
        ({"institution": "Poder Judicial"}, None),
        ({"institution": "Poder judicial", "country": "HN"}, "hn-poder-judicial"),
    ],
)
def test_an_institution_is_known_by_its_code_or_its_name_in_its_country(
    places, cells, facts
):
    assert facts_of(cells, places)[0].get("institution") == facts


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("language", "es_mx", "es"),
        ("language", "EN-us", "en"),
        ("country", "hn", "HN"),
        ("country", "Belize", "BZ"),
        ("country", "México", "MX"),
        ("track", "OPI", "opi"),
        ("track", "Prosecutor or investigator", "prosecutor"),
        ("track", "Juez o magistrado", None),
    ],
)
def test_choices_are_known_by_code_and_word(places, name, typed, value):
    assert facts_of({name: typed}, places)[0].get(name) == value


def test_what_is_not_understood_is_said(places):
    cells = {
        "country": "Narnia",
        "track": "Alfarera",
        "language": "fr",
        "institution": "Corte de Narnia",
        "superior_address": "eva",
        "position": "x" * 121,
    }

    assert facts_of(cells, places) == (
        {"institution_typed": "Corte de Narnia"},
        [
            {"is": "country-unknown", "typed": "Narnia"},
            {"is": "track-unknown", "typed": "Alfarera"},
            {"is": "language-unknown", "typed": "fr"},
            {"is": "fact-long", "what": "position", "most": 120},
            {"is": "institution-unknown", "typed": "Corte de Narnia"},
            {"is": "superior-address-wrong", "typed": "eva"},
        ],
    )


def test_formulas_are_names_like_others(places):
    assert facts_of({"name": "=1+1"}, places) == ({"name": "=1+1"}, [])
