"""Where the code proves the address of whoever signs up: only then there is an account.

The screen is that of every code; it says the same to known and unknown addresses.
"""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.signup import complete_signup
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView

from lms.people import actions, invited, signing_up, starts
from lms.people.models import User
from lms.people.sign_in_forms import ConfirmSignUpForm
from lms.people.signing_up import SignUp
from lms.web.next import by_way_of


class ConfirmSignUpView(FormView):
    """Takes the code, or sends another one; `sign_up` is what waits for it."""

    template_name = "account/confirm_email_verification_code.html"
    form_class = ConfirmSignUpForm
    sign_up: SignUp | None = None

    def dispatch(self, request, *args, **kwargs):
        if self.sign_up.is_over(at=timezone.now()):
            return self.end(
                _("The code has expired. Sign up again and we send another one.")
            )
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if request.POST.get("action") == "resend" and self.sign_up.may_resend:
            signing_up.send_again(request, self.sign_up)
            return redirect("account_email_verification_sent")
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"sign_up": self.sign_up}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "verify_form": context["form"],
            "email": self.sign_up.address,
            "can_resend": self.sign_up.may_resend,
            "start": starts.start_in(self.sign_up.leads_to),
            "start_again": by_way_of("account_signup", self.sign_up.leads_to),
        }

    def form_invalid(self, form):
        self.sign_up.wrong += 1
        if not self.sign_up.has_tries_left:
            return self.end(
                _("Too many tries. Sign up again and we send another code.")
            )
        signing_up.keep(self.request, self.sign_up)
        return super().form_invalid(form)

    def form_valid(self, form):
        signing_up.forget(self.request)
        person = open_account(self.sign_up)
        if person is None:
            sentence = _("There is an account with this address by now. Sign in to it.")
            messages.warning(self.request, sentence)
            return redirect(by_way_of("account_login", self.sign_up.leads_to))
        invited.forget(self.request)
        tell_confirmed(self.request, person)
        return complete_signup(
            self.request, user=person, redirect_url=self.sign_up.leads_to
        )

    def end(self, sentence: str) -> HttpResponse:
        signing_up.forget(self.request)
        messages.warning(self.request, sentence)
        return redirect(by_way_of("account_signup", self.sign_up.leads_to))


def open_account(sign_up: SignUp) -> User | None:
    """Make the account that was waited for; None where the address has one."""
    return actions.open_account(
        address=sign_up.address,
        legal_name=sign_up.legal_name,
        password=sign_up.password,
        language=sign_up.language,
        notice=sign_up.notice,
        agreed_at=sign_up.agreed_at,
        work=sign_up.work,
    )


def tell_confirmed(request, person: User) -> None:
    """Say, to the person and to those who listen, that the address has been proven."""
    address = EmailAddress.objects.get(user=person)
    email_confirmed.send(sender=EmailAddress, request=request, email_address=address)
    get_adapter(request).add_message(
        request,
        messages.SUCCESS,
        "account/messages/email_confirmed.txt",
        {"email": address.email},
    )
