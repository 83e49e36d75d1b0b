"""Writing pages: the source language first, then the others, one page at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import override
from wagtail.models import Locale, Page

from courses.loader import by_hand
from courses.loader.fields import Values, differences, page_with, put, values_of
from courses.loader.kinds import MODELS
from courses.loader.library import LANGUAGES, SOURCE, Written
from courses.loader.pairs import wanted_translation
from courses.loader.reasons import NotLoaded, Reasons
from courses.loader.report import Report
from courses.loader.translations import (
    is_whole,
    say_that_the_source_changed,
    take_back,
    write_translation,
)
from courses.models.bin import in_the_bin
from courses.words.found import refusals


@dataclass(slots=True)
class PageWriter:
    """Writes pages and remembers which row each key has."""

    report: Report
    overwrite: bool = False
    rows: dict[UUID, int] = field(default_factory=dict)
    locales: dict[str, Locale] = field(default_factory=dict)
    binned: set[int] = field(default_factory=set)

    def __post_init__(self):
        self.locales = {
            code: Locale.objects.get(language_code=code) for code in LANGUAGES
        }
        self.rows = dict(
            Page.objects.filter(locale=self.locales[SOURCE]).values_list(
                "translation_key", "pk"
            )
        )

        self.binned = set(in_the_bin(Page.objects.all()).values_list("pk", flat=True))

    def make_room(self, written: Written, parent: Page | None) -> None:
        """Make the pages that are new, as drafts, so that links can point at them."""
        page = self.page_of(written)
        if page and page.pk in self.binned:
            self.report.left_alone.append(f"in the bin: {written.name}")
            return
        if page is None and parent and self.is_wanted(written):
            page = self.make(written, parent)
        for child in written.children:
            self.make_room(child, page)

    def is_wanted(self, written: Written) -> bool:
        """Whether a page that is missing should be made: not when it was deleted."""
        if self.overwrite or not by_hand.was_deleted(written.key):
            return True
        self.report.left_alone.append(f"deleted by hand: {written.name}")
        return False

    def page_of(self, written: Written) -> Page | None:
        """Return the page in the source language, or None."""
        row = self.rows.get(written.key)
        if row is None:
            return None
        page = Page.objects.get(pk=row).specific
        if not isinstance(page, MODELS[written.kind]):
            found = type(page).__name__
            raise NotLoaded([f"{written.name}: this id belongs to a {found}"])
        return page

    def write(self, written: Written) -> None:
        """Write a page in every language, or nothing of it."""
        page = self.page_of(written)
        if page is None or page.pk in self.binned:
            return
        with transaction.atomic(), _naming(written.name):
            self._write_languages(written, page)

    def make(self, written: Written, parent: Page) -> Page:
        """Make a page of the source language, as a draft."""
        # A link to a page that is still to be made points at the parent until then.
        rows = dict.fromkeys(written.links, parent.pk) | self.rows
        reasons = Reasons()
        values = values_of(written, SOURCE, pages=rows, reasons=reasons)
        reasons.stop_if_any()
        page = page_with(
            written.files[SOURCE], values, locale=self.locales[SOURCE], live=False
        )
        with _naming(written.name):
            page = parent.add_child(instance=page)
        self.rows[written.key] = page.pk
        return page

    def _write_languages(self, written: Written, page: Page) -> None:
        reasons = Reasons()
        values = {
            language: values_of(written, language, pages=self.rows, reasons=reasons)
            for language in LANGUAGES
        }
        reasons.stop_if_any()
        draft = page.get_latest_revision_as_object()
        changed = _needs_writing(page, draft, values[SOURCE])
        if changed and by_hand.was_edited(page) and not self.overwrite:
            self.report.left_alone.append(f"edited by hand: {written.name}")
            return
        if changed and self._says_what_to_avoid(written, values):
            return
        if changed:
            self._count(page)
            put(draft, values[SOURCE])
            # In the page's history an editor goes back to what is logged as written.
            draft.save_revision(log_action=True).publish()
            page = self.page_of(written)
        else:
            self.report.pages.unchanged += 1
        for language in LANGUAGES[1:]:
            self._translate(written, page, language, values, changed=changed)

    def _translate(
        self,
        written: Written,
        page: Page,
        language: str,
        values: dict[str, Values],
        *,
        changed: bool,
    ) -> None:
        locale, file = self.locales[language], written.files[language]
        existing = page.get_translation_or_none(locale)
        if not changed and existing and not self._differs(page, existing, values):
            self.report.translations.unchanged += 1
            return
        if not self.overwrite and self._is_a_persons(page, existing, locale):
            self.report.left_alone.append(f"edited by hand: {file.name}")
            if changed:
                say_that_the_source_changed(page, locale)
            return
        reasons = Reasons()
        translation = page_with(file, values[language], locale=locale)
        if self._is_refused(translation, file.name):
            return
        wanted = wanted_translation(page, translation, name=file.name, reasons=reasons)
        reasons.stop_if_any()
        if self.overwrite:
            take_back(page, locale)
        write_translation(
            page, locale, wanted=wanted, values=values[language], name=file.name
        )
        self._count_translation(existing)

    def _says_what_to_avoid(self, written: Written, values: dict[str, Values]) -> bool:
        """Whether a page is refused for its words; editors keep that list."""
        return any(
            self._is_refused(
                page_with(file, values[code], locale=self.locales[code]), file.name
            )
            for code, file in written.files.items()
        )

    def _is_refused(self, page: Page, name: str) -> bool:
        with override("en"):
            found = refusals(page)
        self.report.left_alone += [f"not published: {name}: {one}" for one in found]
        return bool(found)

    def _differs(self, page: Page, existing: Page, values: dict[str, Values]) -> bool:
        draft = existing.get_latest_revision_as_object()
        wanted = values[existing.locale.language_code]
        return _needs_writing(existing, draft, wanted) or not is_whole(
            page, existing.locale
        )

    def _is_a_persons(self, page: Page, existing: Page | None, locale: Locale) -> bool:
        if by_hand.was_stopped(page, locale) or by_hand.was_translated(page, locale):
            return True
        return existing is not None and by_hand.was_edited(existing)

    def _count_translation(self, existing: Page | None) -> None:
        if existing is None:
            self.report.translations.new += 1
        else:
            self.report.translations.changed += 1

    def _count(self, page: Page) -> None:
        if page.latest_revision_id is None:
            self.report.pages.new += 1
        else:
            self.report.pages.changed += 1


def _needs_writing(page: Page, draft: Page, values: Values) -> bool:
    """Whether what readers see, or the newest draft of it, is not what is wanted."""
    published = page.live and not page.has_unpublished_changes
    return not published or bool(differences(draft, values))


@contextmanager
def _naming(name: str) -> Iterator[None]:
    """Turn what a model refuses into reasons that name the file."""
    try:
        yield
    except ValidationError as error:
        with override("en"):
            messages = error.message_dict.items()
            raise NotLoaded(
                [f"{name}: {field}: {' '.join(text)}" for field, text in messages]
            ) from error
