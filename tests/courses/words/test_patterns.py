"""A pattern is kept only if it can be asked of any text in a short time."""

import pytest

from courses.words.patterns import fault_of
from tests.courses.words.wording import shipped


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        ("a" * 201, "too-long"),
        ("[", "unreadable"),
        (r"(?<=a+)b", "unreadable"),
        ("", "empty"),
        ("a?", "empty"),
        (r"\s+", "empty"),
        (".", "empty"),
        ("(a+)+$", "endless"),
        ("(a|a)*b", "endless"),
        (r"\w*\w*x", "endless"),
        (r"(a)\1", "endless"),
        ("(a)?(?(1)b|c)", "endless"),
        ("ax{0,70000}", "endless"),
        ("(?=(a+)+)b", "endless"),
        (r"(\w{0,50}){0,50}x", "too-slow"),
        ("(?:a?){30}a{30}", "too-slow"),
        (r"(?=\w{0,300}\w{0,300})x", "too-slow"),
        (r"(?:a{300}b){2}", "too-slow"),
        (r"\w{0,141}x", "too-slow"),  # 142 ways over 142 signs
    ],
)
def test_a_hostile_pattern_is_refused(pattern, fault):
    assert fault_of(pattern) == fault


@pytest.mark.parametrize(
    "pattern",
    [
        r"\bilegal(?:es)?\b(?!\s+acto)",
        r"(?<!no )\bmenor\s*de\s+\w{2,10}\b",
        r"(?>blancas|negras)x{2}",
        r"\w{0,140}x",
    ],
)
def test_a_plain_pattern_is_kept(pattern):
    assert fault_of(pattern) == ""


@pytest.mark.parametrize("row", shipped(), ids=lambda row: row["key"])
def test_a_shipped_pattern_is_kept(row):
    assert fault_of(row["pattern"]) == ""
