"""A form for a new page begins with what most pages say."""

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.blocks import CheckBlock
from courses.cases.blocks import CaseStepBlock
from courses.models import ModulePage
from lms.people.choices import Track


def begun(client, parent, kind):
    address = reverse("wagtailadmin_pages:add", args=["courses", kind, parent.pk])
    return client.get(address).context["form"].initial


def test_a_new_page_begins_with_what_most_pages_say(client, admin, course_page):
    client.force_login(admin)
    home, module = course_page.get_parent(), ModulePage.objects.child_of(course_page)

    assert begun(client, home, "coursepage")["norms_on"] == timezone.localdate()
    assert begun(client, course_page, "modulepage")["required_for"] == Track.values
    assert begun(client, course_page, "quizpage")["purpose"] == "pretest"
    assert begun(client, module.get(), "quizpage")["purpose"] == "practice"


def test_a_new_page_begins_with_the_blocks_that_it_cannot_do_without(
    client, admin, course_page
):
    client.force_login(admin)
    home, module = course_page.get_parent(), ModulePage.objects.child_of(course_page)

    course = begun(client, home, "coursepage")
    lesson = begun(client, module.get(), "lessonpage")
    case = begun(client, course_page, "casepage")["body"]

    assert [one.block_type for one in course["outcomes"]] == ["point"]
    assert [one.block_type for one in lesson["objectives"]] == ["point"]
    assert [one.block_type for one in lesson["body"]] == ["text"]
    assert [one.block_type for one in case] == ["step", "step", "debrief"]
    assert [one.value["number"] for one in case[:2]] == ["1", "2"]
    assert [[o["next"] for o in one.value["options"]] for one in case[:2]] == [
        ["2", "2"],
        ["end", "end"],
    ]


@pytest.mark.parametrize(("block", "entries"), [(CheckBlock, 3), (CaseStepBlock, 2)])
def test_a_block_begins_with_as_many_answers_as_it_needs(block, entries):
    assert len(block().get_default()["options"]) == entries
