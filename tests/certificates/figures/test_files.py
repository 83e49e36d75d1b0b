import csv
from hashlib import sha256
from io import StringIO

import pytest

from certificates.figures.actions import release
from certificates.figures.files import csv_of, package
from certificates.figures.rules import MEASURES, Band
from certificates.figures.tables import NAMES

pytestmark = pytest.mark.django_db
FORMULA = "=HYPERLINK(1)"


def read(release, table, *, public=True):
    return list(csv.DictReader(StringIO(csv_of(release, table, public=public))))


def bands(row):
    pairs = ((row[f"{name}_least"], row[f"{name}_most"]) for name in MEASURES)
    return [Band(int(least), int(most)) if least else None for least, most in pairs]


def test_the_package_says_what_each_file_is(released, client):
    described = package(released, site="https://campus.example.org")

    assert [one["name"] for one in described["resources"]] == list(NAMES)
    for one in described["resources"]:
        body = client.get(f"/open-data/{released.week}/{one['path']}").content
        assert one["bytes"] == len(body)
        assert one["hash"] == f"sha256:{sha256(body).hexdigest()}"
        heading, *rows = csv.reader(StringIO(body.decode()))
        assert [field["name"] for field in one["schema"]["fields"]] == heading
        assert rows


def test_keys_are_unique_and_numbers_are_numbers(released):
    for one in package(released, site="")["resources"]:
        key = one["schema"]["primaryKey"]
        whole = [f["name"] for f in one["schema"]["fields"] if f["type"] == "integer"]
        rows = read(released, one["name"])
        assert len({tuple(row[name] for name in key) for row in rows}) == len(rows)
        assert all(row[n] == "" or row[n].isdigit() for row in rows for n in whole)


def test_the_package_is_what_its_address_answers(released, client, settings):
    answer = client.get(f"/open-data/{released.week}/datapackage.json")

    assert answer.json() == package(released, site=settings.SITE_URL)
    assert answer.json()["licenses"][0]["name"] == "CC-BY-4.0"


def test_everybody_is_told_less_than_the_secretariat(thirty_more, at):
    """Each band lies within the one that everybody is told, or that one is hidden."""
    released = release(as_of=at, at=at)

    tables = ("countries", "courses", "professions", "institutions")
    inside = [
        pair
        for table in tables
        for rows in zip(
            read(released, table, public=False), read(released, table), strict=True
        )
        for pair in zip(*map(bands, rows), strict=True)
    ]

    assert len(inside) > 200
    assert {inner.size for inner, _ in inside if inner} <= {5, 10, 20}
    for inner, public in inside:
        if public is not None:
            assert public.least <= inner.least <= inner.most <= public.most


def test_a_release_from_before_there_were_bands_is_read_as_bands(released):
    """Exact figures, and a nought behind a hidden one: none of a few completed."""
    country = {"gt-ministerio-publico": [None, 0, 0, 0], "unknown": [43, 20, 7, 0]}
    released.public_figures["institutions"]["GT"] = country

    rows = read(released, "institutions")

    nobody = Band(0, 9)
    assert {
        row["institution"]: bands(row) for row in rows if row["country"] == "GT"
    } == {
        "gt-ministerio-publico": [None, nobody, nobody, nobody],
        "unknown": [Band(40, 49), Band(20, 29), nobody, nobody],
    }


def test_a_band_holds_the_figure(released):
    found = read(released, "professions", public=False)

    judges = next(
        row for row in found if (row["country"], row["profession"]) == ("ALL", "judge")
    )
    assert bands(judges)[0] == Band(60, 64)


def test_no_name_of_an_institution_is_a_formula(released):
    released.names["institutions"]["gt-organismo-judicial"]["es"] = FORMULA

    assert f'"\'{FORMULA}"' in csv_of(released, "institutions", public=True)


def test_names_stand_in_both_languages(released):
    row = next(r for r in read(released, "institutions") if r["country"] == "GT")

    assert (row["country_es"], row["country_en"]) == ("Guatemala", "Guatemala")
    months = read(released, "months")
    assert list(months[0]) == [
        "country",
        "country_es",
        "country_en",
        "month",
        "completed_least",
        "completed_most",
    ]
