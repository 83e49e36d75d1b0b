"""Who is shielded, and who lets them be seen again; one's own shield."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from lms.audit.looks import looked
from lms.belonging import actions, people
from lms.belonging.forms import LiftForm, ShieldForm
from lms.belonging.views.looking import (
    NAME,
    PERSON,
    POST,
    countries_of,
    show_or_take,
)
from lms.people.choices import Role
from lms.people.gates import for_holders
from lms.people.models import Mandate, Shield

SHIELDED = gettext_noop("shielded people")


@require_safe
@for_holders(Role.PROTECTION)
def shielded_list(request):
    """Who of my country is shielded?"""
    found = _shielded(request)
    page = Paginator(found, people.PER_PAGE).get_page(request.GET.get("page"))
    shown = people.with_posts(page, viewer=request.user, on=timezone.localdate())
    looked(request, [one.person for one in shown], purpose=SHIELDED, fields=POST)
    facts = {
        "page_obj": page,
        "people": shown,
        "mandates": request.mandates,
        "may_shield": _answers_for_people(request.user),
    }
    return render(request, "belonging/shielded.html", facts)


@show_or_take
@for_holders(Role.MINISTRY)
def shield_person(request, person):
    """Take somebody of my institution out of every list, mine too."""
    posts = people.posts_in_sight(request.user, on=timezone.localdate())
    found = get_object_or_404(posts.filter(person__uuid=person)[:1]).person
    form = ShieldForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        looked(request, [found], purpose=PERSON, fields=[NAME])
        facts = {"form": form, "person": found}
        status = 422 if form.is_bound else 200
        return render(request, "belonging/shield.html", facts, status=status)
    reason = form.cleaned_data["reason"]
    actions.shield(found, by=request.user, reason=reason, at=timezone.now())
    messages.success(request, _("The person is shielded now."))
    return redirect("reports_people")


@show_or_take
@for_holders(Role.PROTECTION)
def lift(request, person):
    """Let a shielded person be seen again: they asked for it."""
    found = get_object_or_404(_shielded(request), uuid=person)
    form = LiftForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        looked(request, [found], purpose=SHIELDED, fields=[NAME])
        facts = {"form": form, "person": found}
        status = 422 if form.is_bound else 200
        return render(request, "belonging/lift.html", facts, status=status)
    actions.lift_shield(found, by=request.user, at=timezone.now())
    messages.success(request, _("The person is not shielded any more."))
    return redirect("shielded_people")


def _answers_for_people(viewer):
    """Whether the viewer has people of an institution to shield."""
    held = Mandate.objects.own(viewer).filter(role=Role.MINISTRY)
    return held.standing(timezone.localdate()).exists()


def _shielded(request):
    return people.shielded_people(
        request.user, countries=countries_of(request), on=timezone.localdate()
    )


@show_or_take
@login_required
def own_shield(request):
    """Am I shielded, what does it mean, and how do I become it?"""
    if request.method != "POST":
        standing = Shield.objects.own(request.user).standing().first()
        return render(request, "people/shield.html", {"shield": standing})
    actions.shield(request.user, by=request.user, reason="", at=timezone.now())
    messages.success(request, _("You are shielded now."))
    return redirect("shield")


@require_POST
@login_required
def lift_own_shield(request):
    actions.lift_shield(request.user, by=request.user, at=timezone.now())
    messages.success(request, _("You are not shielded any more."))
    return redirect("shield")
