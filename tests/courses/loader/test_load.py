"""What a load makes of a folder, and what a later one changes."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Revision, Site
from wagtail_localize.models import StringTranslation, Translation

from courses.behind import behind_among
from courses.models import (
    Activity,
    CataloguePage,
    CountryNote,
    Course,
    Edition,
    Question,
)
from tests.courses.loader import small


def test_load_makes_pages_identities_questions_notes_and_an_edition(loaded, page_of):
    edition = Edition.objects.get()

    assert loaded.as_json() == {
        "pages": {"new": 7, "changed": 0, "unchanged": 0},
        "translations": {"new": 7, "changed": 0, "unchanged": 0},
        "questions": {"new": 1, "changed": 0, "unchanged": 0},
        "country_notes": {"new": 1, "changed": 0, "unchanged": 0},
        "terms": {"new": 1, "changed": 0, "unchanged": 0},
        "wordings": {"new": 1, "changed": 0, "unchanged": 0},
        "reasoning_tasks": {"new": 0, "changed": 0, "unchanged": 0},
        "moved": [],
        "left_alone": [],
        "editions": ["S1 2026-1 v1"],
    }
    assert Course.objects.get().pk == small.COURSE
    assert dict(Activity.objects.values_list("pk", "kind")) == {
        small.FIRST: "lesson",
        small.SECOND: "lesson",
        small.PRACTICE: "practice",
        small.FINAL: "final",
    }
    assert edition.titles == {"es": "Curso", "en": "Course"}
    assert edition.draw == 1
    assert [row.titles for row in edition.activities.all()] == [
        {"es": "Primera", "en": "First"},
        {"es": "Segunda", "en": "Second"},
        {"es": "Práctica", "en": "Practice"},
        {"es": "Prueba", "en": "Test"},
    ]
    assert Question.objects.get().lesson == small.FIRST
    note = CountryNote.objects.get()
    assert note.title("en") == "The law"
    assert "A <b>high</b> penalty." in note.text("en")
    lesson = page_of(small.FIRST, "en")
    assert lesson.slug == "first"
    assert [point.value for point in lesson.objectives] == ["Recognise"]


def test_what_is_loaded_is_behind_in_no_language(folder, load_again):
    first = behind_among(Page.objects.all())
    small.change(folder, small.FIRST_ES, "summary: Resumen", "summary: Otro")

    assert load_again().pages.changed == 1

    assert (first, behind_among(Page.objects.all())) == ({}, {})


def test_load_makes_the_home_of_the_site_in_place_of_the_welcome(loaded, page_of):
    site = Site.objects.get()

    assert site.root_page.specific == page_of(small.CATALOGUE)
    assert [home.url for home in CataloguePage.objects.order_by("pk")] == [
        "/es/",
        "/en/",
    ]
    assert set(Page.objects.filter(depth=2).values_list("slug", flat=True)) == {
        "inicio",
        "home",
    }
    assert (site.hostname, site.port) == ("127.0.0.1", 8000)


def test_load_twice_writes_nothing(load_again, writes):
    revisions = Revision.objects.count()

    with CaptureQueriesContext(connection) as queries:
        report = load_again()

    assert writes(queries) == []
    assert Revision.objects.count() == revisions
    assert report.pages.unchanged == report.translations.unchanged == 7
    assert (report.editions, report.moved, report.left_alone) == ([], [], [])


def test_load_changes_what_a_file_changed_in_one_language(folder, load_again, page_of):
    before = set(Revision.objects.values_list("pk", flat=True))
    small.change(folder, small.FIRST_EN, "Look", "Have a look")

    report = load_again()

    made = Revision.objects.exclude(pk__in=before)
    assert [one.object_id for one in made] == [str(page_of(small.FIRST, "en").pk)]
    assert (report.pages.changed, report.translations.changed) == (0, 1)
    steps = page_of(small.FIRST, "en").body[1].value
    assert [item["text"] for item in steps["items"]] == ["Have a look", "Listen"]


def test_load_changes_a_fact_in_every_language(folder, load_again, page_of):
    for name in (small.COURSE_ES, small.COURSE_EN):
        small.change(folder, name, "pass_mark: 80", "pass_mark: 70")

    report = load_again()

    assert (report.pages.changed, report.translations.changed) == (1, 1)
    assert page_of(small.COURSE).pass_mark == 70
    assert page_of(small.COURSE, "en").pass_mark == 70


def test_load_finishes_what_a_crash_left_half_done(load_again, page_of):
    Page.objects.filter(pk=page_of(small.SECOND, "en").pk).update(
        live=False, has_unpublished_changes=True
    )
    lesson = page_of(small.FIRST)
    lesson.revisions.all().delete()
    Page.objects.filter(pk=lesson.pk).update(live=False, latest_revision=None)

    load_again()

    assert page_of(small.SECOND, "en").live
    assert page_of(small.FIRST).live


def test_load_adds_no_edition_by_itself_but_the_one_it_is_asked_for(folder, load_again):
    small.change(folder, small.FIRST_EN, "Look", "Have a look")
    silent = load_again()

    report = load_again(edition=Edition.Kind.CORRECTION)

    assert silent.editions == []
    assert report.editions == ["S1 2026-1 v2"]


def test_an_edit_in_spanish_opens_exactly_that_text_in_english(loaded, page_of):
    lesson = page_of(small.FIRST)
    translation = Translation.objects.get(source__object_id=small.FIRST)
    before = translation.get_progress()
    lesson.body[0].value["heading"] = "Otra regla"

    lesson.save_revision().publish()
    translation.source.update_from_db()

    assert before[0] == before[1]
    assert translation.get_progress() == (before[0], before[0] - 1)
    assert page_of(small.FIRST, "en").body[0].value["heading"] == "Rule"


def test_load_makes_the_records_of_a_translation_that_has_none(load_again, page_of):
    Translation.objects.filter(source__object_id=small.FIRST).delete()

    report = load_again()

    total, done = Translation.objects.get(source__object_id=small.FIRST).get_progress()
    assert report.translations.changed == 1
    assert total == done > 0


def test_load_needs_no_country_notes(folder, load_again):
    (folder / small.NOTES).unlink()

    report = load_again()

    assert report.country_notes.unchanged == 0
    assert CountryNote.objects.count() == 1


def test_load_leaves_a_page_that_is_in_no_file(folder, load_again, page_of):
    for path in folder.glob("courses/small/1-module/2-second.*"):
        path.unlink()
    for name in (small.FIRST_ES, small.FIRST_EN):
        small.change(folder, name, f"(page:{small.SECOND})", "(//es.org/2)")

    report = load_again()

    assert page_of(small.SECOND).live
    assert page_of(small.SECOND, "en").live
    assert report.pages.unchanged == 5


def test_load_fills_in_a_text_that_lost_its_translation(load_again):
    StringTranslation.objects.filter(data="Listen").delete()

    report = load_again()

    translation = Translation.objects.get(source__object_id=small.FIRST)
    total, done = translation.get_progress()
    assert report.translations.changed == 1
    assert total == done
