"""Is somebody still there? The warning before the end of a session asks and tells."""

from http import HTTPStatus

from django.http import HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def stay(request):
    """Say whether the reader is signed in; asking it counts as being here."""
    is_here = request.user.is_authenticated
    return HttpResponse(status=HTTPStatus.NO_CONTENT if is_here else HTTPStatus.GONE)
