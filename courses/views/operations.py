"""Choices of an open attempt, as the script of its page sends them (`answers.js`).

Answered in JSON, also to who is signed out: a script would follow a redirect to a page
that keeps nothing, and take it for a yes.
"""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from courses import actions
from courses.models import AnswerOperation
from courses.questions.operations import choice_of, key_of
from courses.views.own import own_attempt
from lms.people.models import User
from lms.web.models import Tries

MOST = 50  # choices at a time
MOST_BYTES = 64 * 1024
PER_PERSON, PER_TIME = 120, timedelta(minutes=1)
MALFORMED = actions.Answered(AnswerOperation.Outcome.REFUSED, "malformed")


@require_POST
def operations(request: HttpRequest, attempt: UUID):
    """Keep what was chosen and say what became of each choice, in their order."""
    if not request.user.is_authenticated:
        return JsonResponse({"problem": "signed-out"}, status=401)
    found, now = own_attempt(request, attempt), timezone.now()
    if not may_send(request.user, at=now):
        return JsonResponse({"problem": "too-often"}, status=429)
    said = _sent(request)
    if said is None:
        return JsonResponse({"problem": "malformed"}, status=400)
    choices = [choice for one in said if (choice := choice_of(one))]
    answered = actions.keep_choices(found, choices=choices, at=now)
    keys = [key_of(one) for one in said]
    return JsonResponse(
        {"answers": [_line(key, answered.get(key, MALFORMED)) for key in keys]}
    )


def may_send(person: User, *, at) -> bool:
    """Count a batch of choices; return whether it is read."""
    key = f"choices-of:{person.pk}"
    return Tries.objects.take(key, limit=PER_PERSON, per=PER_TIME, at=at)


def _sent(request: HttpRequest) -> list[Any] | None:
    """Return what was sent; None if it is no list, or more than a page sends."""
    try:
        said = json.loads(request.body) if len(request.body) <= MOST_BYTES else None
    except (RequestDataTooBig, RecursionError, ValueError):
        return None
    is_batch = isinstance(said, list) and len(said) <= MOST
    return said if is_batch else None


def _line(key: UUID | None, one: actions.Answered) -> dict[str, str | None]:
    line = {"key": key and str(key), "answer": one.outcome}
    return line | {"code": one.code} if one.code else line
