"""The trainer's list of people: given, checked row by row, and only then invited."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from lms.people.choices import Role
from lms.people.gates import for_holders
from lms.people.models import RosterCheck
from lms.refusals import Refused
from lms.team import cohorts
from lms.team.roster import actions, shown, words, writing
from lms.team.roster.columns import TEMPLATE
from lms.team.roster.forms import ListForm
from lms.team.roster.uploads import takes_lists

PER_PAGE = 50
show_or_take = require_http_methods(["GET", "HEAD", "POST"])


def _cohort(request, uuid):
    found = cohorts.cohorts_of(request.user, on=timezone.localdate())
    return get_object_or_404(found, uuid=uuid)


def _kept(request, cohort, check):
    """Return a list that this cohort's trainers may still read; else 404."""
    lists = RosterCheck.objects.visible_to(request.user).standing(timezone.now())
    return get_object_or_404(lists, cohort=cohort, uuid=check)


@takes_lists
@show_or_take
@for_holders(Role.TRAINER)
def people(request, cohort):
    """Give a list, as a file or pasted; nothing of it is stored but the check."""
    found = _cohort(request, cohort)
    if found.archived_at:
        return _refused(request, found, "cohort-archived")
    form = ListForm()
    problem = request.unread and words.sentence(request.unread)
    if request.method == "POST" and not problem:
        form = ListForm(request.POST, request.FILES)
        if form.is_valid():
            return _check(request, found, form.cleaned_data["reading"])
    facts = {"cohort": found, "form": form, "problem": problem}
    status = 422 if request.method == "POST" else 200
    return render(request, "team/import_people.html", facts, status=status)


def _check(request, cohort, reading):
    at = timezone.now()
    report = actions.check_list(cohort, by=request.user, reading=reading, at=at)
    try:
        kept = actions.keep(cohort, by=request.user, report=report, at=at)
    except Refused as refused:  # archived since
        return _refused(request, cohort, refused.reasons[0])
    return redirect("import_check", cohort.uuid, kept.uuid)


def _refused(request, cohort, reason):
    facts = {"cohort": cohort, "sentence": words.REFUSALS[reason]}
    status = 409 if request.method == "POST" else 200
    return render(request, "team/import_refused.html", facts, status=status)


@require_safe
@for_holders(Role.TRAINER)
def template(request, cohort):
    """An empty list with the columns that we read; `?as=csv` for programs."""
    _cohort(request, cohort)
    headings = TEMPLATE[get_language()]
    if request.GET.get("as") == "csv":
        return _file(writing.as_csv([headings]), writing.CSV, "campus.csv")
    workbook = writing.as_workbook(headings)
    return _file(workbook, f"{writing.XLSX}.sheet", "campus.xlsx")


@show_or_take
@for_holders(Role.TRAINER)
def check(request, cohort, check):
    """What would the list do? Accepted, it does that and no more."""
    found = _cohort(request, cohort)
    kept = _kept(request, found, check)
    if request.method == "POST":
        return _accept(request, found, kept)
    report = actions.report_of(kept)
    page = Paginator(report.new, PER_PAGE).get_page(request.GET.get("page"))
    facts = {
        "cohort": found,
        "check": kept,
        "report": report,
        "page_obj": page,
        "rows": shown.rows(page),
        "errors": [words.wrong(one) for one in report.errors[: shown.MOST_ERRORS]],
        "notes": words.sentences(report.notes),
        "here": shown.numbers(report.members + report.invited),
        "twice": shown.numbers(again for again, _first in report.twice),
    }
    return render(request, "team/import_check.html", facts)


def _accept(request, cohort, kept):
    try:
        count = actions.accept(kept, by=request.user, at=timezone.now())
    except Refused as refused:
        return _refused(request, cohort, refused.reasons[0])
    messages.success(request, words.on_their_way(count))
    return redirect("cohort", cohort.uuid)


@require_safe
@for_holders(Role.TRAINER)
def errors(request, cohort, check):
    """The rows that are not imported, as a file to correct them by."""
    kept = _kept(request, _cohort(request, cohort), check)
    found = [words.wrong(one) for one in kept.report.get("errors", [])]
    rows = [[one.row, one.address, one.name, one.what, one.todo] for one in found]
    text = writing.as_csv([words.error_headings(), *rows])
    return _file(text, writing.CSV, "campus-errors.csv")


def _file(content, kind, name):
    answer = HttpResponse(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
