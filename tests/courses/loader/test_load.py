"""What a load makes, and that a second one makes nothing."""

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import Locale, Page, Revision, Site
from wagtail_localize.models import Translation

from courses.blocks import RICH
from courses.loader.load import load
from courses.models import (
    Activity,
    CataloguePage,
    Course,
    CountryNote,
    Edition,
    LessonPage,
    Question,
)
from tests.courses.loader import small
from tests.factories import NOON

REAL = settings.BASE_DIR / "fixtures"


def ids_of(raw):
    """Return every id in raw StreamField data, in order."""
    if isinstance(raw, dict):
        own = [raw["id"]] if "id" in raw else []
        return own + [one for part in raw.values() for one in ids_of(part)]
    if isinstance(raw, list):
        return [one for part in raw for one in ids_of(part)]
    return []


def rich_texts(raw):
    """Return every rich text in raw StreamField data."""
    if isinstance(raw, dict):
        return [text for part in raw.values() for text in rich_texts(part)]
    if isinstance(raw, list):
        return [text for part in raw for text in rich_texts(part)]
    return [raw] if isinstance(raw, str) and raw.startswith("<") else []


@pytest.fixture
def writes():
    """Collect the statements that write, while a block runs."""

    def collect(queries):
        sql = [query["sql"] for query in queries.captured_queries]
        return [q for q in sql if q.split()[0] in {"INSERT", "UPDATE", "DELETE"}]

    return collect


def test_load_makes_our_own_courses_whole_in_both_languages(db, writes):
    report = load(REAL, at=NOON)

    spanish = Page.objects.filter(locale__language_code="es", depth__gt=1)
    english = Locale.objects.get(language_code="en")
    assert report.left_alone == []
    assert report.pages.new == report.translations.new == spanish.count()
    for page in spanish.specific():
        other = page.get_translation(english).specific
        assert page.live
        assert other.live
        assert not other.has_unpublished_changes
        assert other.get_parent().translation_key == page.get_parent().translation_key
    for translation in Translation.objects.all():
        total, done = translation.get_progress()
        assert done == total > 0
    for lesson in LessonPage.objects.filter(locale__language_code="es"):
        other = lesson.get_translation(english)
        raw = lesson.body.get_prep_value()
        assert ids_of(raw) == ids_of(other.body.get_prep_value())
        assert lesson.title != other.title
    with CaptureQueriesContext(connection) as queries:
        again = load(REAL, at=NOON)
    assert writes(queries) == []
    assert again.pages.unchanged == report.pages.new
    assert again.questions.unchanged == report.questions.new
    assert again.country_notes.unchanged == report.country_notes.new


def test_load_stores_text_that_the_editor_would_leave_as_it_is(db):
    load(REAL, at=NOON)

    convert = ContentstateConverter(features=RICH)
    texts = [
        text
        for lesson in LessonPage.objects.filter(locale__language_code="es")
        for text in rich_texts(lesson.body.get_prep_value())
    ]
    assert texts
    for text in texts:
        saved = convert.to_database_format(convert.from_database_format(text))
        assert saved == text


def test_load_makes_pages_identities_questions_notes_and_an_edition(loaded, page_of):
    edition = Edition.objects.get()

    assert loaded.as_json() == {
        "pages": {"new": 7, "changed": 0, "unchanged": 0},
        "translations": {"new": 7, "changed": 0, "unchanged": 0},
        "questions": {"new": 1, "changed": 0, "unchanged": 0},
        "country_notes": {"new": 1, "changed": 0, "unchanged": 0},
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


def test_load_twice_writes_nothing(load_again, loaded, writes):
    revisions = Revision.objects.count()

    with CaptureQueriesContext(connection) as queries:
        report = load_again()

    assert writes(queries) == []
    assert Revision.objects.count() == revisions
    assert report.pages.unchanged == report.translations.unchanged == 7
    assert (report.editions, report.moved, report.left_alone) == ([], [], [])


def test_load_changes_what_a_file_changed_in_one_language(
    folder, load_again, loaded, page_of
):
    before = set(Revision.objects.values_list("pk", flat=True))
    small.change(folder, small.FIRST_EN, "Look", "Have a look")

    report = load_again()

    made = Revision.objects.exclude(pk__in=before)
    assert [one.object_id for one in made] == [str(page_of(small.FIRST, "en").pk)]
    assert (report.pages.changed, report.translations.changed) == (0, 1)
    steps = page_of(small.FIRST, "en").body[1].value
    assert [item["text"] for item in steps["items"]] == ["Have a look", "Listen"]


def test_load_changes_a_fact_in_every_language(folder, load_again, loaded, page_of):
    for name in (small.COURSE_ES, small.COURSE_EN):
        small.change(folder, name, "pass_mark: 80", "pass_mark: 70")

    report = load_again()

    assert (report.pages.changed, report.translations.changed) == (1, 1)
    assert page_of(small.COURSE).pass_mark == 70
    assert page_of(small.COURSE, "en").pass_mark == 70


def test_load_finishes_what_a_crash_left_half_done(load_again, loaded, page_of):
    Page.objects.filter(pk=page_of(small.SECOND, "en").pk).update(
        live=False, has_unpublished_changes=True
    )
    lesson = page_of(small.FIRST)
    lesson.revisions.all().delete()
    Page.objects.filter(pk=lesson.pk).update(live=False, latest_revision=None)

    load_again()

    assert page_of(small.SECOND, "en").live
    assert page_of(small.FIRST).live


def test_load_adds_no_edition_by_itself_but_the_one_it_is_asked_for(
    folder, load_again, loaded
):
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
