"""What an editor deletes comes back for thirty days, to where it was."""

import sys
from datetime import timedelta
from subprocess import run

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db.models.signals import pre_delete
from django.urls import reverse
from wagtail.models import Page, Workflow

from courses.bin.actions import empty, put_away, restore
from courses.bin.tasks import empty_the_bin
from courses.models import Binned, CoursePage, LessonPage, ModulePage
from lms.refusals import Refused
from tests import factories
from tests.factories import NOON

DAYS = timedelta(days=1)
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def editor(client, admin):
    client.force_login(admin)
    return client


@pytest.fixture
def lesson(course_page):
    return LessonPage.objects.get(slug="leccion-1")


def live() -> dict[str, bool]:
    return dict(LessonPage.objects.values_list("slug", "live"))


def test_a_deleted_page_waits_in_the_bin_and_comes_back_with_its_pair(
    editor, admin, lesson, enrolment, activities, at
):
    enrolment.completions.create(activity=activities["lesson-1"], at=at, language="es")
    before, places = live(), dict(Page.objects.values_list("pk", "path"))
    delete = reverse("wagtailadmin_pages:delete", args=[lesson.pk])
    explorer = reverse("wagtailadmin_explore", args=[lesson.get_parent().pk])
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    bin_ = reverse("page_in_the_bin", args=[lesson.pk])

    asked = editor.get(delete, headers=ENGLISH).text
    editor.post(delete, {"also_translations": "on"})

    assert "It goes to the bin for 30 days" in asked
    assert live() == before | {"leccion-1": False, "leccion-1-en": False}
    call_command("update_index", verbosity=0)
    found = reverse("wagtailadmin_pages:search") + "?q=Lección"
    of_type = reverse("wagtailadmin_pages:type_use", args=["courses", "lessonpage"])
    for address in (explorer, f"{explorer}?q=Lección", found, of_type):
        shown = editor.get(address).text
        assert "Lección 2" in shown
        assert edit not in shown
    assert editor.get(edit).url == bin_
    home = editor.get("/admin/", headers=ENGLISH).text
    assert f'action="{bin_}"' in home
    assert admin.legal_name in home
    assert "Drafts that nobody can read yet (0)" in home
    assert "it is deleted for good" in editor.get(bin_, headers=ENGLISH).text
    assert editor.post(bin_).url == explorer
    assert live() == before
    assert dict(Page.objects.values_list("pk", "path")) == places
    assert Page.find_problems() == ([], [], [], [], [])
    assert enrolment.completions.count() == 1
    assert editor.get(bin_).url == edit


def test_many_at_once_go_to_the_bin_with_what_is_below(editor, course_page, lesson):
    module = ModulePage.objects.get(slug="modulo-uno")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

    asked = editor.get(f"{address}?id={module.pk}", headers=ENGLISH).text
    editor.post(f"{address}?id={module.pk}&id={lesson.pk}&next=/admin/")

    assert "It goes to the bin for 30 days" in asked
    assert [one.page_id for one in Binned.objects.all()] == [module.pk]
    assert live()["leccion-1"] is False


def test_what_stood_in_the_bin_comes_back_with_what_it_stood_in(
    editor, admin, course_page, lesson
):
    module = ModulePage.objects.get(slug="modulo-uno")
    put_away([lesson], by=admin, at=NOON)
    put_away([module, lesson], by=admin, at=NOON + DAYS)
    bin_ = reverse("page_in_the_bin", args=[lesson.pk])

    asked = editor.get(bin_, headers=ENGLISH).text
    refused = editor.post(bin_)
    with pytest.raises(Refused):
        restore(Binned.objects.get(page=lesson), by=admin)
    editor.post(bin_, {"with_above": "on"})

    assert "“Módulo uno”, is in the bin too" in asked
    assert refused.status_code == 409
    assert not Binned.objects.exists()
    assert live()["leccion-1"] is True


def test_what_may_not_be_live_any_more_comes_back_as_a_draft(
    editor, admin, course_page
):
    final = course_page.get_children().get(slug="prueba-final").specific
    put_away([final, *final.get_translations()], by=admin, at=NOON)
    facts = {"summary": "Resumen", "purpose": "final"}
    factories.in_both(course_page, type(final), title="Otra", slug="otra", **facts)

    shown = editor.post(
        reverse("page_in_the_bin", args=[final.pk]), follow=True, headers=ENGLISH
    )

    final.refresh_from_db()
    assert final.live is False
    assert "came back as a draft" in shown.text


