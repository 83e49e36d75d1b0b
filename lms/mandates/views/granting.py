"""What may I grant, what stands below me, and how do I end it?"""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from lms.approvals.desk import on_desk
from lms.audit.looks import looked
from lms.mandates import actions
from lms.mandates.forms import CountryFilter, EndForm, GrantForm
from lms.mandates.granting import (
    as_known,
    behind_shields,
    below,
    endable,
    granter,
    offers_of,
)
from lms.mandates.rules import Level, needs_second_person
from lms.mandates.words import state_in_words
from lms.people.choices import Role
from lms.people.gates import for_holders, shows_people
from lms.refusals import Refused

ROWS_ON_A_PAGE = 50
SHIELDED_PURPOSE = gettext_noop("mandates of shielded people")
LIST_PURPOSE = gettext_noop("list of mandates")
END_PURPOSE = gettext_noop("mandate to be ended")
FIELDS = [gettext_noop("e-mail"), gettext_noop("role"), gettext_noop("place")]
OF_LIST = [gettext_noop("name"), *FIELDS]
# Each sentence with the field it belongs to; None: to the form as a whole.
SENTENCES = {
    "not-yours": (None, gettext_lazy("This mandate is not yours to grant any more.")),
    "own-address": (
        "address",
        gettext_lazy("This address is yours. Nobody grants a mandate to themselves."),
    ),
    "begins-in-the-past": (
        "from_on",
        gettext_lazy("A mandate begins today or later. Choose another day."),
    ),
    "begins-too-late": (
        "from_on",
        gettext_lazy("A mandate begins within two years. Choose an earlier day."),
    ),
    "ends-before-it-begins": (
        "until_on",
        gettext_lazy("The last day is before the first one. Choose a later day."),
    ),
    "too-long": (
        "until_on",
        gettext_lazy("A mandate lasts at most two years. Choose an earlier day."),
    ),
    "two-officers": (
        "country",
        gettext_lazy(
            "This country has its two officers for shielded people, or offers that "
            "wait. End one of these mandates first."
        ),
    ),
    "already-over": (None, gettext_lazy("This mandate has ended already.")),
}


def for_granters(view):
    """Let a view answer only who may grant something today; else it is not there."""

    @shows_people
    @login_required
    @wraps(view)
    def enter(request, *args, **kwargs):
        today = timezone.localdate()
        request.granter = granter(request.user, on=today)
        request.offers = offers_of(request.granter)
        if not request.offers:
            raise Http404
        return view(request, *args, **kwargs)

    return enter


@require_safe
@for_granters
def mandates(request):
    """What may I grant, and which mandates stand below mine?"""
    today = timezone.localdate()
    rows = below(request.user, on=today).with_place().select_related("holder")
    form = None
    if request.granter.secretariat or request.granter.administrator:
        form = CountryFilter(request.GET)
        if form.is_valid() and form.cleaned_data["country"]:
            rows = rows.filter(country=form.cleaned_data["country"])
    page = _page_of(request, rows)
    known = [as_known(mandate) for mandate in page]
    approvals = _approvals_of(request.user, known)
    shown = [
        (mandate, state_in_words(mandate, on=today), approvals.get(mandate.uuid))
        for mandate in known
    ]
    _write_down(request, LIST_PURPOSE, known, fields=OF_LIST)
    facts = {
        "offers": request.offers,
        "rows": shown,
        "page_obj": page,
        "filter": form,
        "today": today,
    }
    return render(request, "mandates/mandates.html", facts)


@require_safe
@for_holders(Role.PROTECTION)
def shielded_mandates(request):
    """Which mandates do the shielded people of my country hold?"""
    today = timezone.localdate()
    rows = behind_shields(request.user, on=today)
    page = _page_of(request, rows.with_place().select_related("holder"))
    _write_down(request, SHIELDED_PURPOSE, page, fields=OF_LIST)
    facts = {
        "rows": [
            (mandate, state_in_words(mandate, on=today), None) for mandate in page
        ],
        "page_obj": page,
        "today": today,
    }
    return render(request, "mandates/shielded.html", facts)


def _page_of(request, mandates):
    ordered = mandates.order_by("country", "role", "address", "-pk")
    return Paginator(ordered, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))


def _approvals_of(viewer, mandates):
    """Return the approvals that mandates wait for, where the viewer may open them."""
    waiting = [mandate.uuid for mandate in mandates if not mandate.approved_at]
    asked = on_desk(viewer).filter(kind__in=actions.KINDS.values(), subject__in=waiting)
    return dict(asked.filter(decided_at=None).values_list("subject", "uuid"))


@require_http_methods(["GET", "HEAD", "POST"])
@for_granters
def grant(request, kind):
    """Offer one kind of mandate to a typed address."""
    offer = next((one for one in request.offers if one.slug == kind), None)
    if offer is None:
        raise Http404
    now = timezone.now()
    form = GrantForm(
        request.POST if request.method == "POST" else None,
        offer=offer,
        granter=request.granter,
        on=timezone.localdate(now),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.grant(request.user, role=offer.role, at=now, **form.cleaned_data)
        except Refused as refused:
            _say(form, refused)
        else:
            messages.success(request, _answer(offer))
            return redirect("mandates")
    facts = {
        "form": form,
        "offer": offer,
        "second_person": needs_second_person(offer.level),
        "regional": offer.level is Level.REGION,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "mandates/grant.html", facts, status=status)


def _answer(offer):
    if needs_second_person(offer.level):
        return _(
            "Asked for. The mail with the offer goes out once a second person approves."
        )
    return _("Offered. The mail is on its way to the address.")


@require_http_methods(["GET", "HEAD", "POST"])
@shows_people
@login_required
def end(request, mandate):
    """End a mandate below mine, or take the offer back, with a reason."""
    now = timezone.now()
    today = timezone.localdate(now)
    rows = endable(request.user, on=today).with_place().select_related("holder")
    found = get_object_or_404(rows, uuid=mandate)
    back = "shielded_mandates" if found.is_guarded else "mandates"
    shown = found if found.is_guarded else as_known(found)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.end(found, by=request.user, reason=reason, at=now)
        except Refused as refused:
            _say(form, refused)
        else:
            messages.success(request, _("The mandate has ended."))
            return redirect(back)
    _write_down(request, END_PURPOSE, [shown], fields=FIELDS)
    facts = {
        "form": form,
        "mandate": shown,
        "state": state_in_words(shown, on=today),
        "back": back,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "mandates/end.html", facts, status=status)


def _say(form, refused):
    for reason in refused.reasons:
        field, sentence = SENTENCES[reason]
        form.add_error(field if field in form.fields else None, sentence)


def _write_down(request, purpose, mandates, *, fields):
    holders = {mandate.holder_id for mandate in mandates if mandate.holder_id}
    looked(request, holders, purpose=purpose, fields=fields)
