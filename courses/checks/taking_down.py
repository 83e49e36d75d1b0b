"""The screens that ask before a page is unpublished, moved or deleted.

They say what it does to whom, and ask what becomes of the page in the other languages.
"""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.views.pages.delete import DeleteView
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.admin.views.pages.utils import type_to_delete_confirmation
from wagtail.models import Page, PagePermissionTester

from courses.bin.actions import put_away
from courses.bin.rules import KEPT_FOR
from courses.checks.impact import figures_of, what_follows
from courses.models.places import Placed

ALSO = "also_translations"  # name of the box to tick
May = Callable[[PagePermissionTester], bool]


def others_of(page: Page, user, may: May) -> list[Page]:
    """Return the page in the other languages, as far as the user may do the same."""
    others = page.get_translations().select_related("locale").specific(defer=True)
    return [one for one in others if may(one.permissions_for_user(user))]


class Unpublishing(UnpublishView):
    template_name = "courses/admin/confirm_unpublish.html"

    @cached_property
    def others(self):
        may = PagePermissionTester.can_unpublish
        return others_of(self.object, self.request.user, may)

    def get_objects_to_unpublish(self):
        return [self.object, *(self.others if ALSO in self.request.POST else [])]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "others": self.others,
            "figures": figures_of(self.object),
            "follows": what_follows(self.object),
        }


class Deleting(DeleteView):
    template_name = "courses/admin/confirm_delete.html"

    @cached_property
    def others(self):
        return others_of(self.page, self.request.user, PagePermissionTester.can_delete)

    def post(self, request, *args, **kwargs):
        """Put a page of a course into the bin; any other is deleted at once."""
        if not isinstance(self.page, Placed):
            return super().post(request, *args, **kwargs)
        if self.usage.is_protected:
            raise PermissionDenied
        if not type_to_delete_confirmation(request):
            return self.render_to_response(self.get_context_data())
        others = self.others if ALSO in request.POST else []
        put_away([self.page, *others], by=request.user, at=timezone.now())
        said = _("“%(title)s” is in the bin. You can restore it from your first page.")
        title = self.page.get_admin_display_title()
        messages.success(request, said % {"title": title})
        return redirect(
            self.next_url
            or reverse("wagtailadmin_explore", args=[self.page.get_parent().pk])
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "others": self.others,
            "figures": figures_of(self.page),
            "follows": what_follows(self.page),
            "kept_days": KEPT_FOR.days if isinstance(self.page, Placed) else 0,
            "back_url": reverse(
                "wagtailadmin_explore", args=[self.page.get_parent().pk]
            ),
            "may_unpublish": self.page.permissions_for_user(
                self.request.user
            ).can_unpublish(),
        }


class Moving(MoveConfirmView):
    template_name = "courses/admin/confirm_move.html"

    def get_context_data(self, **kwargs):
        page = self.page_to_move
        return super().get_context_data(**kwargs) | {
            "figures": figures_of(page),
            "followers": list(page.get_translations().select_related("locale"))
            if page.locale.is_default
            else [],
        }
