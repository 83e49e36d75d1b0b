"""Wagtail's address for programs shows pages to the editors' menu, and changes none.

Its actions delete at once, past the bin, and copy and move past what our screens ask.
"""

from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.response import Response
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.api.v2.router import WagtailAPIRouter


class PagesToRead(PagesAdminAPIViewSet):
    """What Wagtail's own answers, but for what would change a page."""

    def action_view(self, request, pk, action_name):
        said = _("Pages are changed on their screens, which say what a change does.")
        return Response({"message": said}, status=status.HTTP_405_METHOD_NOT_ALLOWED)


def programs_only_read(router: WagtailAPIRouter) -> None:
    router.register_endpoint("pages", PagesToRead)
