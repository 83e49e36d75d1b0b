"""The editors' grid of countries and topics: what has to be written or checked."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from courses.blocks import Topic
from courses.note_grid import grid_of


@require_safe
def note_grid(request):
    """Show every country and topic, with the day on which its note was checked."""
    if not request.user.has_perm("courses.view_countrynote"):
        raise PermissionDenied
    today = timezone.localdate()
    grid = grid_of(language=get_language(), on=today)
    return render(
        request,
        "courses/admin/note_grid.html",
        {"grid": grid, "topics": list(Topic), "today": today},
    )
