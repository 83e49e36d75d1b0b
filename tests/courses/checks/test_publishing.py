"""No text of one language on a page of another: what editors cannot publish."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource
from wagtail_localize.models import Translation as TranslationRecord

from courses.editors import ensure_editors
from tests.factories import PersonFactory


@pytest.fixture
def english(db):
    return Locale.objects.get_or_create(language_code="en")[0]


@pytest.fixture
def elena(db):
    """Elena edits, translates and publishes courses."""
    elena = PersonFactory(email="elena@example.org", legal_name="Elena Rivas")
    elena.groups.add(ensure_editors())
    return elena


@pytest.fixture
def source(course_page, english):
    """What translators of the course page work from; nothing is translated yet."""
    source, _made = TranslationSource.update_or_create_from_instance(course_page)
    TranslationRecord.objects.create(source=source, target_locale=english)
    return source


@pytest.fixture
def translation(course_page, english, source):
    return course_page.get_translation(english)


def translate_all(source, locale):
    for segment in StringSegment.objects.filter(source=source):
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=segment.context,
            locale=locale,
            data=f"{segment.string.data} in English",
            translation_type="manual",
        )


def edit_address(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_a_page_translated_in_part_is_not_published(client, elena, translation):
    client.force_login(elena)
    before = translation.live_revision_id

    answer = client.post(
        edit_address(translation),
        {"action": "publish"},
        follow=True,
        headers={"accept-language": "en"},
    )

    translation.refresh_from_db()
    assert answer.redirect_chain == [(edit_address(translation), 302)]
    assert translation.live_revision_id == before
    refused = [one for one in answer.context["messages"] if one.level_tag == "error"]
    assert [str(one)[:61] for one in refused] == [
        "“Curso C1 (en)” is not published: 5 texts are not translated:"
    ]


def test_the_editor_of_a_translation_links_to_its_checks(client, elena, translation):
    client.force_login(elena)
    english = {"accept-language": "en"}

    answer = client.get(edit_address(translation), headers=english)
    checks = client.get(
        reverse("course_checks", args=[translation.pk]), headers=english
    )

    assert reverse("course_checks", args=[translation.pk]) in answer.text
    assert "Translate them, then publish." in checks.text


def test_a_page_translated_whole_is_published(
    client, elena, source, translation, english, django_capture_on_commit_callbacks
):
    translate_all(source, english)
    client.force_login(elena)
    before = translation.live_revision_id

    with django_capture_on_commit_callbacks(execute=True):
        client.post(edit_address(translation), {"action": "publish"})

    translation.refresh_from_db()
    assert translation.live_revision_id != before
    assert translation.title == "Curso C1 in English"


def test_pages_translated_in_part_are_not_published_in_bulk(
    client, elena, course_page, translation
):
    translation.save_revision()
    client.force_login(elena)
    before = translation.live_revision_id
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    answer = client.post(f"{address}?id={translation.pk}&next=/admin/")

    translation.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, "/admin/")
    assert translation.live_revision_id == before


def test_pages_of_the_source_are_published_in_bulk(client, elena, course_page, source):
    course_page.summary = "Otro"
    course_page.save_revision()
    client.force_login(elena)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    client.post(f"{address}?id={course_page.pk}&next=/admin/")

    course_page.refresh_from_db()
    assert course_page.summary == "Otro"


def test_sync_never_publishes_at_once(
    client, elena, course_page, source, translation, english
):
    client.force_login(elena)
    address = reverse("wagtail_localize:update_translations", args=[source.pk])
    before = translation.live_revision_id

    shown = client.get(address)
    answer = client.post(address, {"publish_translations": "on"})

    translation.refresh_from_db()
    assert answer.status_code == 302
    assert shown.context["form"].fields["publish_translations"].disabled
    assert translation.live_revision_id == before
    assert translation.title == f"{course_page.title} (en)"


def test_ensure_editors_lets_the_editors_translate_and_write_questions(db, elena):
    assert Group.objects.get(name="Moderators") in elena.groups.all()
    assert elena.has_perms(
        [
            "wagtail_localize.submit_translation",
            "courses.change_question",
            "courses.change_countrynote",
        ]
    )
    assert not elena.has_perm("courses.delete_question")
    assert not elena.has_perm("lms.view_user")


def test_no_translation_becomes_an_alias_of_its_original(client, elena, translation):
    client.force_login(elena)
    address = reverse("wagtail_localize:convert_to_alias", args=[translation.pk])
    english = {"accept-language": "en"}

    shown = client.get(edit_address(translation), headers=english)
    answer = client.post(address, follow=True, headers=english)

    assert "convertToAliasUrl&quot;: null" in shown.text
    assert "has texts of its own" in answer.text
    translation.refresh_from_db()
    assert translation.alias_of_id is None
    assert translation.title == "Curso C1 (en)"
    TranslationRecord.objects.update(enabled=False)
    plain = client.get(edit_address(translation), headers=english)
    assert "localize-restart-translation" in plain.text
    assert "localize-convert-to-alias" not in plain.text
