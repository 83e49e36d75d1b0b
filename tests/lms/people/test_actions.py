from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils.translation import override

from lms.models import Affiliation, Consent
from lms.people import actions
from tests.factories import InstitutionFactory

TODAY = date(2026, 11, 24)


def history(person):
    rows = person.affiliations.order_by("from_on", "pk")
    with override("es"):
        return [(str(row), row.position, row.from_on, row.until_on) for row in rows]


@pytest.fixture
def court(judiciary):
    """Ana's post as she would register it again."""
    return {
        "country": "GT",
        "institution": judiciary,
        "institution_typed": "",
        "track": "judge",
        "position": "",
    }


def test_first_post_fills_in_the_person(bruno):
    affiliation = actions.register_post(
        bruno,
        country="HN",
        institution=None,
        institution_typed="Casa Alianza",
        track="other",
        position="Abogacía",
        on=TODAY,
    )

    bruno.refresh_from_db()
    assert (bruno.country, bruno.track) == ("HN", "other")
    assert affiliation.confirmed_at is None
    assert history(bruno) == [("Casa Alianza", "Abogacía", TODAY, None)]


def test_same_post_again_changes_nothing(ana, court):
    before = list(Affiliation.objects.values())

    actions.register_post(ana, **court, on=TODAY)

    assert list(Affiliation.objects.values()) == before


def test_new_post_ends_the_one_held_until_now(ana, court):
    prosecution = InstitutionFactory(name_es="Ministerio Público")

    actions.register_post(
        ana,
        **court | {"institution": prosecution, "track": "prosecutor"},
        on=TODAY,
    )

    assert history(ana) == [
        ("Organismo Judicial", "", date(2024, 1, 1), date(2026, 11, 23)),
        ("Ministerio Público", "", TODAY, None),
    ]
    ana.refresh_from_db()
    assert ana.track == "prosecutor"
    assert str(ana.affiliations.standing(on=TODAY).get()) == "Ministerio Público"


def test_another_position_is_another_post(ana, court):
    actions.register_post(ana, **court | {"position": "Sala Tercera"}, on=TODAY)

    assert [row[1] for row in history(ana)] == ["", "Sala Tercera"]


def test_post_written_today_is_corrected_in_place(ana, court):
    actions.register_post(ana, **court | {"position": "Sala Tercrea"}, on=TODAY)

    actions.register_post(ana, **court | {"position": "Sala Tercera"}, on=TODAY)

    assert [row[1] for row in history(ana)] == ["", "Sala Tercera"]


def test_post_confirmed_today_is_history(ana, bruno, court, at):
    actions.register_post(ana, **court | {"position": "Sala Segunda"}, on=TODAY)
    ana.affiliations.filter(until_on=None).update(confirmed_by=bruno, confirmed_at=at)

    actions.register_post(ana, **court | {"position": "Sala Tercera"}, on=TODAY)

    assert history(ana)[1:] == [
        ("Organismo Judicial", "Sala Segunda", TODAY, TODAY),
        ("Organismo Judicial", "Sala Tercera", TODAY, None),
    ]


def test_post_that_is_confirmed_while_it_is_corrected_stays_as_it_was(
    ana, bruno, court, at
):
    actions.register_post(ana, **court | {"position": "Sala Segunda"}, on=TODAY)
    done = []

    def the_officer_is_faster(execute, sql, params, many, context):
        if sql.startswith('UPDATE "lms_affiliation"') and not done:
            done.append(True)
            rows = ana.affiliations.filter(until_on=None)
            rows.update(confirmed_by=bruno, confirmed_at=at)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(the_officer_is_faster):
        elsewhere = InstitutionFactory(name_es="Ministerio Público")
        actions.register_post(ana, **court | {"institution": elsewhere}, on=TODAY)

    confirmed = ana.affiliations.filter(confirmed_by=bruno, from_on=TODAY).get()
    assert confirmed.institution == court["institution"]
    assert ana.affiliations.get(until_on=None).confirmed_at is None


def test_change_language_is_kept(ana):
    actions.change_language(ana, language="en")

    ana.refresh_from_db()
    assert ana.language == "en"


def test_agreeing_twice_is_one_consent_of_the_first_time(ana, at):
    actions.agree(ana, version="2026-11", at=at)
    actions.agree(ana, version="2026-11", at=at + timedelta(days=1))

    assert Consent.objects.get().at == at
