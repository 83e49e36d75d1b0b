"""Which questions of a quiz have to be mended before they are asked?"""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.checks.findings import Finding
from courses.models import ModulePage, QuestionVersion, QuizPage
from courses.models.questions import QuestionQuerySet
from courses.questions.rules import problems_of
from courses.quizzes import questions_of


def questions_to_mend(page: QuizPage) -> Iterator[Finding]:
    """Yield what is wrong with what a quiz asks."""
    questions = _questions_of(page).with_current_version().order_by("code")
    questions = [one for one in questions if one.current]
    documents = QuestionVersion.objects.in_bulk([one.current for one in questions])
    if not documents:
        yield Finding(_("It has no question to ask yet."), keeps_back=False)
    languages = [code for code, _name in settings.LANGUAGES]
    for one in questions:
        document = documents[one.current].document
        words = problems_of(document, languages=languages)
        for sentence in dict.fromkeys(map(_sentence, words)):
            what = sentence % {"code": one.code}
            yield Finding(what, question=str(one.pk), keeps_back=False)


def _questions_of(page: QuizPage) -> QuestionQuerySet:
    parent = page.get_parent().specific
    if isinstance(parent, ModulePage):
        key = parent.translation_key
        return questions_of(page.purpose, module=key, modules={key})
    return questions_of(page.purpose, module=None, modules=_modules_below(parent))


def _modules_below(course: Page) -> set:
    """Return the keys of the modules of a course."""
    modules = ModulePage.objects.child_of(course)
    return set(modules.values_list("translation_key", flat=True))


def _sentence(word: str) -> str:
    if word == "no-key":
        return _("Question %(code)s: say which answer is right.")
    return _("Question %(code)s: write what is missing in one of the languages.")
