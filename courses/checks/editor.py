"""The editor's screens of a page: our list of checks beside it, and links to it."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel, ChecksSidePanel
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Page

from courses.checks.lists import checks_of, drawn
from courses.models import CoursePage
from courses.models.places import Placed


def buttons_of_checks(page: Page) -> list[HeaderButton]:
    """Return the links to the list of a page, or of a whole course."""
    page = page.specific_deferred
    if isinstance(page, CoursePage):
        name, label = "course_checks", _("Check the course")
    elif isinstance(page, Placed):
        name, label = "page_checks", _("Check this page")
    else:
        return []
    return [HeaderButton(label, url=reverse(name, args=[page.pk]), icon_name="glasses")]


class OurChecks(BaseSidePanel):
    """The list of checks of the page as it was last saved."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle checks")
        icon_name = "glasses"

        def get_context_data(self, parent_context):
            context = super().get_context_data(parent_context)
            return context | {"count": self.panel.checked.count}

    name = "checks"
    title = _("Checks")
    template_name = "courses/admin/checks_panel.html"
    order = 350

    @cached_property
    def checked(self):
        return checks_of(Page.objects.get(pk=self.object.pk))

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        return context | {"checked": self.checked} | drawn(self.checked.page)


class Editing(EditView):
    """Wagtail's editor, whose panel of checks says what keeps the page back."""

    @cached_property
    def header_buttons(self):
        return [*super().header_buttons, *buttons_of_checks(self.page)]

    def get_side_panels(self):
        return MediaContainer(
            OurChecks(self.page, self.request)
            if isinstance(panel, ChecksSidePanel)
            else panel
            for panel in super().get_side_panels()
        )


class Adding(CreateView):
    """Wagtail's form for a new page: there is nothing to check before it is saved."""

    def get_side_panels(self):
        panels = super().get_side_panels()
        return MediaContainer(
            panel for panel in panels if not isinstance(panel, ChecksSidePanel)
        )
