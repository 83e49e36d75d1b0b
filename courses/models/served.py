"""How pages are served: only read, previewed in a frame, closed with their parent."""

from http import HTTPMethod

from django.conf import settings
from django.http import Http404
from django.utils.csp import CSP
from django.utils.decorators import method_decorator
from django.views.decorators.csp import csp_override

from courses.seen_as import modes, somebody


class FramedPreview:
    """Previews live in a frame of the editor; live pages in none, and are only read."""

    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]

    @property
    def preview_modes(self):
        """As whom the page can be seen before it goes out."""
        return modes()

    @method_decorator(
        csp_override(settings.SECURE_CSP | {"frame-ancestors": [CSP.SELF]})
    )
    def serve_preview(self, request, mode_name):
        """Show what somebody like that sees, never what the editor does as herself."""
        seen_as = somebody(mode_name or "")
        if seen_as is None:
            raise Http404
        request.user = request.seen_as = seen_as
        return super().serve_preview(request, mode_name)


class WayDown:
    """A page that others stand below: while it is taken down, nobody gets to them.

    Wagtail by itself asks only of the last page of an address whether it is live.
    """

    def route(self, request, path_components):
        if not self.live:
            raise Http404
        return super().route(request, path_components)
