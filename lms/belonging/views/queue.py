"""Who says that they belong, and what is answered to them?"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext
from django.views.decorators.http import require_POST

from lms.audit.looks import looked
from lms.belonging import actions, people
from lms.belonging.views.looking import INSTITUTION, NAME, POST, show_or_take
from lms.people.choices import Role
from lms.people.gates import for_holders
from lms.refusals import Refused

QUEUE = gettext_noop("people who say that they belong")
DOMAIN = gettext_noop("domain of the e-mail")
LONGEST_PK = 18  # digits: what a database still takes for a number
SENTENCES = {
    "own-claim": gettext_lazy(
        "Nobody confirms or refuses their own post. A colleague with the same mandate, "
        "or the level above, answers it."
    ),
}


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
