"""How do I take the report away: at once, or as a file that a worker makes?"""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from certificates.models import ReportFile
from certificates.reports.columns import COLUMNS
from certificates.reports.forms import ReportForm
from certificates.takeaway import actions, handing, rules
from certificates.takeaway.formats import FORMATS
from certificates.takeaway.forms import TakeForm
from certificates.takeaway.reading import ON_PAPER, read
from certificates.takeaway.shelf import shelf_of
from certificates.takeaway.words import REFUSALS
from lms.people.choices import Role
from lms.people.gates import for_holders, shows_people
from lms.refusals import Refused
from lms.team.views.in_sight import show_or_take


def query_of(request):
    """Return the words of the address that ask something of a report."""
    return {
        name: value
        for name, value in request.GET.items()
        if name in ReportForm.base_fields and value
    }


def to_report(query):
    """Send on to the report, which says what is wrong with a question, and shows it."""
    return redirect(reverse("completion_report", query=query))


@require_safe
@for_holders(Role.MINISTRY)
def take_at_once(request, kind):
    """Give the whole report as such a file, or ask on a page where that takes long."""
    if kind not in FORMATS:
        raise Http404
    query, chosen = query_of(request), FORMATS[kind]
    try:
        report = read(request.user, query, at=timezone.now())
    except Refused:
        return to_report(query)
    if not is_at_once(report, chosen):
        return redirect(reverse("take_report", query=query | {"kind": kind}))
    if request.method == "HEAD":  # nothing leaves, and nobody is written down
        return HttpResponse(content_type=chosen.content_type)
    try:
        return handing.at_once(report, chosen, list(COLUMNS))
    except Refused:  # others left meanwhile: the page asks for a second person
        return redirect(reverse("take_report", query=query | {"kind": kind}))


def is_at_once(report, chosen):
    return rules.is_made_at_once(
        rows=report.rows(),
        people=report.people_today(),
        limit=settings.REPORT_PEOPLE_LIMIT,
        format_may=chosen.at_once,
    )


@show_or_take
@for_holders(Role.MINISTRY)
def take(request):
    """Choose columns and kind of file; a large one is made by a worker."""
    query = query_of(request)
    try:
        report = read(request.user, query, at=timezone.now())
    except Refused:
        return to_report(query)
    large = rules.needs_second(
        report.people_today(), limit=settings.REPORT_PEOPLE_LIMIT
    )
    form = TakeForm(
        request.POST if request.method == "POST" else None,
        large=large,
        initial=usual(request.GET.get("kind")),
    )
    if form.is_valid() and (answer := taken(request, form, report)):
        return answer
    facts = {
        "form": form,
        "rows": report.rows(),
        "people": report.people(),
        "large": large,
        "choosing": "kind" not in request.GET,
        "said": report.said,
        "back": reverse("completion_report", query=query),
    }
    status = 422 if form.is_bound else 200
    return render(request, "reports/take.html", facts, status=status)


def usual(kind):
    """Return what a form begins with: all columns, on paper those that fit."""
    columns = ON_PAPER if kind == "pdf" else list(COLUMNS)
    return {"format": kind if kind in FORMATS else "xlsx", "columns": columns}


def taken(request, form, report):
    """Return the file, or the way to where it will be; None: the form says why not."""
    kind, columns = FORMATS[form.cleaned_data["format"]], form.cleaned_data["columns"]
    try:
        if is_at_once(report, kind):
            return handing.at_once(report, kind, columns)
        file = actions.ask_for_file(
            request.user,
            query=report.asked.as_query(),
            columns=columns,
            format=kind.key,
            language=get_language(),
            reason=form.cleaned_data.get("reason", ""),
            at=report.at,
        )
    except Refused as refused:
        for reason in refused.reasons:
            form.add_error(
                "columns" if reason == "too-long" else None, REFUSALS[reason]
            )
        return None
    messages.success(
        request,
        _("The file waits for a second person. It is made once they agree.")
        if file.needs_second
        else _("The file is in the making."),
    )
    return redirect("report_downloads")


@require_safe
@for_holders(Role.MINISTRY)
def downloads(request):
    """Which files did I ask for, how far are they, and where do I get them?"""
    items = shelf_of(request.user, at=timezone.now())
    facts = {
        "items": items,
        "is_making": any(item.state is rules.State.MAKING for item in items),
        "seconds": 5,
    }
    return render(request, "reports/downloads.html", facts)


@require_safe
@shows_people
@login_required
def download(request, file):
    """Hand out a file of one's own, if it may still be fetched; if not, delete it."""
    now = timezone.now()
    own = ReportFile.objects.own(request.user)
    found = get_object_or_404(own.kept(), uuid=file)
    if not own.downloadable(at=now).filter(pk=found.pk).exists():
        actions.withdraw(found)
        raise Http404
    return handing.kept(
        found,
        asked=request.headers.get("Range", ""),
        if_range=request.headers.get("If-Range", ""),
    )
