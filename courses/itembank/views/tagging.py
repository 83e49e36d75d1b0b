"""One tag for many questions at once: those ticked, or all that the list found."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.itembank import actions
from courses.itembank.facts import entries, places_in
from courses.itembank.finding import find
from courses.itembank.forms import sentence_of
from courses.itembank.rules import tags_in
from courses.views.gates import for_writers_of_questions
from lms.refusals import Refused


@require_POST
@for_writers_of_questions
def tag_questions(request: HttpRequest) -> HttpResponse:
    """Add or take away a tag, and go back to the list as it was."""
    asked = QueryDict(request.POST.get("list", "").lstrip("?"))
    words = tags_in(request.POST.get("tag", ""))
    keys = _keys(request, asked)
    if len(words) != 1:
        messages.error(request, _("Write one tag, without a comma."))
    elif not keys:
        messages.error(request, _("Choose at least one question."))
    else:
        _tag(request, keys, words[0])
    return redirect(f"{reverse('question:index')}?{asked.urlencode()}")


def _keys(request: HttpRequest, asked: QueryDict) -> list[UUID]:
    """Return which questions are meant; a name of none is passed over."""
    if request.POST.get("all"):
        every = entries(places_in(get_language()))
        return [one.key for one in find(every, asked).entries]
    return [key for text in request.POST.getlist("question") if (key := _uuid(text))]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _tag(request: HttpRequest, keys: list[UUID], word: str) -> None:
    away = "away" in request.POST
    try:
        count = actions.tag_many(keys, word=word, away=away, by=request.user)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, sentence_of(reason))
        return
    messages.success(request, _said(count))


def _said(count: int) -> str:
    return ngettext(
        "The tags of %(count)d question changed.",
        "The tags of %(count)d questions changed.",
        count,
    ) % {"count": count}
