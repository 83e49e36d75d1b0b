"""Every kind of question is one file, and nobody else tells kinds apart."""

import re
from contextlib import suppress
from operator import itemgetter
from pathlib import Path
from random import Random

import pytest
from django.template.loader import get_template
from hypothesis import given
from hypothesis import strategies as st

from courses.questions import rules
from courses.questions.kinds import KINDS
from courses.questions.kinds.kind import Unreadable
from courses.questions.words import key_lines_of
from tests.factories import TYPED, document

HERE = Path("courses/questions/kinds")
NAMED = re.compile(rf"""(==|case|\bin) [({{]*["']({"|".join(KINDS)})["']""")
# What files of other platforms call their kinds is no matter of ours.
OTHERS = ("interchange/",)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_a_file_with_a_template_and_a_label(kind):
    assert (HERE / f"{kind}.py").is_file()
    assert get_template(f"courses/questions/{kind}.html")
    assert KINDS[kind].label


def test_only_its_file_names_a_kind():
    others = [
        str(path)
        for path in [
            *Path("courses").rglob("*.py"),
            *Path("certificates").rglob("*.py"),
        ]
        if HERE not in path.parents
        and not any(part in str(path) for part in OTHERS)
        and "migrations" not in path.parts
    ]

    assert [path for path in others if NAMED.search(Path(path).read_text())] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_answer_is_whole_and_earns_nothing(kind):
    asked = document(kind)

    answer = KINDS[kind].wrong_answer(asked)

    assert KINDS[kind].problem_with(asked, answer) is None
    assert KINDS[kind].is_complete(asked, answer)
    assert not KINDS[kind].is_right(asked, answer)


def of_parts(right: str, options: str = "abcde") -> dict:
    rows = [{"key": key, "es": key, "en": key} for key in options]
    own = {"options": rows, "correct": list(right), "credit": "parts"}
    return document("multiple") | own


@pytest.mark.parametrize(
    ("right", "answer", "percent"),
    [
        ("ab", "ab", 100),
        ("ab", "a", 50),
        ("ab", "ac", 0),
        ("ab", "abc", 50),
        ("ab", "cde", 0),
        ("abc", "ab", 67),
        ("abcd", "abcde", 0),  # who ticks all earns nothing
        ("abcde", "abcd", 80),
    ],
)
def test_parts_of_a_point_are_earned_and_taken(right, answer, percent):
    earned = rules.credit_for(of_parts(right), list(answer))

    assert rules.percent_of(earned) == percent


def test_three_thirds_are_a_point_again():
    earned = 3 * rules.credit_for(of_parts("abc"), ["a"])

    assert rules.whole_points(earned) == 1


@given(
    right=st.sets(st.sampled_from("abcde"), min_size=1),
    answer=st.sets(st.sampled_from("abcde")),
)
def test_only_the_key_earns_the_whole_of_parts(right, answer):
    earned = rules.credit_for(of_parts("".join(right)), list(answer))

    assert 0 <= earned <= rules.WHOLE
    assert (earned == rules.WHOLE) is (answer == right)


def test_a_policy_that_nobody_knows_is_refused():
    broken = of_parts("ab") | {"credit": "triple"}

    assert rules.problems_of(broken, languages=["es"]) == ["unknown-credit"]


def typed(kind: str, text: str) -> list[str]:
    return KINDS[kind].answer_of([[text]], [])


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("18", True),
        ("18,5", True),
        ("18.5", True),
        ("18.500001", False),
        (" +18 ", True),
        ("17.4", False),
        ("20", True),
        ("25", True),
        ("25.1", False),
        ("1 800", False),
        ("\u221218", False),
        ("018", True),
        (".5", False),
    ],
)
def test_a_number_counts_within_its_tolerance_or_range(text, is_right):
    assert rules.points_for(document("numeric"), typed("numeric", text)) == is_right


@pytest.mark.parametrize(
    "text",
    ["1e3", "1E3", "inf", "nan", "0x12", "18 años", "1.000,5", "1_8", "١٨", "--1"],
)
def test_what_is_no_plain_number_is_refused(text):
    with pytest.raises(Unreadable, match="not-a-number"):
        typed("numeric", text)


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("la trata", True),
        ("  LA   TRATÁ. ", True),
        ("“La-trata”", True),
        ("key trata", True),
        ("la trata de personas", False),
        ("v1", False),
        ("...", False),
    ],
)
def test_a_variant_is_right_however_it_is_written(text, is_right):
    assert rules.points_for(document("short"), typed("short", text)) == is_right


