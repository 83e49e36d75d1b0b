"""The door: how many may try it from one address, and what is agreed to there."""

from allauth.account import views as allauth_views
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.people import actions, limits
from lms.people.duties import home_of
from lms.people.starts import LeadsToACourse
from lms.people.typed import owner_here
from lms.web.errors import too_many_requests
from lms.web.next import came_from, safe_next


class LoginView(LeadsToACourse, allauth_views.LoginView):
    """Says 429 before the password is looked at; tries of an account count deeper."""

    def dispatch(self, request, *args, **kwargs):
        if request.method == "POST" and not limits.let_in(
            limits.address_of(request), at=timezone.now()
        ):
            return too_many_requests(request)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        self.address = form.cleaned_data["login"]
        return super().form_valid(form)


class LogoutView(allauth_views.LogoutView):
    """Leads whoever cancels back to the page they were at.

    The page asks what becomes of choices that wait on the device of their owner.
    """

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "back": came_from(self.request),
            "owner": owner_here(self.request),
        }


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def agree(request):
    """Say what is new in the privacy notice, and ask for one's agreement to it."""
    leads_to = safe_next(request)
    if request.method == "POST":
        actions.agree(
            request.user, version=settings.PRIVACY_NOTICE_VERSION, at=timezone.now()
        )
        messages.success(request, _("Your agreement has been saved."))
        return redirect(leads_to or home_of(request.user, at=timezone.now()))
    return render(request, "people/agree.html", {"next": leads_to})
