"""The screens of ministries and of officers for shielded people; one's own shield."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.belonging import actions, people
from lms.belonging.forms import LiftForm, MeantForm, PeopleForm
from lms.people.choices import Country, Role
from lms.people.gates import for_holders
from lms.people.models import Shield
from lms.refusals import Refused

LIST = gettext_noop("people of an institution")
PERSON = gettext_noop("page of a person of an institution")
QUEUE = gettext_noop("people who say that they belong")
SHIELDED = gettext_noop("shielded people")
NAME, INSTITUTION = gettext_noop("name"), gettext_noop("institution")
PROFESSION, POSITION = gettext_noop("profession"), gettext_noop("position")
SINCE, DOMAIN = gettext_noop("since"), gettext_noop("domain of the e-mail")
POST = [NAME, INSTITUTION, PROFESSION, POSITION, SINCE]
LONGEST_PK = 18  # digits: what a database still takes for a number
SENTENCES = {
    "own-claim": gettext_lazy(
        "Nobody confirms or refuses their own post. A colleague with the same mandate, "
        "or the level above, answers it."
    ),
    "other-country": gettext_lazy("That institution is in another country."),
}
show_or_take = require_http_methods(["GET", "HEAD", "POST"])


def looked(request, shown, *, purpose, fields):
    """Write down that the reader saw these people; nothing when nobody was shown."""
    if shown:
        record_event(
            Event.Kind.LOOK,
            actor=request.user,
            purpose=purpose,
            subjects=shown,
            fields=fields,
            at=timezone.now(),
        )


@require_safe
@for_holders(Role.MINISTRY)
def reports(request):
    """Where do I answer for people, and how many are there?"""
    viewer, on = request.user, timezone.localdate()
    countries = [one.country for one in request.mandates if not one.institution_id]
    texts = people.typed_texts(countries, on=on) if countries else []
    facts = {
        "mandates": request.mandates,
        "institutions": people.figures_of(viewer, on=on),
        "totals": people.totals_of(viewer, on=on),
        "waiting": people.claims_of(viewer, on=on).exclude(person=viewer).count(),
        "is_country_wide": bool(countries),
        "typed": sum(text.people for text in texts),
        "as_of": timezone.now(),
    }
    return render(request, "belonging/reports.html", facts)


@require_safe
@for_holders(Role.MINISTRY)
def people_list(request):
    """Who belongs to the institutions of my mandate?"""
    viewer, on = request.user, timezone.localdate()
    institutions = people.institutions_of(viewer, on=on)
    form = PeopleForm(request.GET, institutions=institutions)
    if not form.is_valid():
        raise Http404
    asked = form.cleaned_data
    sort = asked["sort"] or "name"
    posts = people.narrowed(
        people.posts_in_sight(viewer, on=on),
        words=asked["q"],
        institution=asked["institution"],
        track=asked["track"],
    )
    pages = Paginator(posts.order_by(*people.SORTS[sort]), people.PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    looked(request, [post.person_id for post in page], purpose=LIST, fields=POST)
    facts = {
        "form": form,
        "asked": asked,
        "is_narrowed": any(asked[name] for name in ("q", "institution", "track")),
        "sort": sort,
        "page_obj": page,
        "totals": people.totals_of(viewer, on=on),
        "as_of": timezone.now(),
    }
    return render(request, "belonging/people.html", facts)


@require_safe
@for_holders(Role.MINISTRY)
def person_page(request, person):
    """What does the institution know of one of its people?"""
    viewer, on = request.user, timezone.localdate()
    standing = people.posts_in_sight(viewer, on=on).filter(person__uuid=person).first()
    if standing is None:
        raise Http404
    posts = people.posts_ever_in_sight(viewer, on=on).filter(person=standing.person_id)
    looked(request, [standing.person_id], purpose=PERSON, fields=POST)
    facts = {
        "person": standing.person,
        "posts": posts.order_by("-from_on", "pk"),
        "today": on,
    }
    return render(request, "belonging/person.html", facts)


@show_or_take
@for_holders(Role.MINISTRY, Role.PROTECTION)
def queue(request):
    """Who says that they belong to us and waits for our answer?"""
    if request.method != "POST":
        return _queue_page(request)
    chosen = _chosen(request)
    if not chosen:
        return _queue_page(request, _("Choose at least one person."), status=422)
    act = request.POST.get("act")
    if act == "refuse":
        return _refuse_page(request, chosen)
    if act != "confirm":
        raise Http404
    return _answer(
        request,
        actions.confirm,
        chosen,
        lambda count: ngettext(
            "%(count)d person is confirmed now.",
            "%(count)d people are confirmed now.",
            count,
        ),
    )


@require_POST
@for_holders(Role.MINISTRY, Role.PROTECTION)
def refuse(request):
    """Say that those people do not belong: the page before showed who they are."""
    chosen = _chosen(request)
    if not chosen:
        raise Http404
    return _answer(
        request,
        actions.refuse,
        chosen,
        lambda count: ngettext(
            "%(count)d person is not confirmed and left the list.",
            "%(count)d people are not confirmed and left the list.",
            count,
        ),
    )


def _chosen(request):
    """Return the claims that were ticked; all of them are the reader's to answer."""
    asked = set(request.POST.getlist("claim"))
    if not all(pk.isdecimal() and len(pk) <= LONGEST_PK for pk in asked):
        raise Http404
    claims = people.claims_of(request.user, on=timezone.localdate())
    found = list(claims.filter(pk__in=asked))
    if len(found) != len(asked):
        raise Http404
    return found


