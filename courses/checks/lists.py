"""The list of checks of a page, and that of a course with all its pages."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from wagtail.models import Page

from courses.cases.map import map_of
from courses.checks.advice import advice
from courses.checks.findings import Finding
from courses.checks.refusals import keeps_back
from courses.models import CasePage, CoursePage
from courses.models.bin import out_of_the_bin
from lms.people.models import User


@dataclass(frozen=True, slots=True)
class Line:
    """What to do, and the address where it is done."""

    sentence: str
    url: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A page with what keeps it from going out, and what should be mended besides."""

    page: Page
    refusals: list[Line]
    advice: list[Line]
    minutes: int | None  # to read it, of what is read

    @property
    def count(self) -> int:
        return len(self.refusals) + len(self.advice)


def checks_of(page: Page) -> Checked:
    """Return the list of checks of a page."""
    return Checked(
        page=page,
        refusals=[_line(page, finding) for finding in keeps_back(page)],
        advice=[_line(page, finding) for finding in advice(page)],
        minutes=getattr(page.specific, "minutes", None),
    )


def checks_of_course(course_page: CoursePage, *, viewer: User) -> list[Checked]:
    """Return the lists of all its pages in every language, as far as `viewer` edits."""
    return [
        checks_of(page)
        for original in out_of_the_bin(
            _in_original(course_page).get_descendants(inclusive=True)
        )
        for page in [original, *out_of_the_bin(original.get_translations())]
        if page.permissions_for_user(viewer).can_edit()
    ]


def drawn(page: Page) -> dict[str, Any]:
    """Return what a template draws the map of a case from; nothing for other pages."""
    draft = page.get_latest_revision_as_object()
    if not isinstance(draft, CasePage):
        return {}
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return {"map": map_of(draft), "edit_url": address}


def _in_original(course_page: CoursePage) -> Page:
    translations = course_page.get_translations()
    original = translations.filter(locale__language_code=settings.LANGUAGE_CODE)
    return original.first() or course_page


def _line(page: Page, finding: Finding) -> Line:
    if finding.question:
        return Line(finding.sentence, reverse("question:edit", args=[finding.question]))
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    path = ".".join(filter(None, [finding.field, finding.block]))
    return Line(
        finding.sentence, f"{address}#:w:contentpath={path}" if path else address
    )
