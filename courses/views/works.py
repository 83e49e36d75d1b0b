"""The works that lessons, questions, notes and checklists cite, to look them up."""

from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from courses.works import KINDS, Work, works


@require_safe
def works_cited(request):
    """Show every work by kind, in the reader's language."""
    return render(request, "courses/works.html", {"groups": _groups(get_language())})


def _groups(language: str) -> list[tuple[str, str, list[Work]]]:
    """Return each kind, its name and its works by the alphabet."""
    found = works(language)
    return [
        (kind, name, [work for work in found if work.kind == kind])
        for kind, name in KINDS.items()
    ]
