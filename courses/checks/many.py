"""Unpublishing, deleting or moving many pages at once asks what it asks of one."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.pages.bulk_actions.delete import DeleteBulkAction
from wagtail.admin.views.pages.bulk_actions.move import MoveBulkAction
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import DefaultPageForm
from wagtail.admin.views.pages.bulk_actions.unpublish import UnpublishBulkAction
from wagtail.models import PagePermissionTester

from courses.bin.actions import put_away
from courses.bin.rules import KEPT_FOR
from courses.checks.impact import figures_of, what_follows
from courses.checks.taking_down import May, others_of
from courses.models.places import Placed


class AlsoForm(DefaultPageForm):
    """Whether the pages in the other languages go too."""

    also_translations = forms.BooleanField(
        label=_("Do the same in the other language"), required=False
    )


class Asking:
    """Says of each page what it does to whom, and asks about the other languages."""

    form_class = AlsoForm
    may: May

    def object_context(self, obj):
        context = super().object_context(obj)
        page = context["item"]
        return context | {
            "figures": figures_of(page),
            "follows": what_follows(page),
            "others": others_of(page, self.request.user, self.may),
        }

    def prepare_action(self, objects, objects_without_access):
        if self.cleaned_form.cleaned_data["also_translations"]:
            for page in list(objects):
                others = others_of(page, self.request.user, self.may)
                objects += [other for other in others if other not in objects]


class UnpublishMany(Asking, UnpublishBulkAction):
    may = staticmethod(PagePermissionTester.can_unpublish)
    template_name = "courses/admin/confirm_bulk_unpublish.html"


class DeleteMany(Asking, DeleteBulkAction):
    may = staticmethod(PagePermissionTester.can_delete)
    template_name = "courses/admin/confirm_bulk_delete.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"kept_days": KEPT_FOR.days}

    @classmethod
    def execute_action(cls, objects, user=None, **kwargs):
        """Put pages of courses into the bin; others are deleted at once."""
        ours = [one for one in objects if issubclass(one.specific_class, Placed)]
        below = sum(one.get_descendant_count() for one in ours)
        put_away(ours, by=user, at=timezone.now())
        others = [one for one in objects if one not in ours]
        pages, children = super().execute_action(others, user=user, **kwargs)
        return pages + len(ours), children + below


class MoveMany(MoveBulkAction):
    template_name = "courses/admin/confirm_bulk_move.html"

    def object_context(self, obj):
        context = super().object_context(obj)
        return context | {"figures": figures_of(context["item"])}
