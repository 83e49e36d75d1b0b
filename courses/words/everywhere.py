"""What there is to say against any text that an editor filled in, and where that is."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from courses.models import (
    CountryNote,
    GlossaryTerm,
    Question,
    QuestionVersion,
    ReasoningTask,
)
from courses.models.bin import out_of_the_bin
from courses.words.found import rules_in
from courses.words.rules import Finding, Passage, findings_in
from courses.words.texts import (
    passages_of,
    passages_of_note,
    passages_of_question,
    passages_of_task,
    passages_of_term,
)
from lms.people.choices import Language


@dataclass(frozen=True, slots=True)
class Text:
    """A page or an entry of a list in one language, and where it is written."""

    kind: str
    title: str
    language: Language
    address: str
    passages: list[Passage]


def found_everywhere() -> list[tuple[Text, Finding]]:
    """Return what there is to say against any text, errors first."""
    rules = {code: rules_in(code) for code in Language}
    found = [
        (text, finding)
        for text in texts()
        for finding in findings_in(text.passages, rules[text.language])
    ]
    return sorted(found, key=lambda pair: not pair[1].rule.is_error)


def texts() -> Iterator[Text]:
    """Yield every text that an editor fills in; of a page, its newest draft."""
    yield from _pages()
    for kind, rows, passages in (
        (_("Question"), _questions(), _of_question),
        (_("Country note"), CountryNote.objects.all(), passages_of_note),
        (_("Glossary term"), GlossaryTerm.objects.all(), passages_of_term),
        (_("Written reasoning"), ReasoningTask.objects.all(), passages_of_task),
    ):
        for row in rows:
            address = reverse(f"{row._meta.model_name}:edit", args=[row.pk])
            for code in Language:
                yield Text(kind, str(row), code, address, passages(row, code))


def _pages() -> Iterator[Text]:
    languages = dict(Locale.objects.values_list("pk", "language_code"))
    pages = out_of_the_bin(Page.objects.filter(depth__gt=1)).order_by("path")
    for row in pages.specific():
        page = row.get_latest_revision_as_object() if _has_a_draft(row) else row
        yield Text(
            capfirst(str(page._meta.verbose_name)),
            page.get_admin_display_title(),
            Language(languages[page.locale_id]),
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            passages_of(page),
        )


def _has_a_draft(page: Page) -> bool:
    return page.has_unpublished_changes and page.latest_revision_id is not None


def _questions():
    newest = QuestionVersion.objects.filter(question=OuterRef("pk")).order_by("-number")
    document = Subquery(newest.values("document")[:1])
    return Question.objects.live().annotate(document=document)


def _of_question(row: Question, language: str) -> list[Passage]:
    return passages_of_question(row.document, language)
