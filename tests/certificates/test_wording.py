"""The words of a certificate, in each language."""

from datetime import date

import pytest
from django.utils.translation import override

from certificates import wording


def test_facts_are_in_the_language_asked_for(award):
    said = {fact.name: fact.value for fact in wording.facts(award, language="en")}

    assert said == {
        "course": "Trafficking in persons",
        "track": "Judge or magistrate",
        "hours": "0 minutes",
        "mode": "Online, self-paced",
        "issuer": "Regional programme",
        "issued": "2 November 2026",
        "edition": "2026-1, version 1",
        "law": "1 November 2026",
        "until": "2 November 2028",
    }


def test_hours_in_person_are_a_figure_of_their_own(award):
    award.minutes, award.minutes_in_person = 1200, 240

    facts = wording.facts(award, language="en")

    assert [(fact.name, fact.label, fact.value) for fact in facts[2:4]] == [
        ("hours", "Duration, online", "20 hours"),
        ("mode", "Duration, in person", "4 hours"),
    ]


def test_facts_never_hold_the_name(award):
    for language in ("es", "en"):
        said = str(wording.facts(award, language=language))
        assert "Ana" not in said
        assert "Ruiz" not in said


def test_facts_of_a_certificate_without_an_end_have_a_dash(award):
    award.valid_until = None

    assert wording.facts(award, language="es")[-1].value == "–"


@pytest.mark.parametrize(
    ("language", "words"),
    [("es", "24 de noviembre de 2026"), ("en", "24 November 2026")],
)
def test_day_is_said_in_words(language, words):
    with override(language):
        assert wording.day(date(2026, 11, 24), language) == words


def test_standing_without_an_end_is_one_word(award, at):
    award.valid_until = None

    verdict = wording.standing(award, on=at.date(), language="en")

    assert verdict.words == "Valid"


def test_a_reason_from_before_the_classes_is_not_told(put, at):
    award = put("revoked")
    award.revoked_for = "earlier"

    verdict = wording.standing(award, on=at.date(), language="en")

    assert verdict.note == "It is not valid. The issuer can tell its holder why."


def test_a_class_of_reason_is_told_in_the_language(put, at):
    verdict = wording.standing(put("revoked"), on=at.date(), language="es")

    assert verdict.words == "Revocado el 2 de noviembre de 2026"
    assert verdict.note == "No es válido. Clase de motivo: se obtuvo con engaño."
