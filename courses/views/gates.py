"""Who may enter a screen of the editors' area?"""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse


def for_those_who_may(permission: str) -> Callable[[Callable], Callable]:
    """Let a view answer those who hold the permission, "courses.view_question"."""

    def guard(view: Callable) -> Callable:
        @wraps(view)
        def enter(request: HttpRequest, **asked) -> HttpResponse:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, **asked)

        return enter

    return guard


for_readers_of_questions = for_those_who_may("courses.view_question")
for_writers_of_questions = for_those_who_may("courses.change_question")
