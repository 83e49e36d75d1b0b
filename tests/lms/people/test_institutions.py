"""The list of institutions: read from a file, as often as one likes."""

from collections import Counter

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from lms.models import Institution
from lms.people.choices import Country
from lms.people.institutions import institutions_that_differ, load_institutions

REAL = settings.BASE_DIR / "fixtures" / "institutions.csv"
HEADER = "code,country,kind,name_es,name_en,parent\n"


def test_load_institutions_knows_every_country_of_the_region(db):
    written = load_institutions(REAL)

    assert written >= Institution.objects.count() > 100
    assert set(Institution.objects.values_list("country", flat=True)) == set(
        Country.values
    )
    codes = Counter(Institution.objects.values_list("code", flat=True))
    assert all(code.startswith(f"{code[:2]}-") for code in codes)


def test_load_institutions_twice_writes_nothing(db):
    load_institutions(REAL)

    assert load_institutions(REAL) == 0


def test_load_institutions_corrects_where_told_and_keeps_what_left_the_file(
    db, tmp_path
):
    file = tmp_path / "institutions.csv"
    file.write_text(HEADER + "gt-a,GT,judiciary,A,A,\ngt-b,GT,judiciary,B,B,gt-a\n")
    load_institutions(file)
    file.write_text(HEADER + "gt-b,GT,judiciary,Be,B,\n")

    assert institutions_that_differ(file) == ["gt-b: name_es, parent"]
    assert load_institutions(file) == 0
    written = load_institutions(file, overwrite=True)

    assert institutions_that_differ(file) == []
    assert written == 2
    assert list(Institution.objects.values_list("code", "name_es", "parent")) == [
        ("gt-a", "A", None),
        ("gt-b", "Be", None),
    ]


def test_load_institutions_leaves_what_somebody_edited(db, tmp_path):
    file = tmp_path / "institutions.csv"
    file.write_text(HEADER + "gt-a,GT,judiciary,A,A,\n")
    load_institutions(file)
    Institution.objects.update(name_es="Editada")
    file.write_text(HEADER + "gt-a,GT,judiciary,A,A,\ngt-b,GT,judiciary,B,B,gt-a\n")

    load_institutions(file)

    assert list(Institution.objects.values_list("name_es", "parent__code")) == [
        ("Editada", None),
        ("B", "gt-a"),
    ]


@pytest.mark.parametrize("row", ["gt-a,ES,judiciary,A,A,", "gt-a,GT,circus,A,A,"])
def test_load_institutions_refuses_what_it_does_not_know(db, tmp_path, row):
    file = tmp_path / "institutions.csv"
    file.write_text(f"{HEADER}gt-b,GT,judiciary,B,B,\n{row}\n")

    with pytest.raises(ValidationError):
        load_institutions(file)

    assert not Institution.objects.exists()
