"""How do I accept what is offered to me? By a code from the mailbox it was sent to."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from lms.mandates import actions
from lms.mandates.forms import ProofForm
from lms.mandates.own import answerable_by, row_of
from lms.mandates.views.refusing import refused_page
from lms.refusals import Refused

# What is wrong with the code is said at its field; the rest on a page of its own.
OF_THE_CODE = {
    "wrong-code": gettext_lazy(
        "This is not the code, or it is too old. Read the last message, or have "
        "another code sent."
    ),
    "too-many-tries": gettext_lazy("Too many tries. Wait ten minutes and try again."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def accept(request, mandate):
    """Say what is accepted, and send a code to the mailbox of the offer."""
    now = timezone.now()
    found = _find(request, mandate, at=now)
    if request.method != "POST":
        facts = {"row": row_of(found, on=timezone.localdate(now))}
        return render(request, "mandates/accept.html", facts)
    if found.holder_id:
        return redirect("my_mandates")
    try:
        actions.send_code(found, by=request.user, at=now)
    except Refused as refused:
        return _not_accepted(request, refused)
    return redirect("accept_mandate_code", mandate=found.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def accept_code(request, mandate):
    """Take the code, and with the right one the mandate."""
    now = timezone.now()
    found = _find(request, mandate, at=now)
    form = ProofForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _code_page(request, found, form)
    code = form.cleaned_data["code"]
    try:
        actions.accept(found, by=request.user, code=code, at=now)
    except Refused as refused:
        said = OF_THE_CODE.get(refused.reasons[0])
        if said is None:
            return _not_accepted(request, refused)
        form.add_error("code", said)
        return _code_page(request, found, form)
    messages.success(request, _("You accepted the mandate."))
    return redirect("my_mandates")


def _find(request, mandate, *, at):
    theirs = answerable_by(request.user, on=timezone.localdate(at))
    return get_object_or_404(theirs.with_place(), uuid=mandate)


def _code_page(request, found, form):
    status = 422 if form.is_bound else 200
    facts = {"mandate": found, "form": form}
    return render(request, "mandates/accept_code.html", facts, status=status)


def _not_accepted(request, refused):
    return refused_page(request, refused, heading=_("The mandate was not accepted"))
