"""Wagtail's address for programs changes no page: it would go round bin and checks."""

import json

import pytest
from django.urls import reverse
from wagtail.models import Page, Revision

from courses.models import LessonPage

ACTIONS = {
    "delete": {},
    "unpublish": {"recursive": True},
    "publish": {},
    "copy": {"recursive": True, "slug": "copia"},
    "move": {"destination_page_id": 1, "position": "last-child"},
    "create_alias": {"update_slug": "alias"},
    "convert_alias": {},
    "copy_for_translation": {"locale": "en"},
    "revert_to_page_revision": {},
}


@pytest.fixture
def lesson(client, admin, course_page):
    client.force_login(admin)
    return LessonPage.objects.get(slug="leccion-1")


def stored() -> list:
    pages = Page.objects.order_by("pk")
    return [*pages.values_list("pk", "path", "live"), Revision.objects.count()]


@pytest.mark.parametrize("action", ACTIONS)
def test_no_program_changes_a_page(client, lesson, action):
    address = reverse("wagtailadmin_api:pages:action", args=[lesson.pk, action])
    asked = ACTIONS[action] | {"revision_id": lesson.latest_revision_id}
    before = stored()

    answer = client.post(
        address,
        json.dumps(asked),
        content_type="application/json",
        headers={"accept-language": "en"},
    )

    assert (answer.status_code, stored()) == (405, before)
    assert "changed on their screens" in answer.json()["message"]


def test_the_menu_of_the_editors_reads_pages_and_nothing_is_deleted(client, lesson):
    above = lesson.get_parent().pk
    one = reverse("wagtailadmin_api:pages:detail", args=[lesson.pk])

    listed = client.get(
        reverse("wagtailadmin_api:pages:listing"), {"child_of": above}
    ).json()["items"]

    assert lesson.pk in [item["id"] for item in listed]
    assert client.get(one).status_code == 200
    assert client.delete(one).status_code == 405
