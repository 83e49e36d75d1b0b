"""The bin on the editors' first page, and the screen of one page in it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from courses.bin.actions import restore
from courses.bin.lines import lines_for
from courses.bin.rules import gone_at
from courses.models.bin import Binned, binned_above
from lms.refusals import Refused

WITH_ABOVE = "with_above"  # name of the button that brings back what it stands in too


class BinPanel(Component):
    """What was deleted and can still come back."""

    name = "bin"
    order = 200
    template_name = "courses/admin/bin.html"

    def get_context_data(self, parent_context):
        request = parent_context["request"]
        return {"lines": lines_for(request.user), "request": request}


def bin_on_the_first_page(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(BinPanel())


def page_in_the_bin(request: HttpRequest, page_id: int) -> HttpResponse:
    """Say that a page is in the bin; on POST bring it back, or say what it needs."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    above = binned_above(page)
    if above is None:
        return redirect("wagtailadmin_pages:edit", page.pk)
    binned = Binned.objects.filter(page=page).first() or above
    if request.method != "POST":
        return _answer(request, binned, status=200)
    try:
        drafts = restore(binned, by=request.user, with_above=WITH_ABOVE in request.POST)
    except Refused:
        return _answer(request, binned, status=409)
    _say(request, binned.page, drafts)
    return redirect("wagtailadmin_explore", binned.page.get_parent().pk)


def _answer(request: HttpRequest, binned: Binned, *, status: int) -> HttpResponse:
    above = binned_above(binned.page)
    context = {
        "binned": binned,
        "page": binned.page,
        "gone_at": gone_at(binned.at),
        "above": None if above == binned else above,
        "title": _("A page in the bin"),
    }
    return render(request, "courses/admin/page_in_bin.html", context, status=status)


def _say(request: HttpRequest, page: Page, drafts: list[Page]) -> None:
    title = page.get_admin_display_title()
    messages.success(request, _("“%(title)s” is back.") % {"title": title})
    for one in drafts:
        sentence = _("“%(title)s” came back as a draft: look at its checks.")
        messages.warning(request, sentence % {"title": one.get_admin_display_title()})
