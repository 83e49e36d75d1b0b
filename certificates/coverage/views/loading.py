"""A roster of duty posts: given, checked row by row, and only then loaded."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from certificates.coverage import actions, words
from certificates.coverage.columns import TEMPLATE
from certificates.coverage.forms import RosterForm
from certificates.coverage.planning import plan_of
from certificates.models import Place, PostRoster
from courses.models import Course
from lms.belonging.people import institutions_of
from lms.people.choices import Role, Track
from lms.people.gates import for_holders
from lms.refusals import Refused
from lms.team.roster import writing
from lms.team.roster.shown import MOST_ERRORS
from lms.team.roster.uploads import takes_lists

MOST_NAMES = 50  # of posts on the page of a check
show_or_take = require_http_methods(["GET", "HEAD", "POST"])


def _kept(request, roster):
    """Return a roster that the reader gave and may still load; else 404."""
    given = PostRoster.objects.own(request.user).standing(timezone.now())
    return get_object_or_404(given, uuid=roster)


@takes_lists
@show_or_take
@for_holders(Role.MINISTRY)
def load_roster(request):
    """Give a roster, as a file or pasted; no post is made of it yet."""
    form = RosterForm()
    problem = request.unread and words.sentence(request.unread)
    if request.method == "POST" and not problem:
        form = RosterForm(request.POST, request.FILES)
        if form.is_valid():
            return _check(request, form.cleaned_data)
    facts = {
        "form": form,
        "problem": problem,
        "institutions": institutions_of(request.user, on=timezone.localdate()),
        "courses": Course.objects.order_by("code"),
        "places": Place.labels,
        "tracks": Track.labels,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "coverage/load.html", facts, status=status)


def _check(request, given):
    files = given["files"]
    kept = actions.check_roster(
        given["reading"],
        by=request.user,
        file_name=files[0].name if files else "",
        at=timezone.now(),
    )
    return redirect("check_roster", kept.uuid)


@require_safe
@for_holders(Role.MINISTRY)
def roster_template(request):
    """An empty roster with the columns that we read; `?as=csv` for programs."""
    headings = TEMPLATE[get_language()]
    if request.GET.get("as") == "csv":
        return _file(writing.as_csv([headings]), writing.CSV, "campus-posts.csv")
    workbook = writing.as_workbook(headings)
    return _file(workbook, f"{writing.XLSX}.sheet", "campus-posts.xlsx")


@show_or_take
@for_holders(Role.MINISTRY)
def check_roster(request, roster):
    """What would the roster do? Loaded, it does that and no more."""
    kept = _kept(request, roster)
    if request.method == "POST":
        return _load(request, kept)
    report = actions.report_of(kept)
    plan = plan_of(
        report.rows,
        by=request.user,
        on=timezone.localdate(),
        retires=not report.errors,
    )
    facts = {
        "roster": kept,
        "plan": plan,
        "errors": [words.wrong(one) for one in report.errors[:MOST_ERRORS]],
        "all_errors": len(report.errors),
        "warnings": [words.warning(one) for one in report.warnings[:MOST_ERRORS]],
        "notes": [words.sentence(one) for one in report.notes],
        "most": MOST_NAMES,
    }
    return render(request, "coverage/check.html", facts)


def _load(request, kept):
    try:
        plan = actions.load(kept, by=request.user, at=timezone.now())
    except Refused as refused:
        facts = {"sentence": words.REFUSALS[refused.reasons[0]]}
        return render(request, "coverage/refused.html", facts, status=409)
    messages.success(request, words.loaded(plan))
    return redirect("coverage")


@require_safe
@for_holders(Role.MINISTRY)
def roster_errors(request, roster):
    """The rows that are not loaded, as a file to correct them by."""
    kept = _kept(request, roster)
    found = [words.wrong(one) for one in kept.report.get("errors", [])]
    rows = [[one.row, one.post, one.institution, one.what, one.todo] for one in found]
    text = writing.as_csv([words.error_headings(), *rows])
    return _file(text, writing.CSV, "campus-errors.csv")


def _file(content, kind, name):
    answer = HttpResponse(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
