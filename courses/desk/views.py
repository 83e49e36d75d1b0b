"""The editor's first page: what waits, each thing with the page where it is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.models import Page

from courses.analysis.figures import doubtful_in
from courses.analysis.words import signs_of
from courses.correcting.facts import waiting
from courses.desk import facts
from courses.desk.courses import courses_of
from courses.desk.jobs import jobs_of
from lms.people.choices import Language

SHOWN = 5  # at once; the others are one press away


@dataclass(frozen=True, slots=True)
class Row:
    """A page that waits: where it is worked on, and what about it."""

    title: str
    address: str
    about: str


@dataclass(frozen=True, slots=True)
class Pile:
    """Everything that waits for one reason."""

    key: str
    heading: str
    empty: str
    rows: list[Row]

    @property
    def first(self) -> list[Row]:
        return self.rows[:SHOWN]

    @property
    def others(self) -> list[Row]:
        return self.rows[SHOWN:]


class Desk(Component):
    """Stands in place of Wagtail's list of reviews, and says when nothing waits."""

    name = "desk"
    order = 100
    template_name = "courses/admin/desk.html"

    def get_context_data(self, parent_context):
        editor = parent_context["request"].user
        return {
            "jobs": jobs_of(editor),
            "courses": courses_of(editor),
            "piles": piles(editor),
        }


def desk_first(request, panels: list[Component]) -> None:
    """Put the desk on the first page."""
    panels[:] = [
        panel
        for panel in panels
        if not isinstance(panel, WorkflowObjectsToModeratePanel)
    ]
    panels.append(Desk())


def no_numbers(request, items: list) -> None:
    """Take the numbers of pages and files off the first page: nothing is to be done."""
    items.clear()


def piles(editor) -> list[Pile]:
    """Return what waits for the editor, what others wait for first."""
    pages = facts.pages_of(editor)
    courses = facts.courses_by_path()

    def rows(found: Iterable[tuple[Page, str]]) -> list[Row]:
        return [_row(page, about, courses) for page, about in found]

    return [
        Pile(
            "review",
            _("For you to review"),
            _("Nobody waits for your review."),
            rows((page, "") for page in facts.to_review(editor)),
        ),
        Pile(
            "drafts",
            _("Drafts that nobody can read yet"),
            _("Everything that was written is published."),
            rows((page, _draft(page)) for page in facts.drafts(pages)),
        ),
        Pile(
            "untranslated",
            _("Not translated"),
            _("Every published page is there in every language."),
            rows((one.page, _missing(one)) for one in facts.untranslated(pages)),
        ),
        Pile(
            "behind",
            _("Translations behind their original"),
            _("Every translation says what its original says."),
            rows((one.page, _behind(one)) for one in facts.behind(pages)),
        ),
        Pile(
            "timed",
            _("Appearing or ending by themselves"),
            _("No page has a time at which it appears or ends."),
            rows(
                (one.page, _when(one)) for one in facts.timed(pages, at=timezone.now())
            ),
        ),
        *_of_questions(editor),
    ]


def _of_questions(editor) -> list[Pile]:
    """Return the questions that answers speak against, to those who may read them."""
    if not editor.has_perm("courses.view_question"):
        return []
    rows = [
        Row(
            title=f"{item.code}: {item.stem(get_language())}",
            address=reverse("analysis_question", args=[test, item.version.pk]),
            about=signs_of(item)[0],
        )
        for test, item in doubtful_in(get_language())
    ]
    keys = [
        Row(
            title=str(one.version.question),
            address=reverse("key_correction", args=[one.pk]),
            about=f"{one.proposed_by}, {_moment(one.proposed_at)}",
        )
        for one in waiting()
    ]
    return [
        Pile(
            "keys", _("Keys to approve"), _("No key waits for a second person."), keys
        ),
        Pile(
            "questions",
            _("Questions to look at"),
            _("No answers speak against a question."),
            rows,
        ),
    ]


def _row(page: Page, about: str, courses: dict[str, str]) -> Row:
    course = next((courses[at] for at in courses if page.path.startswith(at)), "")
    language = Language(page.locale.language_code).label
    said = [str(page.page_type_display_name), str(language), course, about]
    if course == page.draft_title:
        said.remove(course)
    return Row(
        title=page.get_admin_display_title(),
        address=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        about=" · ".join(filter(None, said)),
    )


def _draft(page: Page) -> str:
    if page.live:
        return _("readers see the text from before")
    return _("never published") if page.first_published_at is None else _("taken down")


def _missing(one: facts.Untranslated) -> str:
    language = Language(one.language).in_a_sentence
    if not one.texts:
        return _("readers of %(language)s do not have it") % {"language": language}
    return ngettext(
        "%(count)s text not translated into %(language)s",
        "%(count)s texts not translated into %(language)s",
        one.texts,
    ) % {"count": one.texts, "language": language}


def _behind(one: facts.Behind) -> str:
    names = ", ".join(Language(code).in_a_sentence for code in one.languages)
    return _("sync it, for: %(languages)s") % {"languages": names}


def _when(one: facts.Timed) -> str:
    words = _("ends on %(moment)s") if one.ends else _("appears on %(moment)s")
    return words % {"moment": _moment(one.at)}


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")
