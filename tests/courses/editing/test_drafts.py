"""A draft takes anything; what is published is finished, and says where it is not."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import override

from courses.models import LessonPage
from tests.courses.editing.posting import form_of
from tests.factories import lesson_body

ENGLISH = {"accept-language": "en"}


@pytest.fixture
def lesson(course_page):
    return LessonPage.objects.descendant_of(course_page).first()


@pytest.fixture
def unfinished(lesson):
    """A lesson with a picture that says nothing, and a self-check without a key."""
    body = lesson_body("nueva")
    for option in body[1]["value"]["options"]:
        option["value"]["correct"] = False
    picture = {"image": None, "alt": "", "decorative": False, "caption": "Foto"}
    body.append({"type": "image", "id": str(uuid4()), "value": picture})
    lesson.body = body
    return lesson


def test_an_unfinished_lesson_is_kept_as_a_draft_and_not_published(
    client, admin, unfinished
):
    client.force_login(admin)
    address = reverse("wagtailadmin_pages:edit", args=[unfinished.pk])
    publish = {"action-publish": "action-publish"}

    saved = client.post(address, form_of(unfinished), headers=ENGLISH)
    published = client.post(address, form_of(unfinished) | publish, headers=ENGLISH)

    assert saved.status_code == 302
    draft = unfinished.get_latest_revision_as_object()
    assert [block.block_type for block in draft.body][-1] == "image"
    assert draft.make_preview_request().render().status_code == 200
    assert published.status_code == 200
    assert published.context["form"].errors["body"]
    live = LessonPage.objects.get(pk=unfinished.pk)
    assert [block.block_type for block in live.body][-1] == "country"


def test_no_way_of_publishing_goes_round_the_form(unfinished):
    step = {"type": "item", "id": str(uuid4()), "value": {"heading": "", "text": "T"}}
    steps = {"heading": "", "items": [step], "source": ""}
    unfinished.body = [
        *unfinished.body.raw_data,
        {"type": "steps", "id": str(uuid4()), "value": steps},
    ]
    revision = unfinished.save_revision(clean=False)

    with override("en"), pytest.raises(ValidationError) as refusal:
        revision.publish()

    assert refusal.value.message_dict["body"] == [
        "Block 2 (Check what you learned): Mark exactly one answer as right.",
        "Block 4 (Picture): Picture: This field is required.",
        "Block 5 (Steps): Steps: Step: This field is required.",
    ]
    live = LessonPage.objects.get(pk=unfinished.pk)
    assert live.live_revision_id != revision.pk
