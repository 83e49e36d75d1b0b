"""Reading a lesson, checking oneself, and finishing it."""

import re
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.cache import caches
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.views import serve as wagtail_serve

from courses.actions import complete_activity
from courses.lesson_facts import TEXT_SECONDS, LessonFacts, facts_at, text_of
from courses.lesson_text import (
    LessonText,
    Part,
    answered,
    drawn,
    in_country,
)
from courses.models import Activity, Enrolment, LessonPage
from courses.outline import Entry, entry_of, outline
from courses.page_context import standing
from courses.ticks import ticks_of
from lms.people.choices import Country
from lms.people.countries import by_name
from lms.refusals import Refused

MILD = "without-descriptions"
REVISION = re.compile(r"[0-9]{1,18}")
# Of our templates; they weigh more than a paragraph. No text of a lesson is indented.
INDENT = re.compile(rb"\n\s+")
SENTENCES = {
    "not-enrolled": gettext_lazy("Enrol in the course to keep your progress."),
    "not-in-this-edition": gettext_lazy(
        "This lesson was added after you enrolled. Your edition does not ask for it."
    ),
    "taken-down": gettext_lazy(
        "The lesson was taken down. It is not asked of you any more."
    ),
    "enrolment-closed": gettext_lazy("You left this course. Enrol again to go on."),
}


@require_safe
def lesson(request, course, module, lesson):
    """Show a live lesson; whatever is not one goes Wagtail's way."""
    path, language = f"{course}/{module}/{lesson}/", get_language()
    facts = facts_at(path, language)
    if facts is None:
        return wagtail_serve(request, path)
    page = render(
        request,
        "courses/lesson_page.html",
        {"lesson": facts, "alternates": facts.alternates}
        | standing(
            facts.key,
            course=facts.course,
            language=language,
            ticks=ticks_of(request.user, facts.course),
        )
        | _text(request, facts, language),
    )
    page.content = INDENT.sub(b"\n", page.content)
    return page


def _text(request, facts: LessonFacts, language: str) -> dict:
    """What the lesson says, with the feedback and the note this reader asked for."""
    asked = _known(request.GET.get("country", ""))
    text = text_of(facts, language)
    version = MILD if request.GET.get("version") == MILD else ""
    key = f"{facts.pk}:{facts.revision}:{language}:{version}"
    return {
        "text": text.completed(
            in_country(
                _parts(request, text, key=key, version=version, asked=asked),
                country=getattr(request.user, "country", "") or asked,
                language=language,
                on=timezone.localdate(),
            ),
            mild=bool(version),
        ),
        "has_mild_version": any("instead" in part for part in text.parts),
        "version": version,
        "kept": {"seconds": TEXT_SECONDS, "key": key},
        "country_asked": asked,
        "countries": by_name(),
    }


def _parts(
    request, text: LessonText, *, key: str, version: str, asked: str
) -> list[Part]:
    """Return the parts, drawn as they were for others unless a reader asks for more."""
    parts = text.mild if version else text.parts
    check = request.GET.get("c", "")
    if check or asked:
        return answered(parts, check=check, option=request.GET.get("o", ""))
    return caches["pages"].get_or_set(
        f"drawn:{key}", lambda: drawn(parts, version=version), TEXT_SECONDS
    )


def _known(country: str) -> str:
    return country if country in Country.values else ""


def finish(request, activity):
    """Record that the reader finished a lesson, and lead to what comes next."""
    found = _lesson(activity)
    if found is None:
        raise Http404
    here = entry_of(found, get_language())
    if here is None:
        return _taken_down(request, _enrolment(request, found))
    if not request.user.is_authenticated:
        return redirect_to_login(here.url)
    if request.method != "POST":
        return redirect(here.url)
    enrolment = _enrolment(request, found)
    if enrolment is None:
        return _refused(request, ["not-enrolled"], here.url)
    return _finish(request, enrolment, found, here)


def _enrolment(request, activity: Activity) -> Enrolment | None:
    if not request.user.is_authenticated:
        return None
    return (
        Enrolment.objects.own(request.user)
        .of_learner(request.user, course=activity.course_id)
        .first()
    )


def _taken_down(request, enrolment: Enrolment | None):
    """Say to who was reading it that nobody asks for the lesson any more."""
    if enrolment is None:
        raise Http404
    url = reverse("enrolment", args=[enrolment.pk])
    return _refused(request, ["taken-down"], url, link=_("See your progress"))


def _lesson(key: UUID) -> Activity | None:
    """Return the lesson, which once made is never another.

    That there is none is not kept: keys are made up at will, and would drive out the
    pages that others read.
    """
    kept = caches["pages"].get(f"lesson:{key}")
    if kept is None:
        kept = Activity.objects.filter(pk=key, kind=Activity.Kind.LESSON).first()
        if kept:
            caches["pages"].set(f"lesson:{key}", kept)
    return kept


def _finish(request, enrolment: Enrolment, activity: Activity, here: Entry):
    was_open = enrolment.is_open
    try:
        complete = complete_activity(
            enrolment,
            activity=activity,
            language=get_language(),
            revision=_revision_read(request, here),
            at=timezone.now(),
        )
    except Refused as refusal:
        return _refused(request, refusal.reasons, here.url)
    if complete and was_open:
        messages.success(request, _("You completed the course."))
        return redirect("enrolment", enrolment.pk)
    messages.success(
        request, _("Finished: %(lesson)s.") % {"lesson": f"{here.number} {here.title}"}
    )
    entries = outline(activity.course_id, get_language())
    following = ticks_of(request.user, activity.course_id).next_after(here.key, entries)
    return redirect(following.url) if following else redirect("enrolment", enrolment.pk)


def _revision_read(request, here: Entry) -> int | None:
    """Return the revision that the form says was read, else the live one."""
    asked = request.POST.get("revision", "")
    if asked == str(here.revision) or not REVISION.fullmatch(asked):
        return here.revision
    page = LessonPage.objects.get(
        translation_key=here.key, locale__language_code=get_language()
    )
    is_known = page.revisions.filter(pk=asked).exists()
    return int(asked) if is_known else page.live_revision_id


def _refused(request, reasons: list[str], url: str, *, link: str = ""):
    return render(
        request,
        "parts/refused.html",
        {
            "heading": _("Your progress was not recorded"),
            "sentences": [SENTENCES[reason] for reason in reasons],
            "url": url,
            "link": link or _("Back to the lesson"),
        },
        status=409,
    )
