"""Which questions of a quiz have to be mended before they are asked?"""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.checks.findings import Finding
from courses.lines.facts import items_in
from courses.lines.rules import pools_of, scant_of
from courses.models import QuestionVersion, QuizPage
from courses.questions.rules import problems_of
from courses.quizzes import questions_below


def questions_to_mend(page: QuizPage) -> Iterator[Finding]:
    """Yield what is wrong with what a quiz asks."""
    below = questions_below(page.get_parent().specific, page.purpose)
    questions = below.with_current_version().order_by("code")
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


def lines_to_mend(page: QuizPage) -> Iterator[Finding]:
    """Yield which lines of its draw have little to choose from."""
    if not (lines := page.lines):
        return
    questions = questions_below(page.get_parent().specific, page.purpose)
    items = items_in(questions)
    for place, pool in scant_of(lines, items):
        sentence = _(
            "Line %(number)d draws %(asked)d of %(pool)d: whoever tries again is asked "
            "much of it again. Three times what is drawn is enough."
        ) % {"number": place + 1, "asked": lines[place].count, "pool": pool}
        yield Finding(sentence, "draws", keeps_back=False)
    anchors = items_in(questions.filter(anchor=True))
    fitting = set().union(*pools_of(lines, anchors))
    if left := len(anchors) - len(fitting):
        sentence = ngettext(
            "%(count)d question of the pre-test fits no line: what was learned of it "
            "is not measured.",
            "%(count)d questions of the pre-test fit no line: what was learned of them "
            "is not measured.",
            left,
        ) % {"count": left}
        yield Finding(sentence, "draws", keeps_back=False)


def _sentence(word: str) -> str:
    if word == "no-key":
        return _("Question %(code)s: say which answer is right.")
    return _("Question %(code)s: write what is missing in one of the languages.")
