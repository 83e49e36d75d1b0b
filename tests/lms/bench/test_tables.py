"""What a bench reports, and whether it holds."""

import pytest

from lms.bench.tables import Row, Table


@pytest.mark.parametrize(
    ("answers", "holds"),
    [([True, None], True), ([True, False], False), ([None], True), ([], True)],
)
def test_a_table_holds_unless_a_row_does_not(answers, holds):
    rows = [Row(("lesson", "3.1"), holds=answer) for answer in answers]

    assert Table(("operation", "ms"), rows).holds is holds


def test_a_table_is_shown_in_columns_with_its_notes_below():
    table = Table(
        ("what", "ms"),
        [Row(("lesson", "3.1"), holds=True), Row(("home", "12.0"), holds=False)],
        notes=["On a quiet machine."],
    )

    assert table.lines() == [
        "what    ms    holds",
        "------  ----  -----",
        "lesson  3.1   yes",
        "home    12.0  NO",
        "On a quiet machine.",
    ]
