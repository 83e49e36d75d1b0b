"""Looking for lessons and country notes, and reading what a country's notes say."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from courses.blocks import Topic
from courses.lesson_text import notes_of
from courses.search import search, with_passages
from lms.people.choices import Country
from lms.people.countries import by_name

A_PAGE = 20
LONGEST = 100


@require_safe
def search_page(request):
    """Show a form, and a page of what was found."""
    asked = request.GET.get("q", "").strip()[:LONGEST]
    answer = search(asked, language=get_language(), on=timezone.localdate())
    page = Paginator(answer.found, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "courses/search.html",
        {
            "asked": asked,
            "meant": answer.asked,
            "page_obj": page,
            "results": with_passages(page.object_list, answer.asked),
        },
    )


@require_safe
def country_notes(request, country=""):
    """Show the notes of a country by topic, or only the list of countries."""
    if country and country not in Country.values:
        raise Http404
    return render(
        request,
        "courses/country_notes.html",
        {
            "countries": by_name(),
            "country": Country(country) if country else None,
            "notes": _by_topic(country) if country else [],
        },
    )


def _by_topic(country: str) -> list[tuple[Topic, dict | None]]:
    """Return every topic, without a note where there is none to be shown."""
    notes = notes_of(country, get_language(), on=timezone.localdate())
    return [(topic, notes.get(topic)) for topic in Topic]
