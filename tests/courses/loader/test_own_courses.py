"""The content that Campus ships with: whole in both languages, and loaded once."""

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from courses.blocks import RICH
from courses.loader.load import load
from courses.models import LessonPage
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


def as_the_editor_saves(text):
    """Return a rich text after somebody opened it and saved it unchanged."""
    convert = ContentstateConverter(features=RICH)
    return convert.to_database_format(convert.from_database_format(text))


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
        assert rich_texts(raw) == [as_the_editor_saves(t) for t in rich_texts(raw)]
    with CaptureQueriesContext(connection) as queries:
        again = load(REAL, at=NOON)
    assert writes(queries) == []
    assert again.pages.unchanged == report.pages.new
    assert again.questions.unchanged == report.questions.new
    assert again.country_notes.unchanged == report.country_notes.new
    assert again.terms.unchanged == report.terms.new == 73
