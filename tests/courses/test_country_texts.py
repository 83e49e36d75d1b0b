"""What texts must say, and must not, so that nobody is hurt by following them."""

import re

import pytest

from tests.courses.starter import (
    LANGUAGES,
    cases,
    lessons,
    notes,
    pages,
    questions,
    said_in,
    terms,
    texts_of,
)

SAFETY = "1-safety-and-needs"
FIRST_MINUTES = "3-first-ten-minutes"
# Who learns does not call: one person per country does.
CALLS = {
    "es": re.compile(
        r"\bpru[eé]b(?:e|el[oa]s?|a)\b[^.]{0,40}\b(?:línea|antes de d[aá]r)", re.I
    ),
    "en": re.compile(r"\btry (?:it|them|both|each|the (?:hot)?line)\b", re.I),
}
PHONE = re.compile(r"\b\d{3,}(?:[- ]\d+)*\b")
ALLOWED_BY_NAME = {"escnna", "nna"}
SHORT_FOR_A_CHILD = re.compile(r"\bNNA\b")


def texts(language: str) -> list[tuple[str, str]]:
    """Return each text that is taught, with where it stands."""
    found = [
        (files[language].name, text)
        for files in pages()
        for part in (files[language].front, *(b.value for b in files[language].blocks))
        for text in texts_of(part)
    ]
    found += [(q["code"], text[language]) for q in questions() for text in said_in(q)]
    return found + [
        (f"{note['country']} {note['topic']}", note["text"][language])
        for note in notes()
    ]


def lesson(name: str, language: str):
    return next(files[language] for files in lessons() if name in files[language].name)


def note_on(country: str, topic: str) -> dict:
    return next(n for n in notes() if (n["country"], n["topic"]) == (country, topic))


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("es", ("ubicación", "cuentas", "números")),
        ("en", ("location", "accounts", "numbers")),
    ],
)
def test_her_telephone_is_seen_to_in_the_first_ten_minutes(language, asked):
    safety = lesson(SAFETY, language)
    [hour] = [block.value for block in safety.blocks if block.kind == "steps"]
    first = hour["items"][0]["text"].lower()
    care = " ".join(
        text.lower()
        for block in lesson(FIRST_MINUTES, language).blocks
        if block.kind == "steps"
        for text in texts_of(block.value)
    )

    assert [word for word in asked if word not in first] == []
    assert [word for word in asked if word not in care] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_who_learns_is_told_to_call_a_line_to_try_it(language):
    found = [place for place, text in texts(language) if CALLS[language].search(text)]

    assert found == []


@pytest.mark.parametrize(
    ("language", "said"), [("es", "No llame"), ("en", "Do not call")]
)
def test_lessons_and_notes_say_that_one_focal_point_calls(language, said):
    reporting = lesson("3-reporting-and-channels", language)
    with_numbers = [
        note
        for note in notes()
        if note["topic"] == "contacts" and PHONE.search(note["text"][language])
    ]

    assert any(said in text for b in reporting.blocks for text in texts_of(b.value))
    assert len(with_numbers) >= 9
    assert [
        note["country"]
        for note in with_numbers
        if said.lower() not in note["text"][language].lower()
    ] == []


def test_a_child_is_not_called_by_an_abbreviation():
    taught = [place for place, text in texts("es") if SHORT_FOR_A_CHILD.search(text)]
    defined = [
        term["key"]
        for term in terms()
        if term["key"] not in ALLOWED_BY_NAME
        and SHORT_FOR_A_CHILD.search(f"{term['name']['es']} {term['definition']['es']}")
    ]

    assert taught + defined == []


def test_refugio_is_asylum_and_never_a_house():
    beds = re.compile(r"\bel refugio\b", re.IGNORECASE)

    assert [place for place, text in texts("es") if beds.search(text)] == []


@pytest.mark.parametrize("code", ["C1-Q07", "C1-Q08"])
def test_smuggling_has_its_whole_name_in_spanish(code):
    question = next(one for one in questions() if one["code"] == code)
    bare = re.compile(r"tráfico(?! ilícito)")

    assert [t["es"] for t in said_in(question) if bare.search(t["es"])] == []


def test_english_does_not_speak_spanish():
    calque = re.compile(
        r"\bMigration(?: asks| and OPI| officer|, with)"
        r"|Gesell chamber|anticipated evidence",
        re.IGNORECASE,
    )

    assert [place for place, text in texts("en") if calque.search(text)] == []


def test_both_languages_name_the_institutions_of_procedure():
    trial = lesson("2-a-fair-trial-for-everyone", "en")
    told = " ".join(text for b in trial.blocks for text in texts_of(b.value))

    assert "anticipo de prueba" in told
    assert "cámara Gesell" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_united_states_note_names_the_relief_of_2026(language):
    note = note_on("US", "victim-rules")

    assert "§ 3771A" in note["text"][language]
    assert "§ 28" in note["text"][language]
    assert "Pub. L. 119-73" in note["text"][language]
    assert any("Survivors Relief Act" in s[language] for s in note["sources"])


@pytest.mark.parametrize(
    ("language", "clause"),
    [
        ("es", "El Protocolo de Palermo no tiene cláusula de no castigo"),
        ("en", "The Palermo Protocol has no clause of non-punishment"),
    ],
)
def test_no_clause_is_read_into_the_protocol(language, clause):
    told = " ".join(
        block.value["differs"]
        for files in cases()
        for block in files[language].blocks
        if block.kind == "law"
    )

    assert clause in told
