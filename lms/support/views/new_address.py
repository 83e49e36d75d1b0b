"""How does somebody whose mailbox is lost get in? By the link to a new one."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from lms.people.sign_in_forms import ResetPasswordKeyForm
from lms.refusals import Refused
from lms.support import actions
from lms.support.mailboxes import read_key


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_address(request, key):
    """Choose a password, and so show that the mailbox is one's own."""
    found = read_key(key)
    if found is None:
        return render(request, "support/new_address.html", status=410)
    person, address = found
    form = ResetPasswordKeyForm(
        request.POST if request.method == "POST" else None,
        user=person,
        temp_key=key,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_up_address(
                person,
                address=address,
                password=form.cleaned_data["password1"],
                at=timezone.now(),
            )
        except Refused:  # somebody else was given it a moment ago
            return render(request, "support/new_address.html", status=410)
        messages.success(
            request, _("Your account has its new address. Sign in with it.")
        )
        return redirect("account_login")
    facts = {"form": form, "address": address}
    status = 422 if request.method == "POST" else 200
    return render(request, "support/new_address.html", facts, status=status)
