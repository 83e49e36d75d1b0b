import csv
from hashlib import sha256
from io import StringIO

import pytest

from certificates.figures.actions import release
from certificates.figures.files import csv_of, package
from certificates.figures.rules import MEASURES
from certificates.figures.tables import NAMES

pytestmark = pytest.mark.django_db
FORMULA = "=HYPERLINK(1)"


def read(release, table, *, public=True):
    return list(csv.DictReader(StringIO(csv_of(release, table, public=public))))


def numbers(row):
    return [int(row[name]) if row[name] else None for name in MEASURES]


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


def test_everybody_is_shown_less_than_the_secretariat(thirty_more, at):
    released = release(as_of=at, at=at)
    inner = [read(released, table, public=False) for table in NAMES]
    outer = [read(released, table) for table in NAMES]

    hidden = [0, 0]
    for table, public in zip(inner, outer, strict=True):
        for full, told in zip(table, public, strict=True):
            for name in full:
                assert told[name] in ("", full[name])
                hidden[0] += full[name] == ""
                hidden[1] += told[name] == ""
    assert 0 < hidden[0] < hidden[1]


def test_that_none_of_a_few_completed_is_told_nobody(released):
    """Nor by a release that was frozen when that was still told."""
    country = {"gt-ministerio-publico": [None, 0, 0, 0], "unknown": [40, 20, 0, 0]}
    released.public_figures["institutions"]["GT"] = country

    rows = read(released, "institutions")

    assert {
        row["institution"]: numbers(row) for row in rows if row["country"] == "GT"
    } == {
        "gt-ministerio-publico": [None, None, None, None],
        "unknown": [40, 20, 0, 0],
    }


def test_countries_add_up_where_nothing_is_hidden(released):
    found = read(released, "professions", public=False)

    judges = next(
        row for row in found if (row["country"], row["profession"]) == ("ALL", "judge")
    )
    assert numbers(judges)[0] == 62


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
        "completed",
    ]
