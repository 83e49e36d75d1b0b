"""Dead letters in SQL and in the rule are the same."""

import pytest

from lms.queue.exceptions import GAVE_UP
from lms.queue.models import (
    Periodic,
    WorkerSeen,
    dead_letters,
    failed_with_tries_left,
)
from lms.queue.rules import is_dead_letter


@pytest.mark.parametrize("tries", range(1, 8))
@pytest.mark.parametrize("gave_up", [False, True])
def test_dead_letters_are_those_of_the_rule(make_failed, tries, gave_up):
    path = GAVE_UP if gave_up else "builtins.ValueError"
    row = make_failed(tries=tries, exception_class_path=path)

    dead, alive = dead_letters(), failed_with_tries_left()

    expected = is_dead_letter(tries=tries, gave_up=gave_up)
    assert dead.contains(row) is expected
    assert alive.contains(row) is not expected


def test_rows_are_named_by_what_they_stand_for(at):
    assert str(WorkerSeen(worker_id="w", seen_at=at)) == "w"
    assert str(Periodic(name="seal", due_at=at)) == "seal"
