"""The whole of a load: read and check all, then write page by page."""

from datetime import datetime
from pathlib import Path

from django.utils import timezone

from courses.actions import open_edition
from courses.editors import ensure_editors
from courses.loader.check import check_library
from courses.loader.country_notes import read_country_notes, write_country_notes
from courses.loader.glossary import read_terms, write_terms
from courses.loader.library import SOURCE, Library, read_library
from courses.loader.order import put_in_order
from courses.loader.pages import PageWriter
from courses.loader.questions import read_questions, write_questions
from courses.loader.reasoning import read_task, write_tasks
from courses.loader.reasons import NotLoaded, Reasons
from courses.loader.report import Report
from courses.loader.site import ensure_locales, write_home
from courses.loader.wordings import read_wordings, write_wordings
from courses.models import CoursePage, Edition
from lms.people.institutions import institutions_that_differ
from lms.refusals import Refused


def load(
    root: Path,
    *,
    at: datetime,
    overwrite: bool = False,
    edition: Edition.Kind | None = None,
) -> Report:
    """Bring the content of a folder into the database and return what was done.

    Raises `NotLoaded` before anything is written when a file is not fit. A page is
    written in every language or not at all. A course without an edition gets its
    first; later ones are opened only when `edition` says of which kind.
    """
    ensure_locales()
    ensure_editors()
    reasons = Reasons()
    library = read_library(root, reasons=reasons)
    reasons.stop_if_any()
    questions = [
        question
        for course in library.courses
        for question in read_questions(
            library.folders[course.key], root=root, course=course, reasons=reasons
        )
    ]
    tasks = [
        task
        for course in library.courses
        for task in read_task(
            library.folders[course.key], root=root, course=course.key, reasons=reasons
        )
    ]
    notes = read_country_notes(root, reasons=reasons, on=timezone.localdate(at))
    terms = read_terms(root, reasons=reasons)
    wordings = read_wordings(root, terms={term.key for term in terms}, reasons=reasons)
    check_library(library, reasons=reasons)
    reasons.stop_if_any()
    report = Report()
    # Before the pages, which are published only in their words.
    write_terms(terms, overwrite=overwrite, report=report)
    write_wordings(wordings, overwrite=overwrite, report=report)
    _write_pages(library, report=report, overwrite=overwrite)
    write_questions(questions, overwrite=overwrite, at=at, report=report)
    write_tasks(tasks, overwrite=overwrite, report=report)
    write_country_notes(notes, overwrite=overwrite, report=report)
    institutions = root / "institutions.csv"
    if institutions.exists():
        report.left_alone += [
            f"edited by hand: {institutions.name} {one}"
            for one in institutions_that_differ(institutions)
        ]
    for course in library.courses:
        _open_edition(course.key, kind=edition, at=at, report=report)
    return report


def _write_pages(library: Library, *, report: Report, overwrite: bool) -> None:
    writer = PageWriter(report=report, overwrite=overwrite)
    home = write_home(library, writer)
    for course in library.courses:
        writer.make_room(course, home)
    for written in library.walk():
        writer.write(written)
    for course in library.courses:
        if page := writer.page_of(course):
            put_in_order(course, page, writer)


def _open_edition(key, *, kind: Edition.Kind | None, at: datetime, report: Report):
    page = CoursePage.objects.filter(
        translation_key=key, locale__language_code=SOURCE, live=True
    ).first()
    known = Edition.objects.filter(course=key).exists()
    if page is None or (known and kind is None):
        return
    kind = kind if known else Edition.Kind.NEW_RUN
    try:
        opened = open_edition(page, kind=kind, by=None, at=at)
    except Refused as refused:
        raise NotLoaded(
            [f"edition of {page.code}: {reason}" for reason in refused.reasons]
        ) from refused
    report.editions.append(f"{page.code} {opened.label}")
