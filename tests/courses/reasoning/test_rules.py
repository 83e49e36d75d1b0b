"""Pages of reasons: how often they are read, what stands, how far readers agree."""

from uuid import UUID

import pytest

from courses.reasoning import rules
from tests.courses.reasoning.building import task_document

LINES = ("facts", "norm")


def level(facts, norm):
    return {"facts": facts, "norm": norm}


@pytest.mark.parametrize(
    ("text", "is_withdrawn", "reasons"),
    [
        ("x " * 120, False, []),
        ("x " * 119, False, ["too-short"]),
        ("x " * 601, False, ["too-many-words"]),
        ("x" * 8001, True, ["enrolment-closed", "too-long", "too-short"]),
        ("x\x07 " * 120, False, ["unreadable"]),
    ],
)
def test_a_page_is_handed_in_when_it_is_a_page(text, is_withdrawn, reasons):
    assert rules.refusals_to_hand_in(text, is_withdrawn=is_withdrawn) == reasons


def test_chance_gives_one_page_in_five_a_second_reader_and_draws_the_same_again():
    papers = [str(UUID(int=number)) for number in range(2000)]

    drawn = [rules.is_read_twice("seed", paper) for paper in papers]

    assert drawn == [rules.is_read_twice("seed", paper) for paper in papers]
    assert drawn != [rules.is_read_twice("another", paper) for paper in papers]
    assert 340 <= sum(drawn) <= 460


@pytest.mark.parametrize(
    ("levels", "facts", "reasons"),
    [
        (level(2, 0), {}, []),
        (level(2, 0), {"is_own": True}, ["own-paper"]),
        (level(2, 0), {"has_read": True}, ["read-before"]),
        (level(2, 0), {"is_wanted": False}, ["read-by-others"]),
        ({"facts": 2}, {}, ["lines-missing"]),
        (level(3, 0), {}, ["lines-missing"]),
    ],
)
def test_who_marks_is_another_and_marks_every_line(levels, facts, reasons):
    given = {"is_own": False, "has_read": False, "is_wanted": True} | facts

    assert rules.refusals_to_mark(levels, lines=LINES, **given) == reasons


def test_a_third_reads_where_two_differ_on_more_than_a_line():
    assert not rules.are_far_apart(level(2, 0), level(2, 2))
    assert rules.are_far_apart(level(2, 0), level(1, 1))


@pytest.mark.parametrize(
    ("readings", "stands"),
    [
        ([level(1, 0)], level(1, 0)),
        ([level(1, 2), level(1, 0)], level(1, 2)),
        ([level(0, 2), level(2, 1), level(1, 0)], level(1, 1)),
        ([level(0, 0), level(1, 0), level(2, 1), level(2, 2)], level(2, 1)),
    ],
)
def test_the_middle_reading_stands_and_of_two_the_better(readings, stands):
    assert rules.settled(readings) == stands


def test_another_reading_is_asked_for_once_after_the_first_with_a_reason():
    facts = {"is_settled": True, "has_asked": False, "is_kept": True}

    assert rules.refusals_to_ask_again("Porque sí.", **facts) == []
    assert rules.refusals_to_ask_again(
        " ", is_settled=False, has_asked=True, is_kept=False
    ) == ["not-marked-yet", "asked-before", "text-gone", "reason-missing"]


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        # Rows: the first reader's levels; columns: the second's.
        ([[10, 0, 0], [0, 10, 0], [0, 0, 10]], 1.0),
        # Apart on 10 of 30; by chance, worked out by hand, on 700 of 900.
        ([[5, 5, 0], [0, 10, 0], [0, 5, 5]], 1 - 10 * 30 / 700),
        ([[0, 0, 5], [0, 0, 0], [5, 0, 0]], -1.0),
        ([[0, 0, 0], [0, 7, 0], [0, 0, 0]], None),
        ([], None),
    ],
)
def test_kappa_weighs_a_step_apart_half_of_two(table, kappa):
    pairs = [
        (one, other)
        for one, row in enumerate(table)
        for other, number in enumerate(row)
        for _again in range(number)
    ]

    found = rules.weighted_kappa(pairs)

    assert found == (kappa if kappa is None else pytest.approx(kappa))


def spoilt(**parts):
    return task_document() | parts


@pytest.mark.parametrize(
    ("document", "problems"),
    [
        (task_document(), []),
        ([], ["unknown-parts"]),
        (spoilt(more=1), ["unknown-parts"]),
        (spoilt(lines="abcd"), ["unknown-line"]),
        (spoilt(lines=[{"key": "a"}] * 4), ["unknown-line"]),
        (spoilt(lines=task_document()["lines"][:3]), ["number-of-lines"]),
        (spoilt(lines=task_document()["lines"][:2] * 2), ["doubled-line"]),
        (spoilt(briefs={"es": "Escriba."}), ["missing-language"]),
        (spoilt(titles={"es": "Uno", "en": " "}), ["missing-language"]),
    ],
)
def test_a_task_is_whole_in_every_language(document, problems):
    assert rules.problems_of(document, languages=["es", "en"]) == problems
