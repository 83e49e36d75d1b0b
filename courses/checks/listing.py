"""The explorer's list of pages, which marks those with a translation behind."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.views.pages.usage import ContentTypeUseView
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from courses.behind import behind_among
from courses.checks.editor import buttons_of_checks
from courses.checks.words import named
from courses.models.bin import out_of_the_bin
from courses.outline import numbers_below


class BehindColumn(Column):
    """Which languages do not say yet what the original says."""

    cell_template_name = "courses/admin/behind_cell.html"

    def get_value(self, instance):
        return named(instance.behind)


class NumberColumn(Column):
    """Which number learners see before the page; none before it is published."""

    def get_value(self, instance):
        return getattr(instance, "number", "")  # none in a list of all courses


class MarksBehind:
    """Mixin of a list of pages: asks for all rows at once which are behind."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        pages = context["object_list"]
        behind = behind_among(pages)
        for page in pages:
            page.behind = behind.get(page.translation_key, [])
        return context


class Listing(MarksBehind, ExplorableIndexView):
    """Wagtail's list, with two columns more: the number first."""

    base_columns = [
        ExplorableIndexView.base_columns[0],
        NumberColumn("number", label=_("No."), classname="campus-number"),
        *ExplorableIndexView.base_columns[1:],
        BehindColumn("behind", label=_("Translation behind")),
    ]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        numbers = numbers_below(self.parent_page)
        for page in context["object_list"]:
            page.number = numbers.get(page.translation_key, "")
        return context

    @cached_property
    def header_buttons(self):
        return [*super().header_buttons, *buttons_of_checks(self.parent_page)]


class OfOneType(MarksBehind, ContentTypeUseView):
    """All pages of a type, with the columns of the list above."""

    def get_base_queryset(self):
        return out_of_the_bin(super().get_base_queryset())


class OutOfTheBin(PagePermissionPolicy):
    """Who may do what with pages, to whom those in the bin are not there."""

    def explorable_instances(self, user):
        return out_of_the_bin(super().explorable_instances(user))


class Searching(SearchView):
    """Wagtail's search of pages, which has no hook of its own for this."""

    permission_policy = OutOfTheBin(Page)
