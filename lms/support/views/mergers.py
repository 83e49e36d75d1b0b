"""Which two accounts are one person's, and what would move? A second one decides."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.http import require_http_methods

from lms.audit.looks import looked
from lms.people.actions import merge_preview
from lms.refusals import Refused
from lms.support import actions, merging
from lms.support.forms import MergeForm
from lms.support.views.visits import (
    ASKED,
    NAME,
    PREPARED,
    for_visitors,
)

PREVIEWED = gettext_noop("merger of accounts prepared")
FIELDS = [NAME, gettext_noop("e-mail")]
SENTENCES = merging.SENTENCES | {
    actions.NOT_HERE: gettext_lazy(
        "No account with exactly that address can be used here. Open it by itself to "
        "see why."
    )
}


@require_http_methods(["GET", "HEAD", "POST"])
@for_visitors
def merge(request):
    """Ask which; show what would move; then ask a second administrator."""
    form = MergeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return _go_on(request, form)
        except Refused as refused:
            form.add_error("address", SENTENCES[refused.reasons[0]])
    looked(request, [request.visit.person], purpose=PREPARED, fields=[NAME])
    facts = {"visit": request.visit, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "support/merge.html", facts, status=status)


def _go_on(request, form):
    now, asked = timezone.now(), form.cleaned_data
    kept, gone = actions.pair_of(
        request.visit, address=asked["address"], keep=asked["keep"], at=now
    )
    if "sure" in request.POST:
        actions.ask_merger(
            request.visit, kept=kept, gone=gone, reason=asked["reason"], at=now
        )
        messages.success(request, ASKED)
        return redirect("support_visit", request.visit.uuid)
    lines = merge_preview(kept, gone)
    looked(request, [kept, gone], purpose=PREVIEWED, fields=FIELDS)
    facts = {
        "visit": request.visit,
        "form": form,
        "kept": kept,
        "gone": gone,
        "lines": lines,
    }
    return render(request, "support/merge_preview.html", facts)
