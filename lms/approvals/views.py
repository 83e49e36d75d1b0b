"""The screens of the second person: what waits, one act in words, yes or no."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.http import require_POST, require_safe

from lms.approvals import actions
from lms.approvals.desk import desk_of, has_desk, lines_of, on_desk, state_of
from lms.approvals.forms import RefuseForm
from lms.approvals.kinds import sentences_of
from lms.approvals.models import Approval
from lms.approvals.parties import why_not_another
from lms.approvals.rules import State
from lms.audit.looks import looked
from lms.people.gates import shows_people
from lms.refusals import Refused

PURPOSE = gettext_noop("approval by a second person")
FIELDS = [gettext_noop("what was asked for")]
SENTENCES = {
    "own-request": gettext_lazy("You asked for this. Somebody else decides about it."),
    "already-decided": gettext_lazy("Somebody has decided this already."),
    "too-late": gettext_lazy(
        "The time to decide is over. Whoever asked may ask once more."
    ),
    "reason-missing": gettext_lazy("Write the reason."),
    "not-yours": gettext_lazy("Your mandate does not let you decide this any more."),
    "own-grant": gettext_lazy(
        "You and whoever asked do not count as two people here: one of you granted the "
        "mandate of the other, or somebody granted both of them a short time ago. "
        "Somebody else decides about it."
    ),
    "same-person": gettext_lazy(
        "Your account and that of whoever asked seem to be of one person: the mailbox, "
        "or name and place, are the same. Somebody else decides about it."
    ),
}
CANNOT = gettext_lazy("What was asked for cannot be done any more. You may refuse it.")


@require_safe
@shows_people
@login_required
def desk(request):
    """What waits for me? And what became of what I asked for?"""
    if not has_desk(request.user):
        raise Http404
    now = timezone.now()
    found = desk_of(request.user, at=now)
    looked(request, found.people, purpose=PURPOSE, fields=FIELDS)
    return render(request, "approvals/desk.html", {"desk": found})


@require_safe
@shows_people
@login_required
def approval_page(request, approval):
    """One act in words, with Approve and Refuse for whoever may decide it."""
    found = get_object_or_404(on_desk(request.user), uuid=approval)
    return _page(request, found)


@require_POST
@shows_people
@login_required
def decide(request, approval):
    found = get_object_or_404(on_desk(request.user), uuid=approval)
    answer, now = request.POST.get("answer"), timezone.now()
    if answer not in {"approve", "refuse"}:
        return _page(request, found, errors=[_("Choose one: approve or refuse.")])
    approve, reason = answer == "approve", ""
    if not approve and not _why_not(request.user, found, at=now):
        form = RefuseForm(request.POST)
        if not form.is_valid():
            return _page(request, found, form=form)
        reason = form.cleaned_data["reason"]
    try:
        actions.decide(found, approve=approve, by=request.user, at=now, reason=reason)
    except Refused as refused:
        found.refresh_from_db()
        sentences = SENTENCES | sentences_of(found)
        said = [sentences.get(reason, CANNOT) for reason in refused.reasons]
        return _page(request, found, errors=said, status=409)
    messages.success(request, _("Approved.") if approve else _("Refused."))
    return redirect("approvals")


def _why_not(viewer, found, *, at):
    """Return why the viewer may not decide now, as words; none when they may."""
    if state_of(found, at=at) is not State.WAITING:
        return ["already-decided"]
    if Approval.objects.own(viewer).contains(found):
        return ["own-request"]
    return why_not_another(found, viewer)


def _page(request, found, *, form=None, errors=(), status=None):
    now = timezone.now()
    (line,) = lines_of([found], viewer=request.user, at=now)
    looked(request, line.summary.people, purpose=PURPOSE, fields=FIELDS)
    why_not = _why_not(request.user, found, at=now)
    facts = {
        "line": line,
        "why_not": [SENTENCES[reason] for reason in why_not],
        "waits": state_of(found, at=now) is State.WAITING,
        "form": form or RefuseForm(),
        "errors": [{"href": "#decide", "text": error} for error in errors],
        "action": reverse("decide_approval", args=[found.uuid]),
    }
    status = status or (422 if errors or form else 200)
    return render(request, "approvals/approval.html", facts, status=status)
