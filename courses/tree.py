"""The live tree of a course: its activities in order, in every language."""

from dataclasses import dataclass, field
from uuid import UUID

from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from courses.cases.document import document_of
from courses.cases.faults import untranslated
from courses.models import CasePage, CoursePage, LessonPage, ModulePage, QuizPage
from courses.outline import turn_of
from courses.translating import texts_left
from lms.people.choices import Track


@dataclass(frozen=True, slots=True)
class Node:
    """A live page of the source language with its live translations."""

    page: Page
    number: str
    module: "Node | None" = None
    translations: dict[str, Page] = field(default_factory=dict)

    @property
    def key(self) -> UUID:
        return self.page.translation_key

    @property
    def titles(self) -> dict[str, str]:
        return {language: page.title for language, page in self.translations.items()}

    @property
    def revisions(self) -> dict[str, int]:
        return {
            language: page.live_revision_id
            for language, page in self.translations.items()
        }

    @property
    def required_for(self) -> list[str]:
        """The tracks that must do it: of quizzes, everybody the final test alone."""
        if isinstance(self.page, QuizPage):
            return list(Track.values) if self.is_final else []
        if isinstance(self.page, CasePage):
            return self.page.required_for
        return self.module.page.required_for

    @property
    def recommended_for(self) -> list[str]:
        """The tracks that should do it: a practice those who must do its module."""
        if isinstance(self.page, QuizPage):
            if self.module:
                return self.module.page.required_for
            return [] if self.is_final else list(Track.values)
        if isinstance(self.page, CasePage):
            return []
        return self.module.page.recommended_for

    @property
    def is_final(self) -> bool:
        return self.is_quiz_for(QuizPage.Purpose.FINAL)

    def is_quiz_for(self, purpose: str) -> bool:
        return isinstance(self.page, QuizPage) and self.page.purpose == purpose


def course_node(course_page: CoursePage) -> Node:
    """Return the course itself with its live translations."""
    return _node(course_page, number="")


def activities_in(course_page: CoursePage) -> list[Node]:
    """Return the live lessons, quizzes and cases of a course, in reading order.

    Lessons are numbered 1.1, 1.2 …; a pre-test has no number. It comes first and the
    final test last, wherever an editor put them: a module that is added later stands
    below the test in the tree. Modules, cases and the final test are counted together.
    """
    nodes = []
    parts = 0
    children = course_page.get_children().live().specific()
    for child in sorted(children, key=_turn):
        if isinstance(child, ModulePage):
            parts += 1
            nodes += _activities_in_module(_node(child, number=str(parts)))
        elif _is_pretest(child):
            nodes.append(_node(child, number=""))
        elif isinstance(child, CasePage | QuizPage):
            parts += 1
            nodes.append(_node(child, number=str(parts)))
    return nodes


def _turn(page: Page) -> int:
    return turn_of(page.purpose if isinstance(page, QuizPage) else "")


def _is_pretest(page: Page) -> bool:
    return isinstance(page, QuizPage) and page.purpose == QuizPage.Purpose.PRETEST


def _activities_in_module(module: Node) -> list[Node]:
    children = module.page.get_children().live().specific()
    pages = [page for page in children if isinstance(page, LessonPage | QuizPage)]
    return [
        _node(page, number=f"{module.number}.{place}", module=module)
        for place, page in enumerate(pages, start=1)
    ]


def _node(page: Page, *, number: str, module: Node | None = None) -> Node:
    others = page.get_translations().live().specific().select_related("locale")
    return Node(
        page=page,
        number=number,
        module=module,
        translations={
            page.locale.language_code: page,
            **{other.locale.language_code: other for other in others},
        },
    )


def has_drafts(node: Node) -> bool:
    """Whether a language of the page has changes that nobody has published."""
    return any(page.has_unpublished_changes for page in node.translations.values())


def lacks_a_language(node: Node, *, languages: list[str]) -> bool:
    """Whether the page is missing, or translated only in part, in a language."""
    if set(languages) - set(node.translations):
        return True
    if isinstance(node.page, CasePage) and untranslated(document_of(node.translations)):
        return True
    return any(not _is_whole(node.page, language) for language in languages)


def _is_whole(page: Page, language: str) -> bool:
    translation = Translation.objects.filter(
        source__object_id=page.translation_key,
        source__locale=page.locale,
        target_locale=Locale.objects.get(language_code=language),
        enabled=True,
    ).first()
    # None: the source itself, or a page kept without segments.
    return translation is None or not texts_left(translation).exists()
