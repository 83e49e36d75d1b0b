"""Who may be one of the first two administrators."""

import pytest

from lms.installing.rules import refusals


@pytest.mark.parametrize(
    ("wanted", "others", "new", "reasons"),
    [
        (["a", "b"], [], True, []),
        (["a"], [], True, []),
        (["b"], ["a"], True, []),
        ([], ["a", "b", "c"], False, []),
        (["a", "b"], ["c"], False, []),  # they are, and appointed a third
        (["a", "b"], ["c"], True, ["more-than-two"]),
        (["a", "b", "c"], [], True, ["more-than-two"]),
        (["a", "a"], [], True, ["one-mailbox"]),
        (["a"], ["a"], True, ["one-mailbox"]),
    ],
)
def test_two_people_with_a_mailbox_each_are_made(wanted, others, new, reasons):
    assert refusals(wanted=wanted, others=others, new=new, taken=False) == reasons


def test_an_address_of_somebody_else_is_refused():
    assert refusals(wanted=["a"], others=[], new=True, taken=True) == ["taken"]
