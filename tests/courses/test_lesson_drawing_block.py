"""A drawing in a lesson: chosen, shown with its words, refused without, and printed."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from courses import lesson_drawings
from courses.blocks import LessonBlocks
from courses.drawing_block import DrawingBlock
from courses.models import LessonPage

LESSON = "/es/trata/modulo-uno/leccion-1/"
SHEET = f"{LESSON}drawings/age-in-doubt/"


@pytest.fixture
def lesson(edition):
    lesson = LessonPage.objects.get(slug="leccion-1", locale__language_code="es")
    lesson.body.append(("drawing", {"drawing": "age-in-doubt"}))
    lesson.save_revision().publish()
    return lesson


def test_lesson_shows_the_drawing_its_words_and_the_way_to_its_sheet(client, lesson):
    page = client.get(LESSON).content.decode()

    drawn = lesson_drawings.lesson_drawing("age-in-doubt", "es")
    assert drawn.svg in page
    assert all(f"<li>{sentence}</li>" in page for sentence in drawn.sentences)
    assert drawn.source in page
    assert f'href="{SHEET}"' in page


def test_sheet_shows_the_drawing_of_the_lesson_and_no_other(client, lesson):
    drawn = lesson_drawings.lesson_drawing("age-in-doubt", "es")

    assert drawn.wide in client.get(SHEET).content.decode()
    for other in ("return-stops", "nothing"):
        assert client.get(f"{LESSON}drawings/{other}/").status_code == 404


def test_sheet_is_closed_to_whom_the_lesson_is_closed(client, lesson, ana):
    closed = PageViewRestriction.objects.create(
        page=lesson, restriction_type=PageViewRestriction.GROUPS
    )
    closed.groups.add(Group.objects.create(name="Some"))

    answer = client.get(SHEET)

    assert answer.status_code == 302
    assert "login" in answer.url
    ana.groups.set(closed.groups.all())
    client.force_login(ana)
    assert client.get(SHEET).status_code == 200


def test_drawing_without_words_in_a_language_is_refused(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(lesson_drawings, "FOLDER", tmp_path)
    (tmp_path / "half.svg").write_text("<svg/>")
    (tmp_path / "half.yaml").write_text(
        "en: {title: T, alt: A, sentences: [], source: S, words: {}}"
    )
    body = [{"type": "drawing", "value": {"drawing": "half"}}]

    with override("en"), pytest.raises(ValidationError) as refused:
        LessonBlocks().clean(LessonBlocks().to_python(body))

    [error] = refused.value.block_errors.values()
    assert error.block_errors["drawing"].messages == [
        "This drawing has no words in Spanish. Choose another one."
    ]


def test_editor_chooses_by_the_title_and_sees_all_drawings(client, admin):
    client.force_login(admin)
    block = LessonPage.body.field.stream_block.child_blocks["drawing"]
    with override("es"):
        chosen = dict(block.child_blocks["drawing"].field.choices)

    asked = {"id": block.definition_prefix}
    shown = client.get(reverse("wagtailadmin_block_preview"), asked).content.decode()

    assert isinstance(block, DrawingBlock)
    assert chosen["age-in-doubt"] == "La edad en duda"
    assert shown.count('<svg role="img"') == len(lesson_drawings.names())
