"""Which reports did I save, and which of them are made by the clock, for whom?"""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from certificates.models import SavedReport, Schedule
from certificates.reports.columns import COLUMNS
from certificates.takeaway import actions
from certificates.takeaway.formats import FORMATS
from certificates.takeaway.forms import SaveForm, ScheduleForm
from certificates.takeaway.reading import read
from certificates.takeaway.recipients import same_scope
from certificates.takeaway.views.taking import query_of, to_report
from certificates.takeaway.words import REFUSALS, STOPPED, WEEKDAYS
from lms.audit.looks import looked
from lms.people.choices import Role
from lms.people.gates import for_holders
from lms.refusals import Refused
from lms.team.views.in_sight import show_or_take

HOLDERS = gettext_noop("recipients of a report")
NAMES = [gettext_noop("name"), gettext_noop("mandate")]


@require_safe
@for_holders(Role.MINISTRY)
def saved(request):
    """What did I save, and what of it comes by itself?"""
    reports = SavedReport.objects.own(request.user).prefetch_related(
        "schedules__recipients__person"
    )
    rows = [
        {
            "report": report,
            "url": reverse("completion_report", query=report.asked),
            "schedules": [in_words(one) for one in report.schedules.all()],
        }
        for report in reports.order_by("name")
    ]
    shown = [
        recipient.person_id
        for row in rows
        for schedule in row["schedules"]
        for recipient in schedule["recipients"]
    ]
    looked(request, shown, purpose=HOLDERS, fields=NAMES)
    return render(request, "reports/saved.html", {"rows": rows})


def in_words(schedule):
    weekly = schedule.every == Schedule.Every.WEEK
    return {
        "schedule": schedule,
        "kind": FORMATS[schedule.format].name,
        "day": WEEKDAYS[schedule.day] if weekly else schedule.day,
        "weekly": weekly,
        "stopped": STOPPED.get(schedule.stopped_why, ""),
        "recipients": [
            one for one in schedule.recipients.all() if not one.person.shielded
        ],
    }


@show_or_take
@for_holders(Role.MINISTRY)
def save(request):
    """Keep what the report is asked for under a name."""
    query, now = query_of(request), timezone.now()
    try:
        report = read(request.user, query, at=now)
    except Refused:
        return to_report(query)
    form = SaveForm(
        request.POST if request.method == "POST" else None,
        mandates=request.mandates,
        initial={"columns": list(COLUMNS)},
    )
    if form.is_valid():
        try:
            made = actions.save_report(
                request.user,
                query=report.asked.as_query(),
                at=now,
                **form.answers(),
            )
        except Refused as refused:
            form.add_error("name", REFUSALS[refused.reasons[0]])
        else:
            messages.success(request, _("The report is saved."))
            if request.GET.get("next") == "schedule":
                return redirect("schedule_report", made.uuid)
            return redirect("saved_reports")
    facts = {
        "form": form,
        "said": report.said,
        "back": reverse("completion_report", query=query),
    }
    status = 422 if form.is_bound else 200
    return render(request, "reports/save.html", facts, status=status)


@require_POST
@for_holders(Role.MINISTRY)
def forget(request, report):
    """Delete a saved report of mine, and what is scheduled of it."""
    found = get_object_or_404(SavedReport.objects.own(request.user), uuid=report)
    actions.forget_report(found)
    messages.success(request, _("The saved report is deleted."))
    return redirect("saved_reports")


@show_or_take
@for_holders(Role.MINISTRY)
def schedule(request, report):
    """Have a saved report made every week or month, for those of the same scope."""
    own = SavedReport.objects.own(request.user).select_related("mandate__institution")
    found = get_object_or_404(own, uuid=report)
    now = timezone.now()
    holders = list(same_scope(found.mandate, on=timezone.localdate(now)))
    form = ScheduleForm(
        request.POST if request.method == "POST" else None,
        holders=holders,
        initial={"recipients": [str(request.user.uuid)], "format": "xlsx"},
    )
    if form.is_valid():
        try:
            made = actions.schedule_report(found, at=now, **form.answers())
        except Refused as refused:
            form.add_error("recipients", REFUSALS[refused.reasons[0]])
        else:
            messages.success(
                request,
                _("The report is scheduled. It is made on %(day)s for the first time.")
                % {"day": day_of(made.next_at)},
            )
            return redirect("saved_reports")
    looked(request, [one.holder_id for one in holders], purpose=HOLDERS, fields=NAMES)
    facts = {"form": form, "report": found, "holders": holders}
    status = 422 if form.is_bound else 200
    return render(request, "reports/schedule.html", facts, status=status)


def day_of(moment):
    return date_format(timezone.localtime(moment), "DATE_FORMAT")


@require_POST
@for_holders(Role.MINISTRY)
def stop(request, schedule):
    """Stop a schedule of mine; stopping it again changes nothing."""
    found = get_object_or_404(Schedule.objects.own(request.user), uuid=schedule)
    actions.stop_schedule(found, why="by-owner", at=timezone.now())
    messages.success(request, _("The schedule is stopped."))
    return redirect("saved_reports")


@require_POST
@for_holders(Role.MINISTRY)
def run_now(request, schedule):
    """Have a schedule of mine make its files today already, for all who get them."""
    own = Schedule.objects.own(request.user).select_related("report__mandate")
    found = get_object_or_404(own, uuid=schedule)
    if actions.run_now(found, at=timezone.now()):
        messages.success(request, _("The files are being made."))
    else:
        messages.warning(request, _("The schedule is stopped: no file is made."))
    return redirect("report_downloads")
