"""Is somebody still there? The warning before the end of a session asks and tells."""

from http import HTTPStatus

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from lms.people.session_policy import seconds_left


@require_safe
def stay(request):
    """Say whether the reader is signed in; asking it counts as being here.

    A learner's page is told for how long it may be left alone, and at the most.
    """
    is_here = request.user.is_authenticated
    answer = HttpResponse(status=HTTPStatus.NO_CONTENT if is_here else HTTPStatus.GONE)
    if left := seconds_left(request):
        answer.headers["Session-Seconds"] = f"{left['idle']} {left['most']}"
    return answer
