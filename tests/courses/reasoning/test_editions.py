"""An edition asks for a page of reasons, or does not; where it counts, it is owed."""

import pytest

from courses.actions import complete_activity, open_edition
from courses.models import EditionReasoning, Enrolment, ReasoningTask
from courses.reasoning import actions
from lms.refusals import Refused
from tests.courses.reasoning.building import TEXT, task_document
from tests.factories import NOON, EnrolmentFactory, course_of

pytestmark = pytest.mark.django_db


def asks(edition):
    return list(EditionReasoning.objects.filter(edition=edition).values_list("counts"))


def test_an_edition_asks_what_was_chosen_and_a_correction_what_it_asked(course_page):
    facts = {"kind": "new-run", "by": None, "at": NOON}
    with pytest.raises(Refused) as refusal:
        open_edition(course_page, reasoning="asked", **facts)
    assert refusal.value.reasons == ["no-reasoning-task"]
    plain = open_edition(course_page, **facts)
    ReasoningTask.objects.create(
        course=course_of(course_page), document=task_document()
    )

    counting = open_edition(course_page, reasoning="counts", **facts)
    corrected = open_edition(course_page, **facts | {"kind": "correction"})
    optional = open_edition(course_page, reasoning="asked", **facts)

    assert [*map(asks, (plain, counting, corrected, optional))] == [
        [],
        [(True,)],
        [(True,)],
        [(False,)],
    ]
    assert counting.reasoning.document == task_document()
    assert counting.reasoning.seed != optional.reasoning.seed


@pytest.mark.parametrize(("counts", "waits"), [(True, True), (False, False)])
def test_a_course_waits_for_a_page_that_counts(ana, edition, activities, counts, waits):
    EditionReasoning.objects.create(
        edition=edition, document=task_document(), counts=counts, seed="seed"
    )
    enrolment = EnrolmentFactory(learner=ana, edition=edition)

    for activity in activities.values():
        complete_activity(
            enrolment, activity=activity, language="es", revision=None, at=NOON
        )

    assert Enrolment.objects.completed().exists() is not waits
    actions.hand_in(enrolment, text=TEXT, language="es", at=NOON)
    assert Enrolment.objects.completed().exists()
