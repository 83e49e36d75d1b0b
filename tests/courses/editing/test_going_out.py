"""A translation goes out after its original, under an address nobody was asked for.

Every way of publishing refuses the first with a sentence, and changes nothing.
"""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from courses.actions.scheduled import keep_to_schedule
from courses.actions.translations import write_address
from courses.bin.actions import put_away, restore
from courses.editors import ensure_editors
from courses.models import CoursePage
from courses.models.bin import Binned
from tests.factories import PersonFactory, make_catalogue

ENGLISH = {"accept-language": "en"}
WHY = "the page that it is translated from is not public"


@pytest.fixture
def elena(client):
    elena = PersonFactory()
    elena.groups.add(ensure_editors())
    client.force_login(elena)
    return elena


@pytest.fixture
def course(db, elena):
    """A course that is a draft, with the draft that is to be its translation."""
    page = make_catalogue().add_child(
        instance=CoursePage(
            title="Señales en la frontera",
            slug="senales",
            code="C9",
            summary="Resumen",
            audience="Judicaturas",
            issuer="Secretaría",
            norms_on=date(2026, 11, 1),
            outcomes=[{"type": "point", "value": "Distinguir"}],
            live=False,
        )
    )
    page.save_revision()
    source, _made = TranslationSource.update_or_create_from_instance(page)
    english = Locale.objects.get(language_code="en")
    row = Translation.objects.create(source=source, target_locale=english)
    row.save_target(publish=False)
    return page


def translation_of(course):
    return course.get_translation(Locale.objects.get(language_code="en"))


def translate(course, **texts):
    """Write every text of which nobody says otherwise, but for the address."""
    locale = Locale.objects.get(language_code="en")
    rows = StringSegment.objects.filter(source__object_id=course.translation_key)
    for one in rows.exclude(context__path="slug").select_related("context"):
        StringTranslation.objects.update_or_create(
            translation_of=one.string,
            context=one.context,
            locale=locale,
            defaults={
                "data": texts.get(one.context.path, f"{one.string.data} in English"),
                "translation_type": "manual",
            },
        )


def press_publish(client, page, callbacks):
    """Press the button of the form in which a translation is written."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    with callbacks(execute=True):
        return client.post(address, {"action": "publish"}, follow=True, headers=ENGLISH)


def by_its_form(client, page, callbacks):
    return press_publish(client, page, callbacks).text


def by_the_plain_form(client, page, callbacks):
    """Of a translation that is kept apart from its original."""
    Translation.objects.update(enabled=False)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    fields = {
        "title": "Signs",
        "slug": "signs",
        "code": page.code,
        "summary": "Summary",
        "audience": "Courts",
        "drawing": "",
        "issuer": "Office",
        "norms_on": "2026-11-01",
        "pass_mark": "80",
        "attempts_allowed": "3",
        "wait_days": "7",
        "validity_months": "24",
        "draw": "0",
        "outcomes-count": "1",
        "outcomes-0-deleted": "",
        "outcomes-0-order": "0",
        "outcomes-0-type": "point",
        "outcomes-0-value": "Tell apart",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "action-publish": "1",
    }
    return client.post(address, fields, follow=True, headers=ENGLISH).text


def with_many(client, page, callbacks):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    at = f"{address}?id={page.pk}&next=/admin/"
    return client.post(at, follow=True, headers=ENGLISH).text


def by_approval(client, page, callbacks):
    page.get_workflow().start(page, None)
    task = page.current_workflow_task_state
    way = [page.pk, "approve", task.pk]
    address = reverse("wagtailadmin_pages:workflow_action", args=way)
    fields = {"next": reverse("wagtailadmin_home")}
    return client.post(address, fields, follow=True, headers=ENGLISH).text


def at_its_time(client, page, callbacks):
    revision = page.latest_revision
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()
    with override("en"), pytest.raises(ExceptionGroup) as failed:
        keep_to_schedule(at=timezone.now())
    return str(failed.value.exceptions)


@pytest.mark.parametrize(
    "publish", [by_its_form, by_the_plain_form, with_many, by_approval, at_its_time]
)
def test_a_translation_is_not_published_before_its_original(
    client, course, django_capture_on_commit_callbacks, publish
):
    translate(course)
    english = translation_of(course)

    said = publish(client, english, django_capture_on_commit_callbacks)

    english.refresh_from_db()
    assert WHY in said
    assert (english.live, english.first_published_at) == (False, None)


def test_the_list_of_checks_says_so_before_anybody_publishes(client, course):
    translate(course)
    at = reverse("course_checks", args=[translation_of(course).pk])

    before = client.get(at, headers=ENGLISH).text
    course.latest_revision.publish()

    assert WHY in before
    assert WHY not in client.get(at, headers=ENGLISH).text


def test_a_translation_that_is_public_stays_so_and_is_corrected(
    client, course, django_capture_on_commit_callbacks
):
    """Whoever took the original down was asked about it."""
    course.latest_revision.publish()
    translate(course)
    english = translation_of(course)
    press_publish(client, english, django_capture_on_commit_callbacks)
    Page.objects.get(pk=course.pk).specific.unpublish()
    translate(course, summary="A better summary")

    press_publish(client, english, django_capture_on_commit_callbacks)

    assert CoursePage.objects.get(pk=english.pk).summary == "A better summary"


def test_what_comes_out_of_the_bin_comes_in_its_order(
    client, course, elena, django_capture_on_commit_callbacks
):
    course.latest_revision.publish()
    translate(course)
    english = translation_of(course)
    press_publish(client, english, django_capture_on_commit_callbacks)
    pages = [Page.objects.get(pk=english.pk), Page.objects.get(pk=course.pk)]
    at = timezone.now()
    for page in pages:  # the translation first
        put_away([page], by=elena, at=at)

    drafts = restore(Binned.objects.get(page=english.pk), by=elena)

    assert drafts == []
    assert [Page.objects.get(pk=one.pk).live for one in pages] == [True, True]


def test_the_address_of_a_translation_is_made_of_its_title(
    client, course, django_capture_on_commit_callbacks
):
    course.latest_revision.publish()
    english = translation_of(course)
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[english.pk]))
    translate(course, title="Signs &amp; señales")

    said = press_publish(client, english, django_capture_on_commit_callbacks)

    english.refresh_from_db()
    assert "contentPath&quot;: &quot;title" in shown.text
    assert "contentPath&quot;: &quot;slug" not in shown.text
    assert (english.live, english.slug) == (True, "signs-senales")
    assert [str(one) for one in said.context["messages"] if one.level > 30] == []


def test_an_address_that_was_published_stays(
    client, course, django_capture_on_commit_callbacks
):
    course.latest_revision.publish()
    translate(course, title="Signs")
    english = translation_of(course)
    press_publish(client, english, django_capture_on_commit_callbacks)
    translate(course, title="Warnings")

    press_publish(client, english, django_capture_on_commit_callbacks)

    english.refresh_from_db()
    assert (english.title, english.slug) == ("Warnings", "signs")


@pytest.mark.parametrize(
    ("title", "slug"),
    [("Account", "account-1"), ("¿…?", "senales"), ("a" * 255, "a" * 250)],
)
def test_an_address_is_made_of_any_title(course, title, slug):
    """One that a screen has, one of no letter, the longest."""
    translate(course, title=title)
    row = Translation.objects.get()

    write_address(row)
    write_address(row)

    written = StringTranslation.objects.get(context__path="slug")
    assert (written.data, written.has_error) == (slug, False)
