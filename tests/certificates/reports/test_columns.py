"""What each column holds, for people and for machines, in both languages."""

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import gettext, override

from certificates.reports.columns import ALL, COLUMNS, Kind, values_of
from certificates.reports.filters import Asked
from certificates.reports.query import lines_of
from lms.people.choices import Country, Language, Track
from tests.certificates.reports.storing import a_line
from tests.factories import CohortFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(ana, edition, judiciary, at):
    return a_line(
        ana,
        edition,
        judiciary,
        cohort=CohortFactory(name="Judicaturas"),
        enrolled_at=datetime(2026, 11, 2, 5, 59, tzinfo=UTC),  # a minute to midnight
        due_on=date(2026, 11, 30),
        last_at=at,
        done=2,
        total=3,
        attempts=2,
        points=2,
        out_of=3,
        completed_at=at,
        issued_at=at,
        valid_until=date(2028, 11, 2),
        minutes=80,
        minutes_in_person=180,
    )


@pytest.fixture
def row(ines, line, at):
    """Return a function: the one row by its columns."""

    def read(language, **how):
        lines = lines_of(ines, Asked(), at=at)
        (values,) = values_of(lines, ALL, language=language, **how)
        return dict(zip(ALL, values, strict=True))

    return read


def test_a_row_for_machines_holds_days_numbers_and_words_of_ours(row):
    assert row("es", for_machines=True) == {
        "name": "Ana Lucía Ruiz Morales",
        "institution": "Organismo Judicial",
        "country": "GT",
        "track": "judge",
        "cohort": "Judicaturas",
        "course": "Trata de personas",
        "edition": "2026-1 v1",
        "language": "es",
        "state": "completed",
        "enrolled_on": date(2026, 11, 1),
        "due_on": date(2026, 11, 30),
        "last_on": date(2026, 11, 2),
        "done": 2,
        "total": 3,
        "left": 1,
        "attempts": 2,
        "score": 66,
        "completed_on": date(2026, 11, 2),
        "standing": "valid",
        "valid_until": date(2028, 11, 2),
        "minutes": 80,
        "minutes_in_person": 180,
    }


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_row_for_people_says_choices_in_their_language(row, language):
    found = row(language)

    with override(language):
        wanted = {
            "country": str(Country.GUATEMALA.label),
            "track": str(Track.JUDGE.label),
            "language": str(Language.SPANISH.label),
            "state": gettext("completed"),
            "standing": gettext("valid"),
        }
    assert {key: found[key] for key in wanted} == wanted


def test_names_of_places_and_courses_come_in_the_language(row):
    found = row("en")

    assert (found["institution"], found["course"]) == (
        "Judiciary",
        "Trafficking in persons",
    )


def test_a_title_is_spanish_where_there_is_none_in_the_language(row, line):
    edition = line.edition
    edition.titles = {"es": "Trata de personas", "en": ""}
    edition.save()

    assert row("en")["course"] == "Trata de personas"
    assert row("fr")["course"] == "Trata de personas"


def test_a_name_to_sort_by_goes_before_the_legal_one(row, ana):
    ana.sort_name = "Ruiz Morales, Ana Lucía"
    ana.save()

    assert row("es")["name"] == "Ruiz Morales, Ana Lucía"


def test_what_was_not_begun_has_empty_texts_and_no_days(
    ines, bruno, edition, judiciary, at
):
    a_line(
        bruno,
        edition,
        judiciary,
        cohort=CohortFactory(name="Judicaturas"),
        enrolled_at=None,
        track="",
    )
    lines = lines_of(ines, Asked(), at=at)
    keys = ("track", "enrolled_on", "last_on", "score", "valid_until", "standing")

    (found,) = values_of(lines, keys, language="en")

    assert found == ("", None, None, None, None, "no certificate")


def test_columns_come_in_the_order_that_is_asked_for(ines, line, at):
    lines = lines_of(ines, Asked(), at=at)

    assert list(values_of(lines, ["done", "cohort"], language="es")) == [
        (2, "Judicaturas")
    ]


def test_rows_are_one_query_once_it_is_known_what_is_covered(
    ines, line, at, django_assert_num_queries
):
    with django_assert_num_queries(1 + 1):
        list(values_of(lines_of(ines, Asked(), at=at), ALL, language="es"))


def test_columns_of_choices_are_those_that_are_words_of_ours():
    chosen = {key for key, column in COLUMNS.items() if column.kind is Kind.CHOICE}

    assert chosen == {key for key, column in COLUMNS.items() if column.choices}
