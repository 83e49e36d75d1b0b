"""A case is walked, scored and refused as its rules say."""

import pytest

from courses.cases import rules
from courses.cases.faults import Fault, faults
from courses.cases.rules import Score
from tests.courses.cases.small import (
    FULL,
    HALF,
    NONE,
    body,
    document,
    key,
    option,
    step,
)

ONE, TWO, THREE = "1", "2", "3"


def taken(*names: str) -> list[tuple[str, str]]:
    return [(name[0], key(name)) for name in names]


def test_a_role_is_offered_its_own_options():
    here = rules.steps_of(document())[TWO]

    assert [o["key"] for o in rules.options_for(here, "opi")] == [key("2a"), key("2b")]
    assert rules.options_for(here, "judge") == here["options"]


@pytest.mark.parametrize(
    ("role", "names", "where"),
    [
        ("judge", (), ONE),
        ("judge", ("1b",), TWO),
        ("judge", ("1a", "2j"), THREE),
        ("judge", ("1c",), rules.END),
        ("other", ("1b", "2a"), rules.END),
        ("judge", ("1b", "2a", "3a"), rules.END),
    ],
)
def test_next_step_follows_the_decisions(role, names, where):
    assert rules.next_step(document(), role, taken(*names)) == where


@pytest.mark.parametrize(
    ("names", "critical"), [((), False), (("1b", "2a"), False), (("1a", "2b"), True)]
)
def test_one_critical_error_is_enough(names, critical):
    assert rules.is_critical(document(), taken(*names)) is critical


@pytest.mark.parametrize(
    ("role", "names", "percent"),
    [
        ("judge", ("1b", "2b", "3a"), 100),
        ("judge", ("1b", "2a", "3a"), 83),
        ("judge", ("1a", "2a", "3b"), 17),
        ("judge", ("1c",), 0),
        ("other", ("1b", "2b"), 100),
        ("other", ("1b", "2a"), 75),
    ],
)
def test_score_is_percent_of_the_best_of_the_role(role, names, percent):
    score = rules.score_of(document(), role, taken(*names))

    assert score == Score(percent, dict.fromkeys(rules.DIMENSIONS, percent))


def test_dimensions_are_scored_apart():
    raw = [
        step(
            "1",
            [
                option("1a", "end", NONE | {"safety": 4}),
                option("1b", "end", FULL | {"safety": 1}),
            ],
        )
    ]

    score = rules.score_of(document(raw), "opi", taken("1b"))

    assert score.total == 100
    assert score.dimensions == dict.fromkeys(rules.DIMENSIONS, 100) | {"safety": 25}


def test_longest_counts_the_decisions_of_a_role():
    assert rules.longest(document(), "judge") == 3
    assert rules.longest(document(), "other") == 2


def test_walks_are_all_ways_of_a_role():
    assert len(list(rules.walks(document(), "judge"))) == 2 * 3 * 2 + 1
    assert len(list(rules.walks(document(), "other"))) == 2 * 2 + 1


@pytest.mark.parametrize(
    ("track", "completed", "roles"),
    [
        ("judge", False, ["judge"]),
        ("judge", True, ["judge", "opi"]),
        ("other", False, ["judge", "opi"]),
        ("", False, ["judge", "opi"]),
    ],
)
def test_the_profession_decides_the_role_until_the_case_is_done(
    track, completed, roles
):
    offered = ["judge", "opi"]

    assert rules.roles_open(offered, track=track, completed=completed) == roles


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        ({}, []),
        ({"is_withdrawn": True}, ["enrolment-closed"]),
        ({"is_covered": False}, ["not-in-this-edition"]),
        ({"is_live": False, "role_is_open": False}, ["case-not-available"]),
        ({"role_is_open": False}, ["role-not-open"]),
    ],
)
def test_refusals_to_start(facts, reasons):
    fine = {
        "is_withdrawn": False,
        "is_covered": True,
        "is_live": True,
        "role_is_open": True,
    }

    assert rules.refusals_to_start(**(fine | facts)) == reasons


