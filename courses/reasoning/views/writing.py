"""A learner's own page of reasons: written, handed in, read with its marking."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.models import EditionReasoning, Enrolment, Paper
from courses.models.editions import in_language
from courses.reasoning import actions, rules
from courses.reasoning.facts import asked_of, has_reader, paper_of
from courses.reasoning.forms import AgainForm, ReasonsForm
from courses.reasoning.words import lines_of, sentence_of, state_of, told
from courses.views.own import own_enrolment
from lms.people.typed import keeps_what_was_typed, typed_at
from lms.refusals import Refused

HAND_IN = "hand-in"


@keeps_what_was_typed("reasons")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reasons(request: HttpRequest, enrolment: UUID) -> HttpResponse:
    """Show the task with the page so far; keep it, or hand it in."""
    found = own_enrolment(request, enrolment)
    asked, paper = _asked(found), paper_of(found)
    if paper and paper.handed_in_at:
        if request.method == "POST":
            return redirect("reasons", found.pk)
        return _handed_in(request, found, paper, AgainForm())
    if request.method != "POST":
        given = typed_at(request, "reasons", enrolment=found.pk)
        text = given.get("text", "") if given else paper.text if paper else ""
        return _page(request, found, asked, paper, ReasonsForm(initial={"text": text}))
    form = ReasonsForm(request.POST)
    if form.is_valid() and _kept(request, found, form):
        return redirect("reasons", found.pk)
    return _page(request, found, asked, paper, form, status=422)


def _asked(enrolment: Enrolment) -> EditionReasoning:
    asked = asked_of(enrolment)
    if asked is None:
        raise Http404
    return asked


def _kept(request, enrolment: Enrolment, form: ReasonsForm) -> bool:
    hands_in = request.POST.get("go") == HAND_IN
    act = actions.hand_in if hands_in else actions.save_draft
    text = form.cleaned_data["text"]
    try:
        act(enrolment, text=text, language=get_language(), at=timezone.now())
    except Refused as refused:
        for reason in refused.reasons:
            form.add_error("text", sentence_of(reason))
        return False
    if hands_in:
        messages.success(request, _("Your page is handed in."))
    else:
        messages.success(request, _("The draft is saved. It is not handed in yet."))
    return True


def _page(
    request,
    enrolment: Enrolment,
    asked: EditionReasoning,
    paper: Paper | None,
    form: ReasonsForm,
    *,
    status: int = 200,
) -> HttpResponse:
    text = form["text"].value() or ""
    facts = _common(enrolment, asked, paper) | {
        "form": form,
        "words": rules.words_in(text),
        "least": rules.LEAST_WORDS,
        "most": rules.MOST_WORDS,
        "draft": paper,
        "is_read": has_reader(request.user, on=timezone.localdate()),
    }
    return render(request, "courses/reasoning/write.html", facts, status=status)


def _common(
    enrolment: Enrolment, asked: EditionReasoning, paper: Paper | None
) -> dict[str, object]:
    language = get_language()
    return {
        "enrolment": enrolment,
        "course_title": enrolment.edition.title(language),
        "title": asked.title(language),
        "brief": in_language(asked.document["briefs"], language),
        "lines": lines_of(asked.document, language),
        "counts": asked.counts and enrolment.full,
        "state": state_of(paper),
    }


def _handed_in(
    request, enrolment: Enrolment, paper: Paper, form: AgainForm, *, status: int = 200
) -> HttpResponse:
    common = _common(enrolment, paper.asked, paper)
    readings = list(paper.markings.all()) if paper.levels else []
    facts = common | {
        "paper": paper,
        "form": form,
        "told": told(common["lines"], paper.levels) if paper.levels else [],
        "comments": [one.comment for one in readings if one.comment],
        "readings": len(readings),
        "may_ask": paper.settled_at and not paper.asked_again_at and paper.sealed,
        "is_read": has_reader(request.user, on=timezone.localdate()),
    }
    return render(request, "courses/reasoning/handed_in.html", facts, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def again(request: HttpRequest, enrolment: UUID) -> HttpResponse:
    """Ask for another marking; read, it is the page itself."""
    found = own_enrolment(request, enrolment)
    _asked(found)
    paper = paper_of(found)
    if request.method != "POST" or paper is None or paper.handed_in_at is None:
        return redirect("reasons", found.pk)
    form = AgainForm(request.POST)
    if form.is_valid():
        try:
            actions.ask_again(
                paper, reason=form.cleaned_data["reason"], at=timezone.now()
            )
        except Refused as refused:
            form.add_error(None, sentence_of(refused.reasons[0]))
        else:
            messages.success(request, _("Somebody else will mark your page."))
            return redirect("reasons", found.pk)
    return _handed_in(request, found, paper, form, status=422)
