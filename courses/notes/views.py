"""One's own note on a lesson, and the list of all of them."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.addresses import LivePage, live_pages
from courses.models import Activity, Note
from courses.notes.actions import keep
from courses.notes.facts import note_of, notes_of
from courses.notes.forms import NoteForm
from lms.people.rules import NOTES_KEPT
from lms.people.typed import keeps_what_was_typed, typed_at


@keeps_what_was_typed("lesson_note")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def lesson_note(request: HttpRequest, activity: UUID) -> HttpResponse:
    """Show what the reader noted on a lesson; keep what they write now."""
    lesson = get_object_or_404(Activity, pk=activity, kind=Activity.Kind.LESSON)
    note = note_of(request.user, lesson)
    page = live_pages([lesson.pk], language=get_language()).get(lesson.pk)
    if page is None and note is None:
        raise Http404
    form = NoteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _kept(request, lesson, page, form)
    if not form.is_bound:
        form = NoteForm(initial=_so_far(request, lesson, note))
    facts = {"form": form, "page": page}
    status = 422 if form.is_bound else 200
    return render(request, "courses/notes/note.html", facts, status=status)


def _so_far(
    request: HttpRequest, lesson: Activity, note: Note | None
) -> dict[str, object]:
    """Return what was typed when the session ended, else what is kept."""
    if typed := typed_at(request, "lesson_note", activity=lesson.pk):
        return {"text": typed.get("text", ""), "is_marked": "is_marked" in typed}
    return {"text": note.text, "is_marked": note.is_marked} if note else {}


def _kept(
    request: HttpRequest, lesson: Activity, page: LivePage | None, form: NoteForm
) -> HttpResponse:
    if keep(request.user, lesson, **form.cleaned_data, at=timezone.now()):
        messages.success(request, _("Your note is kept."))
    else:
        messages.success(request, _("There is no note of yours on this lesson now."))
    return redirect(page.url if page else "my_notes")


@require_safe
@login_required
def my_notes(request: HttpRequest) -> HttpResponse:
    """List everything the reader noted, by course."""
    courses = notes_of(request.user, language=get_language())
    facts = {"courses": courses, "days": NOTES_KEPT.days}
    return render(request, "courses/notes/notes.html", facts)
