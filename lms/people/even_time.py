"""How long do answers take that must not tell whether an address has an account?

A step, or two: the work differs by milliseconds, since one address gets an account and
the other one a letter. What is measured from outside is the step. Who asks too often is
answered at once: that tells nothing, and waiting would hold threads that others need.
"""

import time
from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.urls import resolve

EVEN = frozenset({"account_signup", "account_reset_password"})


def evened(view):
    """Let a view answer a post to one of those forms at the end of a step."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        began = time.monotonic()
        response = view(request, *args, **kwargs)
        step = settings.EVEN_STEP.total_seconds()
        if step and is_even(request, response):
            time.sleep(-(time.monotonic() - began) % step)
        return response

    return answer


def is_even(request, response) -> bool:
    """Whether the form was taken up, and could tell something by its haste."""
    return (
        request.method == "POST"
        and response.status_code != HTTPStatus.TOO_MANY_REQUESTS
        and resolve(request.path_info).view_name in EVEN
    )
