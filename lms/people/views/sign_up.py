"""Allauth's screens of the sign-up and of the addresses, made ours."""

from allauth.account import views as allauth_views
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification_by_code import (
    EMAIL_VERIFICATION_CODE_SESSION_KEY,
)
from allauth.account.internal.flows.manage_email import (
    can_delete_email,
    can_mark_as_primary,
)
from allauth.account.internal.flows.signup import complete_signup
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from lms.people import invited, signing_up
from lms.people.choices import Track
from lms.people.languages import remember_language
from lms.people.starts import LeadsToACourse
from lms.people.views.confirm_sign_up import ConfirmSignUpView, open_account


class SignupView(LeadsToACourse, allauth_views.SignupView):
    """From here on, screens and mails are in the language chosen on this page.

    Whoever comes by the link of an invitation has shown that the address is theirs.
    """

    def dispatch(self, request, *args, **kwargs):
        self.said = invited.said(request)
        if self.said is None:
            invited.forget(request)
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        """Begin with what is known: of the profession, what the catalogue was asked."""
        track = self.request.GET.get("track", "")
        begins = {"track": track} if track in Track.values else {}
        begins |= invited.as_sign_up(self.said) if self.said else {}
        begins |= invited.as_post(self.said) if self.said else {}
        return super().get_initial() | begins

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if self.said:
            form.keep_address()
        return form

    def form_valid(self, form):
        """Hash the password, then have a letter sent: as much work for everybody."""
        self.address = form.cleaned_data["email"]
        sign_up = form.as_sign_up(leads_to=self.get_success_url(), at=timezone.now())
        with override(sign_up.language):
            response = self.open_if_proven(sign_up) or self.ask_for_code(sign_up)
        remember_language(response, sign_up.language)
        return response

    def open_if_proven(self, sign_up):
        """Open the account at once if the address is shown to be theirs, and free."""
        adapter = get_adapter(self.request)
        if not adapter.is_email_verified(self.request, sign_up.address):
            return None
        person = open_account(sign_up)
        if person is None:
            return None
        invited.forget(self.request)
        return complete_signup(self.request, user=person, redirect_url=sign_up.leads_to)

    def ask_for_code(self, sign_up):
        signing_up.begin(self.request, sign_up)
        return redirect("account_email_verification_sent")


class ConfirmEmailView(allauth_views.ConfirmEmailVerificationCodeView):
    """Of an account, new ones apart; says so when a code has run out."""

    def dispatch(self, request, *args, **kwargs):
        if sign_up := signing_up.kept(request):
            return ConfirmSignUpView.as_view(sign_up=sign_up)(request)
        waiting = EMAIL_VERIFICATION_CODE_SESSION_KEY in request.session
        response = super().dispatch(request, *args, **kwargs)
        ended = EMAIL_VERIFICATION_CODE_SESSION_KEY not in request.session
        if waiting and ended and self._process is None:
            messages.warning(
                request, _("The code has expired. Sign in and we send another one.")
            )
        return response


class EmailView(allauth_views.EmailView):
    """The addresses of an account; what cannot be done answers 409 and says why."""

    def _get_email_address(self, request):
        address = super()._get_email_address(request)
        if address is None:
            raise Http404
        return address

    def _action_remove(self, request, *args, **kwargs):
        if not can_delete_email(self._get_email_address(request)):
            return self.refuse("cannot_remove_primary_email")
        return super()._action_remove(request, *args, **kwargs)

    def _action_primary(self, request, *args, **kwargs):
        if not can_mark_as_primary(self._get_email_address(request)):
            return self.refuse("unverified_primary_email")
        return super()._action_primary(request, *args, **kwargs)

    def refuse(self, reason):
        sentence = get_adapter().error_messages[reason]
        form = self.get_form_class()(user=self.request.user)
        context = self.get_context_data(form=form, refusal=sentence)
        return self.render_to_response(context, status=409)


class ReauthenticateKeyView(ReauthenticateWebAuthnView):
    """Says what was wrong with the key where it was asked for."""

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data() | {"form": form})


def refusing(view):
    """Answer 422, not 200, where a form that was posted is shown again."""

    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        shown = getattr(response, "context_data", None) or {}
        forms = [shown[name] for name in ("form", "webauthn_form") if shown.get(name)]
        if request.method == "POST" and response.status_code == 200:
            response.status_code = 422 if any(form.errors for form in forms) else 200
        return response

    return answer
