"""Allauth's screens of the sign-up and of the addresses, made ours."""

from allauth.account import views as allauth_views
from allauth.account.internal.flows.email_verification_by_code import (
    EMAIL_VERIFICATION_CODE_SESSION_KEY,
)
from allauth.account.internal.flows.manage_email import (
    can_delete_email,
    can_mark_as_primary,
)
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django.contrib import messages
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import override

from lms.people import invited
from lms.people.languages import remember_language


class SignupView(allauth_views.SignupView):
    """From here on, screens and mails are in the language chosen on this page.

    Whoever comes by the link of an invitation has shown that the address is theirs.
    """

    def dispatch(self, request, *args, **kwargs):
        self.said = invited.said(request)
        if self.said is None:
            invited.forget(request)
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        begins = invited.as_sign_up(self.said) if self.said else {}
        return super().get_initial() | begins

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if self.said:
            form.keep_address()
        return form

    def form_valid(self, form):
        language = form.cleaned_data["language"]
        with override(language):
            response = super().form_valid(form)
        remember_language(response, language)
        return response


class ConfirmEmailView(allauth_views.ConfirmEmailVerificationCodeView):
    """Says so when a code has run out, to known and unknown addresses alike."""

    def dispatch(self, request, *args, **kwargs):
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
        sentence = allauth_views.get_adapter().error_messages[reason]
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
