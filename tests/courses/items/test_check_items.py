"""`check_items` names what gives a final test away, and fails while anything does."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests import factories


def check() -> list[str]:
    said = StringIO()
    with pytest.raises(CommandError, match="ways to guess"):
        call_command("check_items", draws=2, stdout=said)
    return said.getvalue().splitlines()


def test_every_test_is_looked_at_for_each_profession_and_language(edition):
    lines = check()

    finals = [line for line in lines if " final " in line]
    assert len(finals) == 8  # four professions, two languages
    assert len([line for line in lines if " practice " in line]) == 2


def test_a_small_pool_and_a_longest_key_are_named(course_page):
    module = course_page.get_children().first().translation_key
    for number in range(4):
        factories.make_question(module, kind="single", code=f"C1-L-{number}")
    factories.make_question(module, kind="numeric", code="C1-L-5")
    factories.make_edition(course_page)

    (judge, *_others) = [line for line in check() if " final judge es" in line]

    assert "the pool is below 3 times what is asked" in judge
    assert "(chance " in judge
    assert "Answered by writing: 1; these have no wrong options" in judge


def test_a_pool_that_gives_nothing_away_ends_well(db):
    call_command("check_items", draws=1, stdout=StringIO())
