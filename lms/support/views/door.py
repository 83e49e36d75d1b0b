"""Where does an administrator open one account? By its exact address, with a reason."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.people.gates import for_administrators
from lms.refusals import Refused
from lms.support import actions
from lms.support.accounts import unread_alarms, visits_today
from lms.support.forms import VisitForm
from lms.support.jobs import JOBS, fits, job_called

ALARMS_SHOWN = gettext_noop("alarms of unusual looking")
FIELDS = [gettext_noop("name"), gettext_noop("e-mail")]
NOBODY = gettext_lazy("No account has exactly that address.")
SENTENCES = {
    "own-account": gettext_lazy(
        "This is your own account. Another administrator helps you with it."
    )
}


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def support(request):
    """Open one account, for one job where one was chosen, or read the alarms."""
    job = job_called(request.POST.get("job") or request.GET.get("job", ""))
    form = VisitForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            visit = actions.open_visit(
                form.cleaned_data["address"],
                by=request.user,
                reason=form.cleaned_data["reason"],
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error("address", SENTENCES[refused.reasons[0]])
        else:
            if visit:
                return _go_on(request, visit, job)
            form.add_error("address", NOBODY)
    return _page(request, form, job, status=422 if request.method == "POST" else 200)


def _go_on(request, visit, job):
    if job is None:
        return redirect("support_visit", visit.uuid)
    if fits(job, visit.person):
        return redirect("support_act", visit.uuid, job.slug)  # or the merger, alike
    said = _("“%(job)s”: nothing of that can be done to this account.")
    messages.info(request, said % {"job": job.heading})
    return redirect("support_visit", visit.uuid)


def _page(request, form, job, *, status):
    now = timezone.now()
    alarms = list(unread_alarms())
    if alarms:
        record_event(
            Event.Kind.LOOK,
            actor=request.user,
            purpose=ALARMS_SHOWN,
            subjects=[alarm.actor_id for alarm in alarms],
            fields=FIELDS,
            at=now,
        )
    facts = {
        "form": form,
        "job": job,
        "jobs": JOBS,
        "alarms": alarms,
        "visits": visits_today(request.user, at=now),
        "now": now,
    }
    return render(request, "support/support.html", facts, status=status)


@require_POST
@for_administrators
def read_alarm(request, alarm):
    """Put an alarm about somebody else away."""
    if not actions.read_alarm(alarm, by=request.user, at=timezone.now()):
        raise Http404
    messages.success(request, _("The alarm is marked as read."))
    return redirect("support")
