"""When a certificate may be issued, whether it stands, how its code is read."""

import secrets
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates import rules
from certificates.rules import Standing
from lms.crockford import SIGNS

DONE = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
CODE = "7K4M9TQ2XH3B6RWD5NZC8JVE0G"
CODES = st.text(SIGNS, min_size=26, max_size=26)


@pytest.mark.parametrize(
    ("valid_until", "facts", "standing"),
    [
        (date(2026, 11, 24), "", Standing.VALID),
        (date(2026, 11, 23), "", Standing.EXPIRED),
        (None, "", Standing.VALID),
        (date(2028, 1, 1), "superseded", Standing.SUPERSEDED),
        (date(2028, 1, 1), "revoked superseded", Standing.REVOKED),
        (date(2020, 1, 1), "revoked", Standing.REVOKED),
        (date(2020, 1, 1), "superseded", Standing.SUPERSEDED),
        (date(2028, 1, 1), "suspended", Standing.SUSPENDED),
        (date(2020, 1, 1), "suspended superseded", Standing.SUSPENDED),
        (date(2028, 1, 1), "revoked suspended", Standing.REVOKED),
    ],
)
def test_standing_is_decided_by_the_gravest_fact(valid_until, facts, standing):
    known = {name: name in facts for name in ("revoked", "suspended", "superseded")}

    said = rules.standing(valid_until=valid_until, **known, on=date(2026, 11, 24))

    assert said is standing


@pytest.mark.parametrize(
    ("completed_at", "full", "name", "reasons"),
    [
        (DONE, True, "Ana", []),
        (None, True, "Ana", ["course-not-completed"]),
        (DONE, False, "Ana", ["not-a-full-enrolment"]),
        (DONE, True, "  ", ["name-missing"]),
        (
            None,
            False,
            "",
            ["course-not-completed", "not-a-full-enrolment", "name-missing"],
        ),
    ],
)
def test_refusals_name_every_reason(completed_at, full, name, reasons):
    assert (
        rules.refusals(completed_at=completed_at, full=full, holder_name=name)
        == reasons
    )


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 24), 24, date(2028, 11, 24)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 12, 1), 0, date(2026, 12, 1)),
    ],
)
def test_months_after_ends_in_the_shorter_month(day, months, later):
    assert rules.months_after(day, months) == later


def test_new_code_takes_every_character_from_the_alphabet():
    code = rules.new_code(secrets.choice)

    assert len(code) == 26
    assert set(code) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.lower(),
        "7K4M-9TQ2-XH3B-6RWD-5NZC-8JVE-0G",
        " 7k4m 9tq2 xh3b 6rwd 5nzc 8jve og ",
    ],
)
def test_code_read_forgives_how_it_was_typed(typed):
    assert rules.code_read(typed) == CODE


def test_code_read_takes_i_and_l_for_one():
    assert rules.code_read("iL" * 13) == "1" * 26


@pytest.mark.parametrize(
    "typed", ["", CODE[:-1], CODE + "0", "U" * 26, "é" * 26, "٣" * 26]
)
def test_code_read_refuses_what_cannot_be_a_code(typed):
    assert rules.code_read(typed) is None


@given(CODES)
def test_code_read_understands_what_code_printed_prints(code):
    assert rules.code_read(rules.code_printed(code)) == code


def test_code_printed_groups_by_four():
    assert rules.code_printed(CODE) == "7K4M-9TQ2-XH3B-6RWD-5NZC-8JVE-0G"


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("es", "certificado-7K4M9TQ2.pdf"),
        ("en", "certificate-7K4M9TQ2.pdf"),
        ("fr", "certificate-7K4M9TQ2.pdf"),
    ],
)
def test_file_name_says_the_kind_and_part_of_the_code(language, name):
    assert rules.file_name(CODE, language=language) == name
