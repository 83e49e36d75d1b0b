"""Taking a quiz: start, answer page by page, look over, hand in, read the results."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses import actions, timing
from courses.awards import award_links
from courses.forms import AnswerSheet
from courses.models import Activity, Attempt, Enrolment
from courses.models.editions import in_language
from courses.progress import progress_of
from courses.questions.rules import is_complete
from courses.quizzes import allowance_for
from courses.reach import reach_of
from courses.results import objectives_of, results_of
from courses.time_left import time_of
from courses.views.own import own_attempt
from lms.people.typed import keeps_what_was_typed, owner_here, typed_at
from lms.refusals import Refused
from lms.web.back import elsewhere, for_who_goes_back
from lms.web.context import name_of

PER_PAGE = 10
SENTENCES = {
    "not-enrolled": gettext_lazy("Enrol in the course first."),
    "not-in-this-edition": gettext_lazy(
        "This quiz is not part of the edition you are enrolled in."
    ),
    "enrolment-closed": gettext_lazy(
        "You have completed or left this course, so no new attempt can begin."
    ),
    "quiz-not-available": gettext_lazy("This quiz is not available at the moment."),
    "already-passed": gettext_lazy("You have already passed this test."),
    "pretest-too-late": gettext_lazy(
        "The pre-test is for the time before the first lesson, and you have begun."
    ),
    "no-attempts-left": gettext_lazy("You have used your attempts."),
    "no-questions": gettext_lazy(
        "This quiz has no questions for your profession yet. Tell your focal point."
    ),
}
UNKNOWN_BUTTON = gettext_lazy("Use one of the buttons below the questions.")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def start(request: HttpRequest, activity: UUID):
    """Begin an attempt, or go on with the one that is open."""
    found = get_object_or_404(Activity, pk=activity)
    page = reach_of([found.pk], language=get_language()).pages.get(found.pk)
    home = page.url if page else reverse("my_learning")
    if request.method != "POST":
        return redirect(home)
    enrolment = (
        Enrolment.objects.own(request.user)
        .of_learner(request.user, course=found.course_id)
        .with_edition()
        .first()
    )
    if enrolment is None:
        return _not_started(request, [SENTENCES["not-enrolled"]], home)
    now = timezone.now()
    try:
        attempt = actions.start_attempt(enrolment, activity=found, at=now)
    except Refused as refusal:
        sentences = [SENTENCES[reason] for reason in refusal.reasons]
        next_at = allowance_for(enrolment, activity=found, at=now).next_at
        if next_at:
            sentences.append(_new_set_on(next_at))
        return _not_started(
            request, sentences, reverse("enrolment", args=[enrolment.pk])
        )
    return redirect("attempt", attempt.pk)


def _new_set_on(moment) -> str:
    day = date_format(timezone.localtime(moment), "DATETIME_FORMAT")
    return _("A new set of attempts begins on %(day)s.") % {"day": day}


def _not_started(request, sentences: list[str], url: str):
    return _refused(request, _("No attempt was started"), sentences, url)


def _refused(request, heading: str, sentences: list[str], url: str):
    return render(
        request,
        "parts/refused.html",
        {"heading": heading, "sentences": sentences, "url": url, "link": _("Go on")},
        status=409,
    )


@keeps_what_was_typed("attempt")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def attempt(request: HttpRequest, attempt: UUID):
    """Show a page of questions or keep its answers; the results once handed in."""
    return _asked(request, own_attempt(request, attempt))


@keeps_what_was_typed("attempt")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def answers(request: HttpRequest, attempt: UUID):
    """Keep the answers of a page.

    They have an address of their own, so that *Back* leads to the page.
    """
    found = own_attempt(request, attempt)
    if request.method != "POST":
        return redirect(_url(found, _page(request, found).number))
    return _asked(request, found)


def _asked(request, found: Attempt):
    now = timezone.now()
    found = actions.hand_in_if_over(found, at=now)
    if not found.is_open:
        return _results(request, found, late=request.method == "POST")
    if request.method != "POST" and timing.is_over(found.ends_at, at=now):
        return redirect("attempt_review", found.pk)
    page = _page(request, found)
    is_sent = request.method == "POST"
    posted = request.POST if is_sent else typed_at(request, "attempt", key=found.pk)
    sheet = AnswerSheet(page.object_list, language=get_language(), posted=posted)
    if not is_sent:
        return _questions(request, found, page, sheet)
    return _save(request, found, page, sheet)


def _page(request, attempt: Attempt) -> Page:
    items = attempt.items.with_version()
    try:
        return Paginator(items, PER_PAGE).page(request.GET.get("page", 1))
    except (EmptyPage, PageNotAnInteger) as unknown:
        raise Http404 from unknown


def _save(request, attempt: Attempt, page: Page, sheet: AnswerSheet):
    """Keep every answer of the page, or none, and go where the button says."""
    urls = _urls(attempt, page)
    go = request.POST.getlist("go")
    is_known = len(go) == 1 and go[0] in urls
    if not sheet.is_valid or not is_known:
        errors = sheet.errors
        if not is_known:
            errors.append({"href": "#buttons", "text": UNKNOWN_BUTTON})
        return _questions(request, attempt, page, sheet, errors=errors)
    try:
        actions.save_answers(attempt, answers=sheet.answers, at=timezone.now())
    except Refused as refusal:
        if refusal.reasons != ["attempt-closed"]:
            raise
        # Handed in meanwhile, in another window or by the clock.
        found = own_attempt(request, attempt.pk)
        found = actions.hand_in_if_over(found, at=timezone.now())
        return _results(request, found, late=True)
    if go[0] == "leave":
        messages.success(request, _("Your answers are saved. Go on when you like."))
    return redirect(urls[go[0]])


def _urls(attempt: Attempt, page: Page) -> dict[str, str]:
    """Return where each button of the page leads after saving."""
    urls = {
        "stay": _url(attempt, page.number),
        "leave": reverse("my_learning"),
        "review": reverse("attempt_review", args=[attempt.pk]),
    }
    if page.has_previous():
        urls["previous"] = _url(attempt, page.previous_page_number())
    if page.has_next():
        urls["next"] = _url(attempt, page.next_page_number())
    for code, _name in settings.LANGUAGES:
        with override(code):
            urls[f"language-{code}"] = _url(attempt, page.number)
    return urls


def _url(
    attempt: Attempt, number: int, anchor: str = "", *, name: str = "attempt"
) -> str:
    url = reverse(name, args=[attempt.pk])
    return f"{url}?page={number}{anchor}" if number > 1 else f"{url}{anchor}"


def _questions(request, attempt: Attempt, page: Page, sheet: AnswerSheet, errors=()):
    name = elsewhere(request, "attempt_answers", "attempt")
    shown = render(
        request,
        "courses/attempt.html",
        {
            "attempt": attempt,
            "title": in_language(attempt.titles, get_language()),
            "time": time_of(attempt, at=timezone.now()),
            "page": page,
            "total": page.paginator.count,
            "questions": sheet.questions,
            "errors": list(errors),
            "sent_to": _url(attempt, page.number, name=name),
            "owner": owner_here(request),
            "languages": [
                {"code": code, "name": name_of(code)}
                for code, _name in settings.LANGUAGES
                if code != get_language()
            ],
        },
        status=422 if errors else 200,
    )
    return for_who_goes_back(shown)


@require_http_methods(["GET", "HEAD"])
@login_required
def review(request: HttpRequest, attempt: UUID):
    """List what has no answer yet, before handing in."""
    now = timezone.now()
    found = actions.hand_in_if_over(own_attempt(request, attempt), at=now)
    if not found.is_open:
        return redirect("attempt", found.pk)
    items = list(found.items.with_version())
    return render(
        request,
        "courses/attempt_review.html",
        {
            "attempt": found,
            "title": in_language(found.titles, get_language()),
            "time": time_of(found, at=now),
            "total": len(items),
            "unanswered": [
                {"position": item.position, "url": _where(found, item.position)}
                for item in items
                if not is_complete(item.version.document, item.answer)
            ],
            "last_page": _where(found, len(items)),
            "owner": owner_here(request),
        },
    )


def _where(attempt: Attempt, position: int) -> str:
    return _url(attempt, (position - 1) // PER_PAGE + 1, f"#q-{position}")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def submit(request: HttpRequest, attempt: UUID):
    """Hand in; a second time changes nothing and leads to the same results.

    They have an address of their own, so that *Back* leads to them from a lesson.
    """
    found = own_attempt(request, attempt)
    if request.method != "POST":
        return redirect("attempt_review", found.pk)
    try:
        actions.submit_attempt(found, language=get_language(), at=timezone.now())
    except Refused as refusal:
        return _not_submitted(request, refusal.reasons, found)
    return redirect("attempt", found.pk)


def _not_submitted(request, reasons: list[str], attempt: Attempt):
    return _refused(
        request,
        _("Your answers were not handed in"),
        [SENTENCES[reason] for reason in reasons],
        reverse("attempt_review", args=[attempt.pk]),
    )


def _results(request, attempt: Attempt, *, late: bool):
    """Show the results; `late` says that answers came after the hand-in."""
    language = get_language()
    enrolment = attempt.enrolment
    results = results_of(attempt, language=language, at=timezone.now())
    progress = progress_of(enrolment, language=language)
    reach = reach_of([attempt.activity_id], language=language)
    objectives = objectives_of(results.lessons, language=language)
    return render(
        request,
        "courses/attempt_results.html",
        {
            "attempt": attempt,
            "enrolment": enrolment,
            "title": in_language(attempt.titles, language),
            "results": results,
            "lessons": [
                {"row": row, "objectives": objectives.get(row.key, [])}
                for row in progress.rows
                if row.key in results.lessons
            ],
            "progress": progress,
            "award": award_links([enrolment.pk], language).get(enrolment.pk),
            "quiz": reach.pages.get(attempt.activity_id),
            "late": late,
        },
        status=409 if late else 200,
    )
