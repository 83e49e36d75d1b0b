"""One question of the bank: as a learner sees it, resting it, and asking it again."""

from random import SystemRandom
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.forms import AnswerSheet
from courses.itembank import actions, words
from courses.itembank.rules import State
from courses.itembank.using import draws_of, holdings_of, standing_of
from courses.models import AttemptItem, Question
from courses.questions.kinds import kind_of
from courses.questions.rules import order_shown
from courses.results import explanation_of
from courses.views.gates import for_readers_of_questions, for_writers_of_questions
from lms.refusals import Refused

LANGUAGES = dict(settings.LANGUAGES)


@require_safe
@for_readers_of_questions
def preview(request: HttpRequest, question: UUID) -> HttpResponse:
    """Show it as a test does, in either language; nothing of it is kept."""
    found = get_object_or_404(Question, pk=question)
    language = request.GET.get("lang", get_language())
    if language not in LANGUAGES:
        raise Http404
    version = found.versions.order_by("-number").first()
    document = version.document
    shown = order_shown(document, chance=SystemRandom())
    item = AttemptItem(position=1, version=version, shown=shown)
    with override(language):
        facts = {
            "code": found.code,
            "object": found,
            "question": AnswerSheet([item], language=language).questions[0],
            "total": 1,
            "language": language,
            "explanation": explanation_of(item, language)
            if request.GET.get("key")
            else None,
            "told": {"is_order": kind_of(document).is_order},
        }
        return render(request, "itembank/preview.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers_of_questions
def rest(request: HttpRequest, question: UUID) -> HttpResponse:
    """Say what becomes of tests when it is retired, or asked again; then do it."""
    found = get_object_or_404(Question, pk=question)
    state = standing_of(found)
    if state == State.DRAFT:
        return redirect("question:edit", found.pk)
    if request.method == "POST":
        return _rested(request, found, state)
    return _screen(request, found, state)


def _rested(request: HttpRequest, found: Question, state: str) -> HttpResponse:
    try:
        if state == State.ASKED:
            actions.retire_question(found, by=request.user, at=timezone.now())
            messages.success(request, _("The question is retired."))
        else:
            actions.bring_back(found, by=request.user)
            messages.success(request, _("The question is asked again."))
    except Refused:
        return _screen(request, found, state, status=422)
    return redirect("question:inspect", found.pk)


def _screen(request, found: Question, state: str, *, status: int = 200) -> HttpResponse:
    draws = draws_of(found)
    open_attempts = sum(one.open for one in holdings_of(found))
    facts = {
        "object": found,
        "is_asked": state == State.ASKED,
        "draws": [(one, one.row.title(get_language())) for one in draws],
        "short": [one for one in draws if one.falls_short],
        "open": words.few(open_attempts),
    }
    return render(request, "itembank/rest.html", facts, status=status)
