"""Under every field of pages, blocks, notes and questions stands what it is for."""

from collections.abc import Iterator

import pytest
from wagtail.blocks import FieldBlock, ListBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.models import Page

from courses.models import (
    CasePage,
    CataloguePage,
    CoursePage,
    LessonPage,
    ModulePage,
    Question,
    QuizPage,
)
from courses.viewsets.country_notes import CountryNoteViewSet
from courses.viewsets.glossary import GlossaryTermViewSet
from courses.viewsets.question_form import panel_for
from courses.viewsets.wordings import WordingViewSet
from tests.factories import KINDS, TYPED, document

PAGES = [CataloguePage, CoursePage, ModulePage, LessonPage, QuizPage, CasePage]
LISTS = [CountryNoteViewSet, GlossaryTermViewSet, WordingViewSet]


def without_help(block, place: str) -> Iterator[str]:
    """Yield where, inside a block, a field says nothing of what it is for."""
    if isinstance(block, ListBlock):
        yield from without_help(block.child_block, place)
    elif isinstance(block, StreamBlock | StructBlock):
        for name, child in block.child_blocks.items():
            here = f"{place}.{name}"
            if isinstance(block, StructBlock) and not help_of(child):
                yield here
            yield from without_help(child, here)


def help_of(block) -> str:
    if isinstance(block, FieldBlock):
        return block.field.help_text
    return getattr(block.meta, "help_text", "")


@pytest.mark.parametrize("model", PAGES)
def test_every_field_says_what_it_is_for(model, admin):
    handler = model.get_edit_handler()
    page = model(title="Página")
    form = handler.get_form_class()(instance=page, for_user=admin)
    panel = handler.get_bound_panel(instance=page, form=form)
    theirs = {field.name for field in Page._meta.get_fields()}

    silent = [
        one.field_name
        for one in every(panel)
        if one.field_name not in theirs and not one.help_text
    ]

    assert silent == []


def every(panel) -> Iterator:
    if hasattr(panel, "field_name"):
        yield panel
    for child in getattr(panel, "children", []):
        yield from every(child)


@pytest.mark.parametrize("model", PAGES)
def test_every_field_of_a_block_says_what_it_is_for(model):
    streams = [one for one in model._meta.fields if isinstance(one, StreamField)]

    assert [
        place
        for field in streams
        for place in without_help(field.stream_block, field.name)
    ] == []


@pytest.mark.parametrize("viewset", LISTS)
def test_every_field_of_an_entry_says_what_it_is_for(viewset, admin):
    handler = viewset.edit_handler.bind_to_model(viewset.model)
    form = handler.get_form_class()(instance=viewset.model(), for_user=admin)

    assert [name for name, one in form.fields.items() if not one.help_text] == []


@pytest.mark.parametrize("kind", [*KINDS, *TYPED])
def test_every_field_of_a_question_says_what_it_is_for(kind, admin):
    form_class = panel_for(document(kind)).get_form_class()
    form = form_class(instance=Question(), for_user=admin)

    assert [name for name, one in form.fields.items() if not one.help_text] == []
