"""A person's own pages: sign-up, post, profile, and allauth's screens made ours."""

from allauth.account import views as allauth_views
from allauth.account.internal.flows.email_verification_by_code import (
    EMAIL_VERIFICATION_CODE_SESSION_KEY,
)
from allauth.account.internal.flows.manage_email import (
    can_delete_email,
    can_mark_as_primary,
)
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lms.audit.lines import line_of
from lms.audit.models import Event
from lms.people import actions
from lms.people.choices import Country
from lms.people.devices import devices_of, end_others
from lms.people.forms import NOT_LISTED, CountryForm, PostForm, ProfileForm
from lms.people.kept import kept_about
from lms.people.languages import remember_language
from lms.people.models import Affiliation
from lms.web.next import safe_next

LOOKS_ON_A_PAGE = 25


class SignupView(allauth_views.SignupView):
    """From here on, screens and mails are in the language chosen on this page."""

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


def account(request):
    return redirect("people_profile")


def admin_door(request):
    """Where Wagtail sends whoever may not enter: to our sign-in, or away."""
    return _to_our_sign_in(request, safe_next(request) or reverse("wagtailadmin_home"))


def page_door(request):
    """Where Wagtail sends whoever may not read a page: to our sign-in, or away.

    Its own form would ask for no second step and count no wrong passwords.
    """
    return _to_our_sign_in(request, safe_next(request))


def _to_our_sign_in(request, leads_to):
    if request.user.is_authenticated:
        raise PermissionDenied
    query = f"?{urlencode({'next': leads_to})}" if leads_to else ""
    return redirect(reverse("account_login") + query)


def nobody(request, *args, **kwargs):
    """There is no such page, whoever asks."""
    raise Http404


@login_required
def post(request):
    """Page two of the sign-up, and later the way to say that one has moved."""
    if request.method == "POST":
        return _save_post(request)
    asked = CountryForm(request.GET if "country" in request.GET else None)
    if asked.is_bound and not asked.is_valid():
        return _country_page(request, asked, status=400)
    if asked.is_bound:
        return _post_page(request, asked.cleaned_data["country"])
    if "change" in request.GET or not request.user.country:
        return _country_page(request, asked)
    return _post_page(request, request.user.country)


def _save_post(request):
    country = request.POST.get("country", "")
    form = PostForm(request.POST, country=country)
    if not form.is_valid():
        if "country" in form.errors:
            return _country_page(request, CountryForm(request.POST), status=422)
        return _post_page(request, country, form=form, status=422)
    actions.register_post(request.user, **form.cleaned_data, on=timezone.localdate())
    messages.success(request, _("Your post has been saved."))
    return redirect(safe_next(request) or "my_learning")


def _country_page(request, form, *, status=200):
    facts = {"country_form": form, "next": safe_next(request)}
    return render(request, "people/post.html", facts, status=status)


def _post_page(request, country, *, form=None, status=200):
    initial = _as_initial(_standing_post(request.user), country=country)
    facts = {
        "form": form or PostForm(country=country, initial=initial),
        "country_name": Country(country).label,
        "next": safe_next(request),
    }
    return render(request, "people/post.html", facts, status=status)


def _as_initial(standing, *, country):
    if standing is None:
        return {"country": country}
    here = standing.person.country == country
    return {
        "country": country,
        "institution": (standing.institution_id or NOT_LISTED[0]) if here else "",
        "institution_typed": standing.institution_typed if here else "",
        "track": standing.track,
        "position": standing.position if here else "",
    }


@login_required
def profile(request):
    person = request.user
    if request.method != "POST":
        return _profile_page(request, ProfileForm(person=person))
    form = ProfileForm(request.POST, person=person)
    if not form.is_valid():
        return _profile_page(request, form, status=422)
    words = form.cleaned_data
    actions.rename(person, legal_name=words["legal_name"], sort_name=words["sort_name"])
    actions.change_language(person, language=words["language"])
    with override(person.language):
        messages.success(request, _("Your profile has been saved."))
        response = redirect("people_profile")
    remember_language(response, person.language)
    return response


def _profile_page(request, form, *, status=200):
    facts = {"form": form, "standing": _standing_post(request.user)}
    return render(request, "people/profile.html", facts, status=status)


def _standing_post(person):
    return (
        Affiliation.objects.visible_to(person)
        .filter(person=person, until_on=None)
        .select_related("institution", "person")
        .first()
    )


@require_safe
@login_required
def devices(request):
    """Where am I signed in?"""
    found = devices_of(
        request.user, session_key=request.session.session_key, at=timezone.now()
    )
    return render(request, "people/devices.html", {"devices": found})


@require_POST
@login_required
def end_device(request, device):
    """Sign out one browser; the one in hand goes by the ordinary way out."""
    row = get_object_or_404(UserSession, user=request.user, pk=device)
    if row.session_key == request.session.session_key:
        return redirect("account_logout")
    row.end()
    messages.success(request, _("That browser is signed out."))
    return redirect("usersessions_list")


@require_POST
@login_required
def end_other_devices(request):
    end_others(request.user, session_key=request.session.session_key)
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("usersessions_list")


@require_safe
@login_required
def my_data(request):
    """What is kept about me, and who looked? Further pages are only of who looked."""
    person = request.user
    events = Event.objects.visible_to(person).about(person).with_actor()
    pages = Paginator(events.order_by("-at", "-pk"), LOOKS_ON_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    is_first = page.number == 1
    facts = {
        "kept": kept_about(person, language=get_language()) if is_first else [],
        "looks": [line_of(event, reader=person) for event in page],
        "page_obj": page,
    }
    return render(request, "people/my_data.html", facts)
