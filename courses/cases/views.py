"""Walking through a case: begin, decide step by step, look back."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.cases import actions, rules
from courses.cases.showing import Walk, debriefing, step_asked, step_decided
from courses.lesson_text import notes_of
from courses.models import Activity, CaseRun, Enrolment
from courses.outline import outline
from courses.reach import reach_of
from courses.ticks import ticks_of
from lms.people.choices import Country
from lms.people.typed import keeps_what_was_typed, typed_at
from lms.refusals import Refused
from lms.web.back import elsewhere, for_who_goes_back

BRIEF = "?version=without-descriptions"
SENTENCES = {
    "not-enrolled": gettext_lazy("Enrol in the course first."),
    "not-in-this-edition": gettext_lazy(
        "This case is not part of the edition you are enrolled in."
    ),
    "enrolment-closed": gettext_lazy("You left this course, so no case can begin."),
    "case-not-available": gettext_lazy("This case is not available at the moment."),
    "role-not-open": gettext_lazy("Choose one of the roles that the case offers you."),
}
PROBLEMS = {
    "option-missing": ("#options", gettext_lazy("Choose what you decide")),
    "reasons-missing": (
        "#reasons",
        gettext_lazy("Write your reasons in two sentences"),
    ),
    "reasons-too-long": (
        "#reasons",
        gettext_lazy("Write your reasons in 1,000 characters or fewer"),
    ),
    "reasons-unreadable": (
        "#reasons",
        gettext_lazy("Write your reasons without control characters"),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def start(request: HttpRequest, activity: UUID):
    """Begin a run in the role that was chosen, or go on with the one that is open."""
    found = get_object_or_404(Activity, pk=activity, kind=Activity.Kind.CASE)
    home = _home(found)
    if request.method != "POST":
        return redirect(home)
    enrolment = (
        Enrolment.objects.own(request.user)
        .of_learner(request.user, course=found.course_id)
        .with_edition()
        .first()
    )
    if enrolment is None:
        return _not_started(request, ["not-enrolled"], home)
    role = request.POST.get("role", "")
    try:
        run = actions.start_run(enrolment, activity=found, role=role, at=timezone.now())
    except Refused as refusal:
        return _not_started(request, refusal.reasons, home)
    return redirect("case_run", run.pk)


def _home(activity: Activity) -> str:
    page = reach_of([activity.pk], language=get_language()).pages.get(activity.pk)
    return page.url if page else reverse("my_learning")


def _not_started(request, reasons: list[str], url: str):
    return render(
        request,
        "parts/refused.html",
        {
            "heading": _("The case was not begun"),
            "sentences": [SENTENCES[reason] for reason in reasons],
            "url": url,
            "link": _("Go on"),
        },
        status=409,
    )


def _walk(request: HttpRequest, key: UUID) -> Walk:
    """Return the viewer's own run; anybody else's is a 404, in sight or not."""
    run = get_object_or_404(CaseRun.objects.own(request.user).with_context(), pk=key)
    return Walk(run, list(run.decisions.all()), get_language())


def _where(request: HttpRequest, walk: Walk) -> str:
    """Return the address at which a run goes on, in the version that is being read."""
    if walk.now == rules.END:
        return reverse("case_debrief", args=[walk.run.pk])
    return _address(request, walk, walk.now)


@require_http_methods(["GET", "HEAD"])
@login_required
def run(request: HttpRequest, run: UUID):
    """Lead to where the run stands."""
    return redirect(_where(request, _walk(request, run)))


@keeps_what_was_typed("case")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def step(request: HttpRequest, run: UUID, step: str):
    """Show a step and keep what is decided there; once decided, show what followed."""
    return _answered(request, _at_a_step(request, run, step), step)


@keeps_what_was_typed("case")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def decide(request: HttpRequest, run: UUID, step: str):
    """Keep what is decided: at an address of its own, so that *Back* leads to the step.

    One that was decided cannot be undone there either.
    """
    walk = _at_a_step(request, run, step)
    if request.method != "POST":
        return redirect(_address(request, walk, step))
    return _answered(request, walk, step)


def _at_a_step(request, run: UUID, step: str) -> Walk:
    walk = _walk(request, run)
    if step not in rules.steps_of(walk.document):
        raise Http404
    return walk


def _answered(request, walk: Walk, step: str):
    if decision := walk.made_at(step):
        late = request.method == "POST" and request.POST.get("option") not in {
            None,
            decision.option,
        }
        if request.method == "POST" and not late:
            return redirect(_address(request, walk, step))
        return _decided(request, walk, step, late=late)
    if step != walk.now:
        return redirect(_where(request, walk))
    if request.method != "POST":
        return _asked(request, walk, step)
    return _decide(request, walk, step)


def _decide(request, walk: Walk, step: str):
    option = request.POST.get("option", "")
    reasons = request.POST.get("reasons", "").replace("\r\n", "\n")
    try:
        kept = actions.decide(
            walk.run,
            step=step,
            option=option,
            reasons=reasons,
            language=walk.language,
            at=timezone.now(),
        )
    except Refused as refusal:
        problems = [PROBLEMS[word] for word in refusal.reasons if word in PROBLEMS]
        if not problems:  # the run went on, or ended, in another window
            return redirect("case_run", walk.run.pk)
        return _asked(request, walk, step, problems=problems)
    if kept.option != option:
        return _decided(request, _walk(request, walk.run.pk), step, late=True)
    return redirect(_address(request, walk, step))


def _address(request, walk: Walk, step: str, *, name: str = "case_step") -> str:
    brief = BRIEF if _is_brief(request) else ""
    return reverse(name, args=[walk.run.pk, step]) + brief


def _is_brief(request) -> bool:
    return request.GET.get("version") == "without-descriptions"


def _asked(request, walk: Walk, step: str, problems=()):
    name = elsewhere(request, "case_decide", "case_step")
    given = request.POST
    if request.method != "POST":
        given = typed_at(request, "case", run=walk.run.pk, step=step) or {}
    shown = render(
        request,
        "courses/cases/step.html",
        step_asked(walk, step, brief=_is_brief(request), notes=_notes(request, walk))
        | {
            "country": _country(request),
            "run": walk.run,
            "brief": _is_brief(request),
            "sent_to": _address(request, walk, step, name=name),
            "chosen": given.get("option", ""),
            "written": given.get("reasons", ""),
            "errors": [{"href": href, "text": text} for href, text in problems],
            "wrong": {href.removeprefix("#"): text for href, text in problems},
        },
        status=422 if problems else 200,
    )
    return for_who_goes_back(shown)


def _country(request) -> Country | None:
    """Return the viewer's country, where it is one of the region."""
    code = request.user.country
    return Country(code) if code in Country.values else None


