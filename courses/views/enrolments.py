"""Enrolling, my learning, why a course is not finished, leaving."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses import actions
from courses.addresses import live_pages
from courses.assigning.deadlines import deadlines_of, due_of
from courses.awards import award_links
from courses.comparing.holders import read_again
from courses.inperson.hours import own_minutes_by_year
from courses.inperson.workshops import workshops_for
from courses.learning import learning_of, path_of, suggestions_for
from courses.models import Attempt, CaseRun, Course, Enrolment
from courses.models.editions import in_language
from courses.notices import notices_for
from courses.progress import Progress, progress_of
from courses.quizzes import allowance_for
from courses.reasoning.listing import reasoning_of
from courses.views.own import own_enrolment
from lms.people import starts
from lms.people.duties import work_of
from lms.refusals import Refused
from lms.web.next import by_way_of

SENTENCES = {
    "course-not-open": gettext_lazy(
        "Enrolment in this course is not open yet. Ask the person in charge of "
        "training at your institution when it opens."
    ),
    "post-missing": gettext_lazy("Say first where you work and what you do."),
    "already-completed": gettext_lazy("You have already completed this course."),
    "not-open-yet": gettext_lazy(
        "Your cohort takes this course later. My learning says from which day on."
    ),
    "waits-for-course": gettext_lazy(
        "Your cohort takes another course first. My learning says which."
    ),
    "waits-for-superior": gettext_lazy(
        "Your superior has to approve this course first. Start it in My learning."
    ),
    "asked-today": gettext_lazy(
        "Your superior did not approve it. You can ask again tomorrow."
    ),
    "superior-unconfirmed": gettext_lazy(
        "Your trainer has to confirm the address of your superior first. Start the "
        "course again after that."
    ),
    "superior-is-oneself": gettext_lazy(
        "The address of your superior is one of your own. Ask your trainer to write "
        "another one."
    ),
    "not-assigned": gettext_lazy("This course is no longer assigned to you."),
}


def enrol(request: HttpRequest, course: UUID):
    """Enrol by one click and lead to the first lesson.

    Whoever pressed the button before they came in is led here, and has a note of it.
    """
    found = get_object_or_404(Course, pk=course)
    home = course_home(found)
    if not request.user.is_authenticated:
        return redirect_to_login(home)
    comes_in = request.method == "GET" and starts.use_up(request, found.pk)
    if request.method != "POST" and not comes_in:
        return redirect(home)
    try:
        enrolment = actions.enrol(request.user, course=found, at=timezone.now())
    except Refused as refusal:
        if comes_in:
            return said_in_my_learning(request, refusal.reasons)
        return not_enrolled(request, refusal.reasons, found, home)
    messages.success(
        request,
        _("You are enrolled in %(course)s.")
        % {"course": enrolment.edition.title(get_language())},
    )
    return redirect(_where_to_begin(enrolment))


def course_home(course: Course) -> str:
    page = live_pages([course.pk], language=get_language()).get(course.pk)
    return page.url if page else reverse("my_learning")


def not_enrolled(request, reasons: list[str], course: Course, home: str):
    if reasons == ["post-missing"]:
        messages.info(request, SENTENCES["post-missing"])
        return redirect(by_way_of("people_post", starts.note(request, course.pk)))
    completed = (
        Enrolment.objects.own(request.user)
        .of_learner(request.user, course=course.pk)
        .first()
    )
    url = reverse("enrolment", args=[completed.pk]) if completed else home
    return render(
        request,
        "parts/refused.html",
        {
            "heading": _("You were not enrolled"),
            "sentences": [SENTENCES[reason] for reason in reasons],
            "url": url,
            "link": _("See what you completed") if completed else _("Back"),
        },
        status=409,
    )


def said_in_my_learning(request, reasons: list[str]):
    """Say on one's own page why a course was not started: one is in, and may go on."""
    for reason in reasons:
        messages.warning(request, SENTENCES[reason])
    return redirect("my_learning")


@require_safe
@login_required
def my_learning(request: HttpRequest):
    """What now? The next step, what is under way, what was earned."""
    person, language, now = request.user, get_language(), timezone.now()
    notices = notices_for(person, at=now)
    in_person = own_minutes_by_year(person) if notices.credited else {}
    learning = learning_of(person, language=language, in_person=in_person)
    deadlines, workshops = [], []
    if notices.in_cohort:
        deadlines = deadlines_of(person, language=language, at=now)
        workshops = workshops_for(person, on=timezone.localdate(now), at=now)
    suggestions, work = [], []
    if learning.is_empty and not deadlines:
        suggestions = suggestions_for(person, language=language)
        work = work_of(person, on=timezone.localdate(now))
    return render(
        request,
        "courses/my_learning.html",
        {
            "learning": learning,
            "deadlines": deadlines,
            "main_start": next((one for one in deadlines if one.may_start), None),
            "due_on": due_of(deadlines, learning.next),
            "programme": path_of(
                person,
                learning,
                language=language,
                due={one.enrolment: one.due_on for one in deadlines if one.enrolment},
            ),
            "suggestions": suggestions,
            "work": work,
            "workshops": workshops,
            "notices": notices,
        },
    )


