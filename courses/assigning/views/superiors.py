"""May somebody of my team take this course? For superiors, who have no account.

The link from the mail is the key. Looking changes nothing, for programs that check mail
follow links too; the answer is posted.
"""

from datetime import timedelta

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from courses.assigning import actions
from courses.assigning.asked import request_of
from courses.assigning.forms import RefusalForm
from courses.assigning.standing import standing_of
from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.people.limits import address_of
from lms.people.rooms import digest_of
from lms.refusals import Refused
from lms.web.errors import too_many_requests
from lms.web.models import Tries

LOOK = gettext_noop("question to a superior")
FIELDS = [gettext_noop("name"), gettext_noop("course"), gettext_noop("due on")]
TRIES, PER = 60, timedelta(minutes=10)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def superior(request, token):
    """Say who asks for what, and take the answer once."""
    now = timezone.now()
    key = f"superior:from:{digest_of(address_of(request))}"
    if not Tries.objects.take(key, limit=TRIES, per=PER, at=now):
        return too_many_requests(request)
    found = request_of(token, at=now)
    if found is None:
        return _over(request)
    if request.method != "POST":
        return _page(request, found, at=now)
    answer = request.POST.get("answer")
    if answer not in {"approve", "refuse"}:
        error = _("Choose one: approve or do not approve.")
        return _page(request, found, errors=[error], at=now)
    form = RefusalForm(request.POST)
    if answer == "refuse" and not form.is_valid():
        return _page(request, found, form=form, at=now)
    return _decided(request, found, form, approve=answer == "approve", at=now)


def _decided(request, found, form, *, approve, at):
    reason = "" if approve else form.cleaned_data["reason"]
    try:
        actions.decide_request(found, approve=approve, reason=reason, at=at)
    except Refused:  # the other tab was faster
        return _over(request)
    return redirect("superior_answered")


@require_safe
def superior_answered(request):
    """Say that the answer arrived, whoever looks."""
    return render(request, "courses/superior_answered.html")


def _over(request):
    return render(request, "courses/superior_over.html", status=410)


def _page(request, found, *, form=None, errors=(), at):
    cohort, person = found.assignment.cohort, found.person
    mine = standing_of(cohort, [person], at=at)[person.pk]
    (one,) = [one for one in mine if one.assignment == found.assignment]
    record_event(
        Event.Kind.LOOK,
        actor=None,
        purpose=LOOK,
        subjects=[person],
        fields=FIELDS,
        at=at,
    )
    minutes = one.edition.minutes.get(person.track, 0) if one.edition else 0
    facts = {
        "asked": found,
        "person": person,
        "title": one.title(get_language()),
        "minutes": minutes,
        "opens_on": found.assignment.opens_on,
        "due_on": one.due_on,
        "form": form or RefusalForm(),
        "errors": [{"href": "#decide", "text": error} for error in errors],
    }
    status = 422 if form or errors else 200
    return render(request, "courses/superior.html", facts, status=status)