def _notes(request, walk: Walk):
    """Return topic → what the viewer's country says on it today."""
    country = _country(request)
    today = timezone.localdate()
    return notes_of(country.value, walk.language, on=today) if country else {}


def _decided(request, walk: Walk, step: str, *, late: bool):
    """Show what followed; `late` says that another decision came after it."""
    return render(
        request,
        "courses/cases/consequence.html",
        step_decided(walk, walk.made_at(step), brief=_is_brief(request))
        | {
            "run": walk.run,
            "late": late,
            "version": BRIEF if _is_brief(request) else "",
            "end": rules.END,
        },
        status=409 if late else 200,
    )


@require_http_methods(["GET", "HEAD"])
@login_required
def debrief(request: HttpRequest, run: UUID):
    """Show what a run came to, once it is over."""
    walk = _walk(request, run)
    if walk.run.is_open:
        return redirect(_where(request, walk))
    enrolment, activity = walk.run.enrolment, walk.run.activity
    entries = outline(activity.course_id, walk.language)
    ticks = ticks_of(request.user, activity.course_id)
    return render(
        request,
        "courses/cases/debrief.html",
        debriefing(walk, notes=_notes(request, walk))
        | {
            "run": walk.run,
            "enrolment": enrolment,
            "country": _country(request),
            "home": _home(activity),
            "next": ticks.next_after(activity.pk, entries),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def stop(request: HttpRequest, run: UUID):
    """End a run in which a critical error was made; others go on."""
    walk = _walk(request, run)
    if request.method == "POST":
        actions.stop_run(walk.run, at=timezone.now())
    return redirect("case_run", walk.run.pk)