@pytest.mark.parametrize(
    ("names", "step", "option", "why", "reasons"),
    [
        ((), "1", "1b", "", []),
        ((), "2", "2a", "", ["not-this-step"]),
        (("1b",), "1", "1b", "", ["not-this-step"]),
        (("1c",), "2", "2a", "", ["not-this-step"]),
        (("1b",), "2", "2j", "", ["option-missing"]),
        ((), "1", "2a", "", ["option-missing"]),
        ((), "1", "1b", "x" * 1001, ["reasons-too-long"]),
        (("1b", "2a"), "3", "3a", " ", ["reasons-missing"]),
        (("1b", "2a"), "3", "zz", "", ["option-missing", "reasons-missing"]),
        (("1b", "2a"), "3", "3a", "Porque sí.", []),
    ],
)
def test_refusals_to_decide(names, step, option, why, reasons):
    assert (
        rules.refusals_to_decide(
            document(),
            role="opi",
            taken=taken(*names),
            step=step,
            option=key(option),
            reasons=why,
        )
        == reasons
    )


def test_the_small_case_has_no_faults():
    assert faults(document()) == []


def changed(*, at: int, **values) -> list[dict]:
    raw = body()
    raw[at]["value"] |= values
    return raw


def with_option(number: int, place: int, **values) -> list[dict]:
    raw = body()
    raw[number]["value"]["options"][place]["value"] |= values
    return raw


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ([], [Fault("no-steps")]),
        (body()[3:], [Fault("no-steps")]),
        (
            changed(at=1, number="1"),
            [
                Fault("number-twice", "1"),
                Fault("leads-nowhere", "1", "1"),
                Fault("leads-nowhere", "1", "2"),
                Fault("unreachable", "3"),
            ],
        ),
        (
            changed(at=2, options=[option("3a", "end", FULL)] * 2),
            [Fault("id-twice", "3")],
        ),
        (with_option(0, 1, safety=5), [Fault("score-out-of-range", "1", "2")]),
        (with_option(0, 1, dignity=-1), [Fault("score-out-of-range", "1", "2")]),
        (with_option(0, 0, harm=""), [Fault("harm-or-norm-missing", "1", "1")]),
        (with_option(0, 0, norm=""), [Fault("harm-or-norm-missing", "1", "1")]),
        (with_option(1, 1, next="7"), [Fault("leads-nowhere", "2", "2")]),
        (
            [
                *with_option(0, 0, harm=""),
                step("4", [option("4a", "9", HALF), option("4b", "4", HALF)]),
            ],
            [
                Fault("harm-or-norm-missing", "1", "1"),
                Fault("leads-nowhere", "4", "1"),
                Fault("unreachable", "4"),
            ],
        ),
        (with_option(1, 1, next=""), [Fault("leads-nowhere", "2", "2")]),
        (
            changed(at=2, options=[]),
            [Fault("dead-end", "3", role) for role in ("judge", "prosecutor", "opi")],
        ),
        (
            with_option(1, 0, roles=["judge"]),
            [Fault("dead-end", "2", role) for role in ("prosecutor", "opi", "other")],
        ),
        (
            with_option(2, 0, next="1"),
            [Fault("cycle", "1", role) for role in ("judge", "prosecutor", "opi")],
        ),
        (
            [
                *body(),
                step("4", [option("4a", "end", HALF), option("4b", "end", HALF)]),
            ],
            [Fault("unreachable", "4")],
        ),
        (
            [
                step(
                    "1",
                    [
                        option("1a", "end", FULL, critical=True, harm="x", norm="y"),
                        option("1b", "end", FULL, critical=True, harm="x", norm="y"),
                    ],
                )
            ],
            [
                Fault("no-clean-way", detail=role)
                for role in ("judge", "prosecutor", "opi", "other")
            ],
        ),
        (
            [
                step(
                    "1",
                    [
                        option("1a", "end", FULL, critical=True, harm="x", norm="y"),
                        option("1b", "end", HALF),
                    ],
                )
            ],
            [
                Fault("no-clean-way", detail=role)
                for role in ("judge", "prosecutor", "opi", "other")
            ],
        ),
        (
            [
                step(
                    "1",
                    [
                        option("1a", "end", FULL | {"evidence": 0}),
                        option("1b", "end", NONE),
                    ],
                )
            ],
            [
                Fault("never-earned", "evidence", role)
                for role in ("judge", "prosecutor", "opi", "other")
            ],
        ),
    ],
)
def test_faults_name_what_is_wrong_and_where(raw, found):
    assert faults(document(raw)) == found


def test_long_cases_are_checked_at_once():
    """Six options at each of twelve steps: two thousand million ways."""
    raw = [
        step(
            str(number),
            [option(f"{number}{letter}", str(number + 1), FULL) for letter in "abcdef"],
        )
        for number in range(1, 12)
    ]
    raw.append(step("12", [option(f"12{one}", "end", FULL) for one in "ab"]))

    assert faults(document(raw)) == []
    assert rules.longest(document(raw), "opi") == 12
