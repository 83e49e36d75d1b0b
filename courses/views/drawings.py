"""The sheet of a drawing: one page to print and pin up, as open as its lesson."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.wagtail_hooks import check_view_restrictions

from courses.addresses import url_of
from courses.lesson_drawings import lesson_drawing
from courses.lesson_facts import lessons_at
from courses.models import LessonPage
from courses.page_context import alternates_of


@require_safe
def drawing_sheet(request, course, module, lesson, drawing):
    """Show a drawing alone; where the lesson has a door, its sheet has the same."""
    path = f"{course}/{module}/{lesson}/"
    page = get_object_or_404(lessons_at(path, get_language()))
    return _sheet(page, request, [], {"drawing": drawing})


@check_view_restrictions
def _sheet(page, request, _args, asked):
    drawing, language = asked["drawing"], get_language()
    drawn = lesson_drawing(drawing, language)
    if drawn is None or drawing not in _drawings_of(page):
        raise Http404
    others = alternates_of(page.translation_key, language)
    return render(
        request,
        "courses/drawing_sheet.html",
        {
            "lesson": page,
            "lesson_url": url_of(page.url_path, language),
            "drawn": drawn,
            "alternates": [
                other | {"url": f"{other['url']}drawings/{drawing}/"}
                for other in others
            ],
        },
    )


def _drawings_of(page: LessonPage) -> set[str]:
    return {
        block.value["drawing"] for block in page.body if block.block_type == "drawing"
    }
