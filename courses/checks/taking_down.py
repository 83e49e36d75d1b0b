"""The screens that ask before a page is unpublished, moved or deleted.

They say what it does to whom, and ask what becomes of the page in the other languages.
"""

from collections.abc import Callable

from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.views.pages.delete import DeleteView
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.models import Page, PagePermissionTester

from courses.checks.impact import figures_of, what_follows

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
        if ALSO in request.POST:
            self.pages_to_delete += self.others
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "others": self.others,
            "figures": figures_of(self.page),
            "follows": what_follows(self.page),
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
