"""A case as plain data: each text stands with its own step."""

from courses.cases.faults import faults
from tests.courses.cases.small import FULL, NONE, document, option, step


def test_steps_made_in_one_sitting_keep_their_own_options():
    """The form gives the options it fills in beforehand the same ids in every step."""
    first, second = (
        step(
            number,
            [
                option("a", to, FULL, text=f"Decidir {number}a"),
                option("b", "end", NONE, text=f"Decidir {number}b"),
            ],
        )
        for number, to in (("1", "2"), ("2", "end"))
    )

    case = document([first, second])

    assert [
        [one["text"]["es"] for one in step["options"]] for step in case["steps"]
    ] == [["Decidir 1a", "Decidir 1b"], ["Decidir 2a", "Decidir 2b"]]
    assert faults(case) == []
