"""A person's own pages: their post, and where they are signed in."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from lms.people import actions
from lms.people.choices import Country
from lms.people.devices import devices_of, end_others
from lms.people.duties import home_of
from lms.people.forms import NOT_LISTED, CountryForm, PostForm
from lms.people.kept_for import end_of_session
from lms.people.models import Affiliation
from lms.people.second_factor import works_with_people
from lms.people.typed import keeps_what_was_typed, typed_at
from lms.web.next import ours, safe_next


def account(request):
    return redirect("people_profile")


@keeps_what_was_typed("people_post")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def post(request):
    """Where one works: for who has moved, and for an account that never said it."""
    if request.method == "POST":
        return _save_post(request)
    asked = CountryForm(request.GET if "country" in request.GET else None)
    if asked.is_bound and not asked.is_valid():
        return _country_page(request, asked, status=400)
    if asked.is_bound:
        return _post_page(request, asked.cleaned_data["country"])
    if "change" in request.GET:
        return _country_page(request, asked)
    typed = typed_at(request, "people_post") or {}
    country = typed.get("country", request.user.country)
    if country not in Country.values:
        return _country_page(request, asked)
    return _post_page(request, country, typed=typed)


def _save_post(request):
    country = request.POST.get("country", "")
    form = PostForm(request.POST, country=country)
    if not form.is_valid():
        if "country" in form.errors:
            return _country_page(request, CountryForm(request.POST), status=422)
        return _post_page(request, country, form=form, status=422)
    actions.register_post(request.user, **form.cleaned_data, on=timezone.localdate())
    messages.success(request, _("Your post has been saved."))
    return redirect(safe_next(request) or home_of(request.user, at=timezone.now()))


def _country_page(request, form, *, status=200):
    facts = {"country_form": form, "next": safe_next(request)}
    return render(request, "people/post.html", facts, status=status)


def _post_page(request, country, *, form=None, typed=None, status=200):
    """Show the form of that country: as it was typed, or else with the post held."""
    typed = dict(typed.items()) if typed else {}
    initial = typed or _as_initial(standing_post(request.user), country=country)
    facts = {
        "form": form or PostForm(country=country, initial=initial),
        "country_name": Country(country).label,
        "next": safe_next(request) or ours(request, typed.get("next", "")),
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


def standing_post(person):
    """Return the post that the person holds now, as they say, or None."""
    return (
        Affiliation.objects.own(person)
        .filter(until_on=None)
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
    ends = end_of_session(staff=works_with_people(request.user))
    facts = {"devices": found, "ends": ends}
    return render(request, "people/devices.html", facts)


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