def _answer(request, action, chosen, sentence):
    try:
        answered = action(chosen, by=request.user, at=timezone.now())
    except Refused as refused:
        return _queue_page(request, SENTENCES[refused.reasons[0]], status=422)
    count = len(answered)
    messages.success(request, sentence(count) % {"count": count})
    return redirect("belonging")


def _queue_page(request, problem="", *, status=200):
    claims = people.claims_of(request.user, on=timezone.localdate())
    page = Paginator(claims, people.PER_PAGE).get_page(request.GET.get("page"))
    looked(
        request,
        [post.person_id for post in page],
        purpose=QUEUE,
        fields=[*POST, DOMAIN],
    )
    facts = {
        "page_obj": page,
        "claims": people.lines_of(page, viewer=request.user),
        "ticked": request.POST.getlist("claim"),
        "all": request.GET.get("all") == "1",
        "errors": [{"href": "#claims", "text": problem}] if problem else [],
        "is_ministry": any(m.role == Role.MINISTRY for m in request.mandates),
        "own_claim": SENTENCES["own-claim"],
    }
    return render(request, "belonging/queue.html", facts, status=status)


def _refuse_page(request, chosen):
    looked(
        request,
        [post.person_id for post in chosen],
        purpose=QUEUE,
        fields=[NAME, INSTITUTION],
    )
    return render(request, "belonging/refuse.html", {"claims": chosen})


@require_safe
@for_holders(Role.MINISTRY, country_wide=True)
def typed_list(request):
    """Which places did people type because they are not in the list?"""
    texts = people.typed_texts(_countries(request), on=timezone.localdate())
    page = Paginator(texts, people.PER_PAGE).get_page(request.GET.get("page"))
    facts = {"page_obj": page, "texts": [(text, _query(text)) for text in page]}
    return render(request, "belonging/typed_list.html", facts)


@show_or_take
@for_holders(Role.MINISTRY, country_wide=True)
def typed_text(request):
    """Which institution of the list do these words mean?"""
    text = _typed_text(request)
    form = MeantForm(
        request.POST if request.method == "POST" else None, country=text.country
    )
    if not form.is_valid():
        facts = {"form": form, "text": text, "country": Country(text.country).label}
        status = 422 if form.is_bound else 200
        return render(request, "belonging/typed.html", facts, status=status)
    count = actions.map_typed(
        text.key,
        country=text.country,
        institution=form.cleaned_data["institution"],
        by=request.user,
        at=timezone.now(),
    )
    sentence = ngettext(
        "%(count)d person has that institution now and waits to be confirmed.",
        "%(count)d people have that institution now and wait to be confirmed.",
        count,
    )
    messages.success(request, sentence % {"count": count})
    return redirect("typed_institutions")


def _countries(request):
    return sorted({mandate.country for mandate in request.mandates})


def _query(text):
    return reverse("typed_institution", query={"country": text.country, "is": text.key})


def _typed_text(request):
    texts = people.typed_texts(_countries(request), on=timezone.localdate())
    asked = (request.GET.get("country"), request.GET.get("is"))
    for text in texts:
        if (text.country, text.key) == asked:
            return text
    raise Http404


@require_safe
@for_holders(Role.PROTECTION)
def shielded_list(request):
    """Who of my country is shielded?"""
    found = _shielded(request)
    page = Paginator(found, people.PER_PAGE).get_page(request.GET.get("page"))
    shown = people.with_posts(page, viewer=request.user, on=timezone.localdate())
    looked(request, [one.person for one in shown], purpose=SHIELDED, fields=POST)
    facts = {"page_obj": page, "people": shown, "mandates": request.mandates}
    return render(request, "belonging/shielded.html", facts)


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


def _shielded(request):
    return people.shielded_people(
        request.user, countries=_countries(request), on=timezone.localdate()
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
