"""A country owner's screen: what lessons say about the law of their country."""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.actions import call_numbers, check_note
from courses.blocks import Topic
from courses.models import CountryNote
from courses.models.country_notes import NOTES_STAND_FOR
from lms.people.choices import Role
from lms.people.gates import for_holders


@dataclass(frozen=True, slots=True)
class Line:
    """A note as its country's owner reads it: whether it is time to check it again."""

    note: CountryNote
    title: str
    is_old: bool

    @property
    def has_numbers(self) -> bool:
        return self.note.topic == Topic.CONTACTS


@require_safe
@for_holders(Role.COUNTRY_OWNER)
def own_notes(request):
    """Show the notes of the countries one answers for, the longest unchecked first."""
    today, language = timezone.localdate(), get_language()
    lines = [
        Line(note, note.title(language), note.checked_on < today - NOTES_STAND_FOR)
        for note in _own(request).order_by("checked_on", "topic")
    ]
    return render(
        request, "courses/country_owner.html", {"lines": lines, "today": today}
    )


@require_POST
@for_holders(Role.COUNTRY_OWNER)
def checked(request, note):
    found = get_object_or_404(_own(request), pk=note)
    now = timezone.now()
    said = {"by": request.user, "on": timezone.localdate(now), "at": now}
    if request.POST.get("called") == "yes":
        call_numbers(found, **said)
        messages.success(
            request, _("The note now says that its numbers were called today.")
        )
    else:
        check_note(found, **said)
        messages.success(request, _("The note now says that it was checked today."))
    return redirect("country_owner")


def _own(request):
    countries = {mandate.country for mandate in request.mandates}
    return CountryNote.objects.of_countries(countries)
