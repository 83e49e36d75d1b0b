"""Correcting a key: what is right instead, whom it concerns, and the second person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.log_actions import log

from courses.correcting import actions
from courses.correcting.facts import Impact, impact_of
from courses.correcting.signing import answer_of, losses_in_words
from courses.correcting.tasks import grade_attempts_anew
from courses.forms import AnswerSheet
from courses.models import AttemptItem, KeyCorrection, QuestionVersion
from courses.questions.kinds import kind_of
from courses.questions.words import key_lines_of, text_of
from courses.views.gates import for_writers_of_questions
from lms.refusals import Refused
from lms.thresholds import TO_EDITORS, fewer_than

SENTENCES = {
    "no-answer": gettext_lazy("Choose what is right."),
    "not-complete": gettext_lazy("Choose an answer for every part of the question."),
    "same-key": gettext_lazy("This is the key that the question has. Choose another."),
    "no-reason": gettext_lazy("Write why the key is wrong, with the source."),
    "no-reason-to-lower": gettext_lazy(
        "Write why marks are to fall as well. The regional secretariat reads it."
    ),
    "proposed": gettext_lazy("A correction of this version is there already."),
    "approved": gettext_lazy("This correction is in force. Nothing was changed."),
    "not-to-lower": gettext_lazy(
        "Two editors have not said that marks fall by this key. Nobody is asked."
    ),
    "answered": gettext_lazy("The regional secretariat has answered. It stays so."),
    "same-person": gettext_lazy(
        "Somebody else has to approve what you proposed. Nothing was changed."
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers_of_questions
def propose(request: HttpRequest, version: int) -> HttpResponse:
    """Ask what is right instead of the key, and why."""
    found = get_object_or_404(
        QuestionVersion.objects.select_related("question", "correction"), pk=version
    )
    if hasattr(found, "correction"):
        return redirect("key_correction", found.correction.pk)
    posted = request.POST if request.method == "POST" else None
    sheet = AnswerSheet([_as_asked(found)], language=get_language(), posted=posted)
    errors = _proposed(request, found, sheet) if posted is not None else []
    if posted is not None and not errors:
        return redirect("key_correction", found.correction.pk)
    shown = {
        "version": found,
        "questions": sheet.questions,
        "key": key_lines_of(found.document, found.document["correct"], get_language()),
        "reason": request.POST.get("reason", ""),
        "falls": "falls" in request.POST,
        "lowering": request.POST.get("lowering", ""),
        "errors": errors,
    }
    return render(
        request, "correcting/propose.html", shown, status=422 if errors else 200
    )


def _as_asked(version: QuestionVersion) -> AttemptItem:
    """Return the question as a learner would get it, in the order it was written."""
    document = version.document
    shown = kind_of(document).as_written(document)
    return AttemptItem(position=1, version=version, shown=shown)


def _proposed(request, version: QuestionVersion, sheet: AnswerSheet) -> list[str]:
    """Return why nothing was proposed; nothing when it was."""
    if not sheet.is_valid:
        return [str(SENTENCES["not-complete"])]
    try:
        version.correction = actions.propose_key(
            version,
            correct=sheet.answers.get(1),
            reason=request.POST.get("reason", "")[:1000],
            by=request.user,
            at=timezone.now(),
            lowering=request.POST.get("lowering", "")[:255]
            if "falls" in request.POST
            else None,
        )
    except Refused as refused:
        return [str(SENTENCES[reason]) for reason in refused.reasons]
    log(version.question, "courses.key.propose", user=request.user)
    return []


@require_http_methods(["GET", "HEAD"])
@for_writers_of_questions
def correction(request: HttpRequest, correction: int) -> HttpResponse:
    """Show what is proposed, whom it concerns, and what waits."""
    found = _found(correction)
    document, language = found.version.document, get_language()
    impact = impact_of(found.version, found.correct)
    shown = {
        "correction": found,
        "stem": text_of(document["stem"], language),
        "key": key_lines_of(document, document["correct"], language),
        "right": key_lines_of(document, found.correct, language),
        "impact": _in_words(impact),
        "is_mine": found.proposed_by_id == request.user.pk,
        "losses": losses_in_words(found) if found.lowering else [],
        "answer": answer_of(found, at=timezone.now()),
    }
    return render(request, "correcting/correction.html", shown)


def _found(key: int) -> KeyCorrection:
    rows = KeyCorrection.objects.select_related(
        "version__question", "proposed_by", "approved_by", "signed_by"
    )
    return get_object_or_404(rows, pk=key)


def _in_words(impact: Impact) -> dict[str, str]:
    """Return the counts as editors may read them: of few people none."""
    counts = {
        "handed_in": impact.handed_in,
        "rise": impact.rise,
        "passes": impact.passes,
        "open": impact.open,
    }
    return {
        name: fewer_than(TO_EDITORS) if 0 < number < TO_EDITORS else str(number)
        for name, number in counts.items()
    }


@require_POST
@for_writers_of_questions
def approve(request: HttpRequest, correction: int) -> HttpResponse:
    """Let the new key stand, as the second person, and grade anew."""
    found = _found(correction)
    try:
        actions.approve_key(found, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, SENTENCES[refused.reasons[0]])
    else:
        log(found.version.question, "courses.key.approve", user=request.user)
        grade_attempts_anew.enqueue(found.pk)
        messages.success(request, _("The key is corrected. Attempts are graded anew."))
    return redirect("key_correction", found.pk)


@require_POST
@for_writers_of_questions
def ask_again(request: HttpRequest, correction: int) -> HttpResponse:
    """Ask the secretariat once more whether marks fall: nobody answered in time."""
    found = _found(correction)
    try:
        actions.ask_to_lower(found, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, SENTENCES[refused.reasons[0]])
    else:
        messages.success(request, _("The regional secretariat is asked."))
    return redirect("key_correction", found.pk)


@require_POST
@for_writers_of_questions
def withdraw(request: HttpRequest, correction: int) -> HttpResponse:
    """Forget a proposal."""
    found = _found(correction)
    question = found.version.question
    try:
        actions.withdraw_key(found)
    except Refused as refused:
        messages.error(request, SENTENCES[refused.reasons[0]])
        return redirect("key_correction", found.pk)
    log(question, "courses.key.withdraw", user=request.user)
    messages.success(request, _("The proposal is gone. The key stays as it was."))
    return redirect("question:inspect", question.pk)
