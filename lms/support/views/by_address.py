"""Where is somebody without an account forgotten? Looked for, confirmed, emptied."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from lms.people.gates import for_administrators
from lms.refusals import Refused
from lms.support.by_address import forget_address, look_under
from lms.support.forms import ForgetForm

SENTENCES = {
    "address-of-an-account": gettext_lazy(
        "An account has this address. Its owner erases it in their data."
    )
}


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def by_address(request):
    """Ask which; say how much stands under it; then empty it."""
    form = ForgetForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return _go_on(request, form)
        except Refused as refused:
            form.add_error("address", SENTENCES[refused.reasons[0]])
    status = 422 if request.method == "POST" else 200
    return render(request, "support/by_address.html", {"form": form}, status=status)


def _go_on(request, form):
    asked = {"by": request.user, "at": timezone.now()}
    address = form.cleaned_data["address"]
    kinds = look_under(address, **asked)
    if "sure" in request.POST:
        forget_address(address, **asked)
        messages.success(request, _("Nothing stands under that address any more."))
        return redirect("support")
    facts = {"form": form, "address": address, "kinds": kinds}
    return render(request, "support/by_address_preview.html", facts)