@require_safe
@login_required
def detail(request: HttpRequest, enrolment: UUID):
    """Why am I not done? Each rule of the edition, met or not, with its link."""
    found = own_enrolment(request, enrolment)
    language = get_language()
    progress = progress_of(found, language=language)
    attempts = _attempts_of(request, found)
    return render(
        request,
        "courses/enrolment.html",
        {
            "enrolment": found,
            "edition": found.edition,
            "title": found.edition.title(language),
            "progress": progress,
            "tests": _tests(found, progress, attempts),
            "attempts": [(one, in_language(one.titles, language)) for one in attempts],
            "runs": _runs_of(request, found, language),
            "award": award_links([found.pk], language).get(found.pk),
            "reasoning": reasoning_of(found, language=language),
            **read_again(found, progress, language=language, at=timezone.now()),
            "home": live_pages([found.course_id], language=language).get(
                found.course_id
            ),
            "may_enrol_again": found.withdrawn_at is not None
            and not Enrolment.objects.own(request.user)
            .of_learner(request.user, course=found.course_id)
            .exists(),
        },
    )


def _attempts_of(request, enrolment: Enrolment) -> list[Attempt]:
    return list(
        Attempt.objects.own(request.user)
        .filter(enrolment=enrolment)
        .select_related("activity")
        .order_by("started_at")
    )


def _runs_of(request, enrolment: Enrolment, language: str) -> list[tuple]:
    """Return the runs of cases, each with the name of the case when it began."""
    rows = (
        CaseRun.objects.own(request.user)
        .filter(enrolment=enrolment)
        .select_related("version")
        .order_by("started_at")
    )
    return [
        (one, in_language(one.version.document["titles"], language)) for one in rows
    ]


def _tests(
    enrolment: Enrolment, progress: Progress, attempts: list[Attempt]
) -> list[dict]:
    """Return the final tests, with the attempts left and the one that was begun."""
    finals = [row for row in progress.rows if row.is_final]
    activities = enrolment.course.activities.in_bulk([row.key for row in finals])
    begun = {one.activity_id: one for one in attempts if one.is_open}
    return [
        {
            "row": row,
            "begun": begun.get(row.key),
            "allowance": allowance_for(
                enrolment, activity=activities[row.key], at=timezone.now()
            ),
        }
        for row in finals
    ]


@require_safe
@login_required
def resume(request: HttpRequest, enrolment: UUID):
    """Lead to what comes next, in one click."""
    return redirect(_where_to_go_on(own_enrolment(request, enrolment)))


def _where_to_begin(enrolment: Enrolment) -> str:
    """Return the first lesson or what else is required; it offers the pre-test."""
    goal = progress_of(enrolment, language=get_language()).goal
    return goal.url if goal else reverse("enrolment", args=[enrolment.pk])


def _where_to_go_on(enrolment: Enrolment) -> str:
    """Return the next open activity; an attempt that was begun before its quiz."""
    following = None
    if enrolment.is_open:
        following = progress_of(enrolment, language=get_language()).next
    if following is None:
        return reverse("enrolment", args=[enrolment.pk])
    begun = enrolment.attempts.filter(activity=following.key).open().first()
    return reverse("attempt", args=[begun.pk]) if begun else following.url


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def leave(request: HttpRequest, enrolment: UUID):
    """Ask, then leave the course; what was done is kept."""
    found = own_enrolment(request, enrolment)
    title = found.edition.title(get_language())
    here = reverse("enrolment", args=[found.pk])
    if not found.is_open:
        return _not_left(request, found, here)
    if request.method != "POST":
        return render(
            request,
            "courses/leave.html",
            {
                "heading": _("Leave %(course)s") % {"course": title},
                "action": reverse("leave", args=[found.pk]),
                "button": _("Leave the course"),
                "cancel": here,
                "danger": True,
            },
        )
    actions.withdraw(found, at=timezone.now())
    messages.success(
        request,
        _("You left %(course)s. What you did is kept.") % {"course": title},
    )
    return redirect("my_learning")


def _not_left(request, enrolment: Enrolment, here: str):
    sentence = (
        _("You completed this course; there is nothing to leave.")
        if enrolment.completed_at
        else _("You had already left this course. What you did is kept.")
    )
    return render(
        request,
        "parts/refused.html",
        {
            "heading": _("Nothing has changed"),
            "sentences": [sentence],
            "url": here,
            "link": _("See the course"),
        },
        status=409,
    )
