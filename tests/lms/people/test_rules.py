from datetime import UTC, date, datetime

import pytest

from lms.people import rules

TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "sorted_by"),
    [
        ("Ana Lucía Ruiz Morales", "Ruiz Morales, Ana Lucía"),
        ("Néstor Pérez Tun", "Pérez Tun, Néstor"),
        ("Néstor Pérez", "Pérez, Néstor"),
        ("Néstor", "Néstor"),
        ("", ""),
    ],
)
def test_sort_name_puts_surnames_first(name, sorted_by):
    assert rules.sort_name_of(name) == sorted_by


@pytest.mark.parametrize(
    "name", ["Ruiz, Ana", "ana RUIZ", "Aná  Ruíz", "Ana-Ruiz.", "\uff21na Ruiz"]
)
def test_folded_names_are_the_same_name(name):
    assert rules.folded_name(name) == "ana ruiz"


@pytest.mark.parametrize(
    "typed",
    [
        "O'Brien Łucja",
        "O’Brien Lucja",
        "OBRIEN LUCJA",
        "O\u00b4Brien ŁUCJA",
        "O\u02bcbrien łucja",
    ],
)
def test_apostrophes_and_strokes_are_forgotten(typed):
    assert rules.folded_name(typed) == "lucja obrien"


@pytest.mark.parametrize("sign", ["'", "’", "\u02bc", "\ua78c", ""])
def test_saltillo_is_the_apostrophe_that_was_at_hand(sign):
    assert rules.folded_name(f"Q{sign}anil") == "qanil"


@pytest.mark.parametrize(
    ("name", "mixed"),
    [
        ("\u0410na Ruiz", ["\u0410na"]),  # the first letter is Cyrillic
        ("Ruiz Marc\u03bf", ["Marc\u03bf"]),  # the last one is Greek
        ("\u0410\u043d\u043d\u0430 Ruiz", []),
        ("Q\ua78canil M\u00aa O\u2019Neill d'\u00c1vila", []),
        ("Ana-\u0420uiz", ["Ana-\u0420uiz"]),
    ],
)
def test_words_of_two_alphabets_are_told(name, mixed):
    assert rules.mixed_words(name) == mixed


@pytest.mark.parametrize(
    ("name", "too_many"),
    [
        ("Nguy\u1ec5n", False),  # a circumflex and a tilde
        ("Ana\u0301\u0301\u0301", True),
        ("A\u0301\u0301na\u0301\u0301", False),
        ("An\u00e1\u0301\u0301", True),
    ],
)
def test_letters_with_marks_without_end_are_told(name, too_many):
    assert rules.overloaded_letters(name) is too_many


def test_name_hash_depends_on_name_salt_and_key():
    one = rules.name_hash("Ana Ruiz", salt="s", key="k")

    assert one == rules.name_hash("Ruiz, Ana", salt="s", key="k")
    assert (
        len(
            {
                one,
                rules.name_hash("Ana Tun", salt="s", key="k"),
                rules.name_hash("Ana Ruiz", salt="t", key="k"),
                rules.name_hash("Ana Ruiz", salt="s", key="l"),
            }
        )
        == 4
    )


@pytest.mark.parametrize(
    ("name", "signs"),
    [
        ("María-José O’Neill d'Ávila Ñ. Güell", ""),
        ("Montserrat Gal·la", ""),
        ("Ana <b>", "<>"),
        ("Ana 3, 3", "3,"),
        ("Ana\u202e\u200b", "\u202e\u200b"),
        ("\u3164", "\u3164"),  # the filler of Hangul: a letter that draws nothing
        ("Ana\ufe0f\U000e0100\u034f", "\ufe0f\U000e0100\u034f"),
        ("\U0001d400na", "\U0001d400"),  # a letter of mathematics
        ("M\u00aa Q\ua78canil \u0141ucja Nguy\u1ec5n", ""),
    ],
)
def test_strange_signs_are_those_no_name_has(name, signs):
    assert rules.strange_signs(name) == signs


@pytest.mark.parametrize(
    ("from_on", "confirmed_at", "may"),
    [
        (TODAY, None, True),
        (TODAY, NOON, False),
        (date(2026, 11, 23), None, False),
    ],
)
def test_post_may_be_corrected_the_day_it_was_written(from_on, confirmed_at, may):
    assert (
        rules.may_be_corrected(from_on=from_on, confirmed_at=confirmed_at, on=TODAY)
        is may
    )


@pytest.mark.parametrize(
    ("from_on", "last"),
    [(date(2024, 1, 1), date(2026, 11, 23)), (TODAY, TODAY)],
)
def test_post_ends_the_day_before_the_next_and_never_before_it_began(from_on, last):
    assert rules.last_day_before(TODAY, from_on=from_on) == last