def test_the_bin_is_emptied_after_thirty_days(admin, edition, course_page, lesson):
    module = ModulePage.objects.get(slug="modulo-uno")
    put_away([lesson], by=admin, at=NOON)
    put_away([module], by=admin, at=NOON)

    assert empty(at=NOON + 30 * DAYS - timedelta(seconds=1)) == 0
    assert empty(at=NOON + 30 * DAYS) == 1

    assert not Page.objects.filter(pk__in=[module.pk, lesson.pk]).exists()
    assert Page.find_problems() == ([], [], [], [], [])
    assert edition.activities.count() == 4
    assert empty_the_bin.func() == 0


def test_nothing_is_published_in_the_bin_nor_is_its_code_free(
    editor, admin, course_page, lesson
):
    other = factories.make_course_page(code="C2", slug="otro")
    put_away([course_page], by=admin, at=NOON)
    other.code = "C1"
    revision = lesson.save_revision(clean=False)

    assert other.refusals_below(other.get_parent(), publishing=True) == [
        "«Curso C2» no se puede publicar: un curso en la papelera tiene el código C1. "
        "Restáurelo o dé a este un código propio."
    ]
    with pytest.raises(Exception, match="papelera"):
        revision.publish()
    assert editor.get(
        reverse("wagtailadmin_pages:add_subpage", args=[course_page.pk])
    ).status_code in {200, 302}
    assert CoursePage.objects.filter(live=True).count() == 3


def test_a_copy_that_was_thrown_away_does_not_close_its_original(
    editor, admin, course_page, lesson
):
    twin = course_page.copy(keep_live=False, update_attrs={"slug": "copia"})
    put_away([twin], by=admin, at=NOON)

    lesson.save_revision().publish()

    assert course_page.refusals_below(course_page.get_parent(), publishing=True) == []


def test_what_waits_for_a_review_waits_no_more_and_editors_bring_back_drafts(
    admin, lesson
):
    writer = factories.PersonFactory()
    writer.groups.add(Group.objects.get(name="Editors"))
    Workflow.objects.get(name="Moderators approval").start(lesson, user=admin)
    put_away([lesson], by=admin, at=NOON)
    lesson = LessonPage.objects.get(pk=lesson.pk)

    drafts = restore(Binned.objects.get(), by=writer)

    assert lesson.current_workflow_state is None
    assert [(one.pk, one.live) for one in drafts] == [(lesson.pk, False)]


def test_a_page_that_was_live_without_a_revision_comes_back_live(admin, lesson):
    Page.objects.filter(pk=lesson.pk).update(live_revision=None)
    put_away([LessonPage.objects.get(pk=lesson.pk)], by=admin, at=NOON)
    Binned.objects.update(revisions={str(lesson.pk): None})

    assert restore(Binned.objects.get(), by=admin) == []

    assert LessonPage.objects.get(pk=lesson.pk).live


def test_one_that_cannot_be_deleted_keeps_no_other_waiting(admin, lesson):
    other = LessonPage.objects.get(slug="leccion-2")
    put_away([lesson, other], by=admin, at=NOON)

    def refuse(sender, instance, **kwargs):
        if instance.pk == lesson.pk:
            raise ValueError

    with (
        factories.listening(pre_delete, LessonPage, refuse),
        pytest.raises(ExceptionGroup) as failed,
    ):
        empty(at=NOON + 30 * DAYS)

    assert len(failed.value.exceptions) == 1
    assert [one.page_id for one in Binned.objects.all()] == [lesson.pk]


def test_whatever_runs_campus_empties_the_bin_each_night():
    """Asked of a process that has met nothing but the floors themselves."""
    told = run(
        [
            sys.executable,
            "-c",
            "import django; django.setup(); "
            "from lms.queue.periodic import REGISTER; "
            "print(REGISTER['empty the bin of pages'].every)",
        ],
        capture_output=True,
        check=True,
        text=True,
    )

    assert told.stdout.strip() == "1 day, 0:00:00"
