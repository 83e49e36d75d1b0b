"""Screens of the editors' area: the checks of a page, and of a course."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from wagtail.models import Page

from courses.checks.lists import checks_of, checks_of_course, drawn
from courses.models import CoursePage


@require_safe
def page_checks(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show what keeps a page from going out, and what should be mended in it."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    context = {"page": page, "checked": checks_of(page)} | drawn(page)
    return render(request, "courses/admin/page_checks.html", context)


@require_safe
def course_checks(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the same of every page of a course, in every language."""
    page = get_object_or_404(CoursePage, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    checked = checks_of_course(page, viewer=request.user)
    context = {
        "page": page,
        "looked_at": len(checked),
        "kept_back": sum(bool(one.refusals) for one in checked),
        "with_findings": [one for one in checked if one.count],
    }
    return render(request, "courses/admin/course_checks.html", context)
