"""When is what due? A page by month, and a calendar that other programs read."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.assigning import actions
from courses.assigning.deadlines import by_month, deadlines_of
from courses.assigning.feeds import address_of_feed, calendar_of, person_of_feed
from courses.inperson.workshops import workshops_in_calendar_of


@require_safe
@login_required
def my_calendar(request):
    """What is due or held in which month, and at which address is it read?"""
    now = timezone.now()
    deadlines = deadlines_of(request.user, language=get_language(), at=now)
    workshops = workshops_in_calendar_of(request.user, at=now)
    dated = [(one.due_on, one) for one in deadlines if one.due_on]
    dated += [(mine.workshop.starts.date(), mine) for mine in workshops]
    facts = {
        "months": by_month(dated),
        "undated": [one for one in deadlines if one.due_on is None],
        "address": address_of_feed(request.user),
    }
    return render(request, "courses/my_calendar.html", facts)


@require_POST
@login_required
def renew_calendar(request):
    """Make an address for my calendar; the one before ends."""
    actions.renew_feed(request.user, at=timezone.now())
    messages.success(request, _("Your calendar has a new address."))
    return redirect("my_calendar")


@require_safe
def calendar_feed(request, token):
    """Hand out a calendar to whoever knows its address; no session, no page."""
    person = person_of_feed(token)
    if person is None:
        raise Http404
    answer = HttpResponse(
        calendar_of(person, at=timezone.now()),
        content_type="text/calendar; charset=utf-8",
    )
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    patch_cache_control(answer, private=True)
    return answer
