"""Who says that they belong, and what is answered to them?"""

from collections import Counter
from typing import NamedTuple

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
from lms.mail.hours import when_it_leaves
from lms.people.choices import Role
from lms.people.gates import for_holders
from lms.people.models import Affiliation
from lms.people.zones import zone_of
from lms.refusals import Refused
from lms.team.words import when_rules_invite

QUEUE = gettext_noop("people who say that they belong")
DOMAIN = gettext_noop("domain of the e-mail")
LONGEST_PK = 18  # digits: what a database still takes for a number
SENTENCES = {
    "own-claim": gettext_lazy(
        "Nobody confirms or refuses their own post. A colleague with the same mandate, "
        "or the level above, answers it."
    ),
}


class Chosen(NamedTuple):
    """What was ticked: the claims as the reader saw them, and how many are not so."""

    claims: list[Affiliation]
    changed: int


@show_or_take
@for_holders(Role.MINISTRY, Role.PROTECTION)
def queue(request):
    """Who says that they belong to us and waits for our answer?"""
    if request.method != "POST":
        return _queue_page(request)
    chosen = _chosen(request)
    if not any(chosen):
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
    if not any(chosen):
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
        told=True,
    )


def _chosen(request):
    """Return what was ticked; all of it is the reader's to answer.

    The person may have corrected their name or post since the page was drawn: then it
    was not this that the reader ticked.
    """
    ticked = set(request.POST.getlist("claim"))
    asked = {key.partition("-")[0] for key in ticked}
    if not all(pk.isdecimal() and len(pk) <= LONGEST_PK for pk in asked):
        raise Http404
    claims = people.claims_of(request.user, on=timezone.localdate())
    found = list(claims.filter(pk__in=asked))
    if len(found) != len(asked):
        raise Http404
    same = [post for post in found if people.key_of(post) in ticked]
    return Chosen(same, changed=len(found) - len(same))


def _answer(request, action, chosen, sentence, *, told=False):
    now = timezone.now()
    try:
        answered = action(chosen.claims, by=request.user, at=now)
    except Refused as refused:
        return _queue_page(request, SENTENCES[refused.reasons[0]], status=422)
    count = len(answered)
    if chosen.claims:
        messages.success(request, sentence(count) % {"count": count})
    if told:
        _say_when(request, answered, at=now)
    else:
        _say_when_invited(request, answered, at=now)
    if chosen.changed:
        return _read_again(request, chosen)
    return redirect("belonging")


def _say_when(request, answered, *, at):
    """Say when whoever is told gets the mail, where that waits for office hours."""
    theirs = [one.person.country for one in answered if not one.person.shielded]
    for country, count in sorted(Counter(theirs).items()):
        leaves = when_it_leaves(country, zone=zone_of(country), at=at)
        if leaves:
            sentence = ngettext(
                "The mail to %(count)d of them goes out on %(moment)s.",
                "The mails to %(count)d of them go out on %(moment)s.",
                count,
            )
            messages.info(request, sentence % {"count": count, "moment": leaves})


def _say_when_invited(request, confirmed, *, at):
    """Say when rules of cohorts invite them, where that waits for office hours."""
    countries = {one.person.country for one in confirmed if not one.person.shielded}
    for moment in when_rules_invite(countries, at=at):
        sentence = _(
            "Where the rule of a cohort invites them, that mail goes out on %(moment)s."
        )
        messages.info(request, sentence % {"moment": moment})


def _read_again(request, chosen):
    """Say that some are not as they were read; the page shows them anew, unticked."""
    problem = ngettext(
        "%(count)d person whom you ticked changed their name or post after you opened "
        "the page. Nothing was stored for this person: read the line again.",
        "%(count)d people whom you ticked changed their name or post after you opened "
        "the page. Nothing was stored for these people: read their lines again.",
        chosen.changed,
    )
    return _queue_page(request, problem % {"count": chosen.changed}, status=422)


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
    if chosen.changed:
        return _read_again(request, chosen)
    looked(
        request,
        [post.person_id for post in chosen.claims],
        purpose=QUEUE,
        fields=[NAME, INSTITUTION],
    )
    claims = people.lines_of(chosen.claims, viewer=request.user)
    return render(request, "belonging/refuse.html", {"claims": claims})
