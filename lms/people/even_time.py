"""How long do answers take that must not tell whether an address has an account?

A step, or two: the work differs by milliseconds, since one address gets an account and
the other one a letter. What is measured from outside is the step.
"""

import time
from functools import wraps

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
        if step and request.method == "POST" and is_even(request):
            time.sleep(-(time.monotonic() - began) % step)
        return response

    return answer


def is_even(request) -> bool:
    return resolve(request.path_info).view_name in EVEN
