"""Which tokens do my mandates have, how do I make one, and how do I revoke it?"""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lms.people.choices import Role
from lms.people.gates import for_holders
from lms.refusals import Refused
from lms.tokens import actions
from lms.tokens.forms import TokenForm
from lms.tokens.models import Token
from lms.tokens.own import tokens_of
from lms.tokens.rules import digest_of
from lms.tokens.shown_once import COOKIE, taken_away, to_its_page


@require_safe
@for_holders(Role.MINISTRY)
def tokens(request):
    rows = tokens_of(request.user, on=timezone.localdate())
    return render(request, "tokens/tokens.html", {"rows": rows})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_holders(Role.MINISTRY)
@reauthentication_required
def new_token(request):
    """Make a token, and lead to the page that shows its secret once."""
    now = timezone.now()
    posted = request.POST if request.method == "POST" else None
    on = timezone.localdate(now)
    form = TokenForm(posted, mandates=request.mandates, on=on)
    if form.is_valid():
        try:
            made, secret = actions.make(
                form.cleaned_data["mandate"],
                by=request.user,
                name=form.cleaned_data["name"],
                until_on=form.cleaned_data["until_on"],
                at=now,
            )
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            page = reverse("token_made", args=[made.uuid])
            return to_its_page(request, page, secret)
    status = 422 if form.is_bound else 200
    return render(request, "tokens/new.html", {"form": form}, status=status)


@never_cache
@require_safe
@for_holders(Role.MINISTRY)
def token_made(request, token):
    """Show the secret of a token that was made just now; a second time there is none.

    Whoever brings another one than that token's is shown nothing.
    """
    secret = request.COOKIES.get(COOKIE, "")
    own = Token.objects.own(request.user).with_mandate()
    found = get_object_or_404(own, uuid=token)
    if found.digest != digest_of(secret):
        return redirect("tokens")
    facts = {"token": found, "secret": secret}
    return taken_away(request, render(request, "tokens/made.html", facts))


@require_http_methods(["GET", "HEAD", "POST"])
@for_holders(Role.MINISTRY)
def revoke_token(request, token):
    """Revoke a token of my own, on a page that asks once more."""
    open_ones = Token.objects.own(request.user).unrevoked().with_mandate()
    found = get_object_or_404(open_ones, uuid=token)
    if request.method != "POST":
        return _revoke_page(request, found)
    actions.revoke(found, by=request.user, at=timezone.now())
    messages.success(request, _("You revoked the token: it opens nothing any more."))
    return redirect("tokens")


def _revoke_page(request, token):
    facts = {
        "heading": _("Revoke a token"),
        "text": _(
            "%(name)s (%(prefix)s…). The program that uses it gets no answer any more, "
            "at once and for good."
        )
        % {"name": token.name, "prefix": token.prefix},
        "action": reverse("revoke_token", args=[token.uuid]),
        "button": _("Revoke it"),
        "cancel": reverse("tokens"),
        "danger": True,
    }
    return render(request, "parts/confirm.html", facts)
