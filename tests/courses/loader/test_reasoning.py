"""The written reasoning of a course comes from its file, and stays with its editors."""

import json

import pytest
from wagtail.log_actions import log

from courses.loader.reasons import NotLoaded
from courses.models import ReasoningTask
from tests.courses.reasoning.building import task_document

FILE = "courses/small/reasoning.yaml"


@pytest.fixture
def say(folder, load_again):
    """Return a function that writes the file and returns the report of a load."""

    def write(document, **options):
        (folder / FILE).write_text(json.dumps(document), encoding="utf-8")
        return load_again(**options)

    return write


def test_a_task_is_loaded_and_changed_until_somebody_edits_it(say, elena):
    first, second = (say(task_document(mark=mark)) for mark in ("uno", "dos"))
    task = ReasoningTask.objects.get()
    assert task.document == task_document(mark="dos")
    ReasoningTask.objects.update(document=task_document(mark="a mano"))
    log(task, "wagtail.edit", user=elena)

    third = say(task_document(mark="dos"))

    assert (first.reasoning_tasks.new, second.reasoning_tasks.changed) == (1, 1)
    assert third.left_alone == [f"edited by hand: {FILE}"]
    assert ReasoningTask.objects.get().document == task_document(mark="a mano")
    assert say(task_document(), overwrite=True).reasoning_tasks.changed == 1
    assert say(task_document()).reasoning_tasks.unchanged == 1


def test_a_task_that_is_not_whole_is_refused(say):
    with pytest.raises(NotLoaded, match="a rubric has 4 to 6 lines"):
        say(task_document() | {"lines": []})
