"""Nothing that an editor types runs in a reader's browser: 40 scripts in every text."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.urls import reverse
from django.utils import timezone
from wagtail.blocks import Block, ListBlock
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form

from courses import actions
from courses.editors import ensure_editors
from courses.models import LessonPage, Question
from courses.viewsets.country_notes import CountryNoteViewSet
from courses.viewsets.glossary import GlossaryTermViewSet
from courses.viewsets.question_form import panel_for
from tests.factories import PersonFactory, make_edition
from tests.opened import CASE, LESSON, opened, previewed
from tests.payloads import PAYLOADS, alive, short_texts
from tests.spoiling import KINDS, spoil, spoil_files, spoil_titles

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the file of a new rendition to the garbage collector.
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning"),
]
TITLED = ["/es/", "/es/trata/", "/es/trata/modulo-uno/", LESSON, CASE]
QUIZ = "/es/trata/prueba-final/"


@pytest.fixture
def spoiled(course_page):
    """A course whose every text is full of scripts, and its edition."""
    spoil(course_page)
    return make_edition(course_page)


@pytest.fixture
def enrolment(ana, client, spoiled):
    """Ana's, signed in."""
    client.force_login(ana)
    return actions.enrol(ana, course=spoiled.course, at=timezone.now())


def dead(answer) -> str:
    """Return the text of a page, once it is sure that nothing in it runs."""
    assert alive(answer.text) == []
    return BeautifulSoup(answer.text, "html.parser").get_text(" ")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_would_run_is_found(payload):
    """The check sees what it must not miss, link or text."""
    ways = [f"<p>{payload}</p>", f'<a href="{payload}">', f"<p x='{payload}'>"]
    ways += [f'<p x="{payload}">']
    entity = payload.startswith(("&#", "javascript&"))  # undone by every parser

    assert any(alive(way) for way in ways) or entity or "\x01" in payload


def test_there_are_forty():
    assert len(PAYLOADS) == len(set(PAYLOADS)) == 40


def forms_of_editors() -> Iterator[forms.ModelForm]:
    """Yield each form in which an editor writes, as it stands after the spoiling."""
    panels = {kind: kind.get_edit_handler() for kind in KINDS}
    for viewset in (CountryNoteViewSet, GlossaryTermViewSet):
        panels[viewset.model] = viewset.edit_handler.bind_to_model(viewset.model)
    made = {kind: panel.get_form_class() for kind, panel in panels.items()}
    document, image = get_document_model(), get_image_model()
    made |= {document: get_document_form(document), image: get_image_form(image)}
    for kind, form in made.items():
        yield form(instance=kind.objects.first())
    for question in Question.objects.all():
        version = question.versions.order_by("-number").first()
        yield panel_for(version.document).get_form_class()(instance=question)


def test_every_text_that_an_editor_fills_is_spoiled(spoiled):
    """A field that is added later makes this red until it is spoiled as well."""
    spared = [
        (type(form).__name__, name)
        for form in forms_of_editors()
        for name, field in form.fields.items()
        if isinstance(field, forms.CharField)
        and not isinstance(field, forms.SlugField)
        and "hit()" not in str(form.initial.get(name))
    ]

    assert spared == []


def places(block: Block, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield where an editor may write in a block."""
    children = getattr(block, "child_blocks", {})
    if isinstance(block, ListBlock):
        children = {"item": block.child_block}
    for name, child in children.items():
        yield from places(child, (*path, name))
    if isinstance(getattr(block, "field", None), forms.CharField):
        yield path


def spoiled_places(raw: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield where a block, as it is stored, holds a payload."""
    parts = raw.items() if isinstance(raw, dict) else ()
    if isinstance(raw, list):
        parts = [(one["type"], one["value"]) for one in raw if isinstance(one, dict)]
    for name, part in parts:
        yield from spoiled_places(part, (*path, name))
    if isinstance(raw, str) and "hit()" in raw:
        yield path


def test_every_text_of_a_block_is_spoiled(spoiled):
    """The same for what is added to a block."""
    for kind in KINDS:
        for field in kind._meta.fields:
            if isinstance(field, StreamField):
                raw = getattr(kind.objects.first(), field.name).get_prep_value()
                spared = set(places(field.stream_block)) - set(spoiled_places(raw))

                assert spared == set(), kind


def test_pages_and_previews_only_show_them(client, enrolment):
    for name, answer in chain(opened(client, enrolment), previewed()):
        assert answer.status_code in {200, 409, 422}, name
        assert "hit()" in dead(answer), name


def test_files_only_show_their_names(client, spoiled):
    spoil_files(LessonPage.objects.get(slug="leccion-1"))

    shown = dead(client.get(LESSON))

    assert all(text.split()[0] in shown for text in PAYLOADS)


def test_what_a_reader_looks_for_is_only_shown(client, spoiled):
    for text in short_texts():
        dead(client.get("/es/search/", {"q": text}))
        dead(client.get("/es/glossary/", {"q": text}))


@pytest.mark.sweep
def test_short_texts_are_only_shown(client, enrolment):
    for text in short_texts():
        spoil_titles(text)
        words = text.split("\n")[0].split("\t")[0].strip()
        for address in TITLED:
            assert words.split(" ")[0] in dead(client.get(address)), text
        dead(client.get(QUIZ))
        dead(client.get("/es/my-learning/"))


def test_the_editors_area_only_shows_them(client, spoiled):
    elena = PersonFactory(email="elena@example.org", legal_name="Elena Rivas")
    elena.groups.add(ensure_editors())
    client.force_login(elena)
    question = Question.objects.first()

    for address in (
        reverse("question:inspect", args=[question.pk]),
        reverse("question:index"),
        reverse("preview_question", args=[question.pk]) + "?key=1",
        reverse("note_grid"),
        reverse("glossaryterm:index"),
    ):
        body = BeautifulSoup(client.get(address).text, "html.parser")
        assert "<script>hit()</script>" in body.get_text(" ")
        assert [s for s in body.find_all("script") if "hit()" in s.get_text()] == []
