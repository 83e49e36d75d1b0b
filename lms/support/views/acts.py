"""How is something done to the account that is open? Asked for once more, with why."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from lms.audit.looks import looked
from lms.refusals import Refused
from lms.support.acts import acts_for
from lms.support.asking import help_with
from lms.support.forms import CANNOT_BE_USED
from lms.support.views.visits import (
    ASKED,
    NAME,
    PREPARED,
    for_visitors,
)

SENTENCES = {
    "address-cannot-be-used": ("address", CANNOT_BE_USED),
    "already-over": ("mandate", gettext_lazy("This mandate has ended already.")),
    "account-erased": (
        None,
        gettext_lazy("The account was erased. Nothing brings it back."),
    ),
    "account-merged": (
        None,
        gettext_lazy("The account has become part of another one."),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@for_visitors
def act(request, act):
    """Ask whether and why, then do it, or ask a second administrator."""
    person = request.visit.person
    found = next((a for a in acts_for(person) if a.slug == act), None)
    if found is None:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = found.form(posted, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            done = help_with(
                found, request.visit, at=timezone.now(), **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(*SENTENCES[refused.reasons[0]])
        else:
            messages.success(request, found.done if done else ASKED)
            return redirect("support_visit", request.visit.uuid)
    looked(request, [person], purpose=PREPARED, fields=[NAME])
    facts = {
        "visit": request.visit,
        "act": found,
        "form": form,
        "needs_second": found.needs_second(person),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "support/act.html", facts, status=status)
