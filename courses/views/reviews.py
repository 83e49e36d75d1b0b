"""Signing a lesson's review from the editors' area: one question, one action."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.actions import sign_review
from courses.models import LessonPage, Review
from lms.refusals import Refused

SENTENCES = {
    "not-live": gettext_lazy("The lesson is not published."),
    "has-drafts": gettext_lazy(
        "The lesson has changes that nobody has published. Publish or discard them."
    ),
}


def sign_review_view(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask whether the lesson was read whole; on POST sign it, or say why not."""
    page = get_object_or_404(LessonPage, pk=page_id)
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    if request.method != "POST":
        return _answer(request, page, problems=[], status=200)
    try:
        sign_review(page, by=request.user, at=timezone.now())
    except Refused as refused:
        problems = [SENTENCES[reason] for reason in refused.reasons]
        return _answer(request, page, problems=problems, status=409)
    messages.success(request, _("Your review of “%(title)s” is recorded.") % vars(page))
    return redirect("wagtailadmin_pages:edit", page.pk)


def _answer(request, page: LessonPage, *, problems: list, status: int) -> HttpResponse:
    context = {
        "page": page,
        "signed": Review.objects.filter(revision=page.live_revision_id)
        .select_related("by")
        .first(),
        "problems": problems,
        "title": _("Sign the review"),
    }
    return render(request, "courses/admin/sign_review.html", context, status=status)