@pytest.mark.parametrize("kind", TYPED)
@given(text=st.text(max_size=60))
def test_whatever_is_typed_is_kept_and_judged_or_refused(kind, text):
    asked, answer = document(kind), []
    with suppress(Unreadable):
        answer = typed(kind, text)

    assert rules.problem_with(asked, answer) is None
    assert 0 <= rules.credit_for(asked, answer) <= rules.WHOLE
    assert "\x00" not in "".join(answer)
    "".join(answer).encode()


@pytest.mark.parametrize("kind", TYPED)
def test_what_is_typed_is_shown_and_never_the_key(kind):
    asked = document(kind)
    shown = rules.order_shown(asked, chance=Random(1))

    asking = KINDS[kind].asking(asked, shown, {"q-1-1": ["7"]}, itemgetter("es"))

    assert shown == []
    assert (asking.typed, asking.options, asking.rows) == ("7", [], [])
    assert KINDS[kind].lines_of(asked, ["v1"], itemgetter("es")) == ["v1"]
    assert KINDS[kind].tally_of(["v1"]) == "*"


@pytest.mark.parametrize(
    ("kind", "change", "problem"),
    [
        ("numeric", {"correct": []}, "no-numbers"),
        ("numeric", {"correct": ["5..1"]}, "no-numbers"),
        ("numeric", {"correct": [5]}, "no-numbers"),
        ("numeric", {"correct": ["1e3"]}, "no-numbers"),
        ("numeric", {"tolerance": "-1"}, "no-tolerance"),
        ("numeric", {"tolerance": "much"}, "no-tolerance"),
        ("numeric", {"unit": {"es": "días"}}, "missing-unit"),
        ("short", {"correct": []}, "no-variants"),
        ("short", {"correct": [1]}, "no-variants"),
        ("short", {"correct": ["…"]}, "no-variants"),
        ("short", {"correct": ["v2"]}, "no-variants"),
        ("short", {"correct": ["x" * 101]}, "no-variants"),
        ("short", {"correct": ["x"] * 27}, "no-variants"),
    ],
)
def test_a_key_that_nobody_can_type_is_refused(kind, change, problem):
    broken = document(kind) | change

    assert rules.problems_of(broken, languages=["es", "en"]) == [problem]


@pytest.mark.parametrize(
    ("kind", "answer", "problem"),
    [
        ("numeric", ["1", "2"], "one-option-only"),
        ("numeric", {"1": "2"}, "one-option-only"),
        ("numeric", [7], "unknown-option"),
        ("numeric", ["x"], "not-a-number"),
        ("short", ["x" * 101], "too-long"),
        ("short", ["x"], None),
        ("short", [], None),
    ],
)
def test_problem_with_what_is_typed(kind, answer, problem):
    assert rules.problem_with(document(kind), answer) == problem


def test_a_key_is_told_with_its_tolerance_and_unit():
    numbers, texts = document("numeric"), document("short")

    assert key_lines_of(numbers, numbers["correct"], "es") == [
        "18 ± 0.5 años",
        "20 – 25 años",
    ]
    assert key_lines_of(texts, texts["correct"], "es") == ["KEY Trata", "La trata"]


def test_a_corrected_key_may_be_a_text_that_is_no_variant():
    asked = document("short") | {"correct": ["explotación"]}

    assert rules.points_for(asked, ["Explotacion"]) == 1
    assert rules.points_for(asked, ["la trata"]) == 0
    assert key_lines_of(asked, asked["correct"], "en") == ["explotación"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_right_answer_earns_the_point(kind):
    asked = document(kind)

    assert rules.points_for(asked, KINDS[kind].right_answer(asked)) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_chance_and_shape_are_known_of_every_kind(kind):
    asked = document(kind)

    assert 0 <= KINDS[kind].chance_of(asked) <= 1
    assert KINDS[kind].has_options(asked["options"])
    assert not KINDS[kind].has_options("abc")
    assert KINDS[kind].as_written(asked) is not None
