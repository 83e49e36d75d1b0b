"""The words of the courses by the alphabet, to be looked up and linked to."""

from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from courses.glossary import by_letter, entries_in, entries_with

LONGEST = 100


@require_safe
def glossary(request):
    """Show every term by its letter, or those that have the words asked for."""
    asked, language = request.GET.get("q", "").strip()[:LONGEST], get_language()
    found = entries_with(asked, language) if asked else entries_in(language)
    return render(
        request,
        "courses/glossary.html",
        {
            "asked": asked,
            "found": found,
            "letters": [("", found)] if asked else by_letter(found),
        },
    )
