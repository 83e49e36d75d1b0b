"""The screens of the second step: why it is needed, and allauth's, made ours."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes_views
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lms.people.duties import home_of
from lms.people.recovery_codes import may_be_downloaded, show_once
from lms.people.second_factor import BY_CODE, has_proved, ways_of
from lms.web.next import safe_next

LEADS_TO = "after_second_step"  # in a session: the page somebody wanted


@require_safe
@login_required
def second_factor(request):
    """Say why a second step is needed, or ask for the one that is there."""
    leads_to = safe_next(request) or reverse(home_of(request.user, at=timezone.now()))
    if has_proved(request):
        return redirect(leads_to)
    ways = ways_of(request.user)
    if ways:
        messages.info(
            request, _("This page needs the second step of the sign-in. Show it here.")
        )
        by_code = BY_CODE in ways
        screen = "mfa_reauthenticate" if by_code else "mfa_reauthenticate_webauthn"
        return redirect(f"{reverse(screen)}?{urlencode({'next': leads_to})}")
    request.session[LEADS_TO] = leads_to
    return render(request, "people/second_factor.html")


class RemoveKeyView(RemoveWebAuthnView):
    """Keeps the last key of somebody who must have a second step, and says why."""

    def form_valid(self, form):
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.object):
            form.add_error(None, adapter.error_messages["cannot_delete_authenticator"])
            return self.form_invalid(form)
        return super().form_valid(form)


class RecoveryCodesView(codes_views.ViewRecoveryCodesView):
    """Shows codes once, to whoever made them; later only how many are left."""

    def get_context_data(self, **kwargs):
        facts = super().get_context_data(**kwargs)
        codes = facts.pop("unused_codes")
        seen = show_once(self.request.session, id_of(self.request), at=timezone.now())
        leads_to = self.request.session.pop(LEADS_TO, "") if seen else ""
        return facts | {
            "codes": codes if seen else [],
            "number_left": len(codes),
            "leads_to": leads_to,
        }


class DownloadCodesView(codes_views.DownloadRecoveryCodesView):
    """Hands the codes out as a file while whoever made them still has the page."""

    def dispatch(self, request, *args, **kwargs):
        codes = id_of(request)
        at = timezone.now()
        if not codes or not may_be_downloaded(request.session, codes, at=at):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


def id_of(request) -> int | None:
    """Return which recovery codes the person has now."""
    codes = Authenticator.objects.filter(
        user=request.user.pk, type=Authenticator.Type.RECOVERY_CODES
    )
    return codes.values_list("pk", flat=True).first()
