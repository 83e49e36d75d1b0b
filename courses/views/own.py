"""A learner's own enrolments and attempts; anybody else's is a 404, in sight or not."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from courses.models import Attempt, Enrolment


def own_enrolment(request: HttpRequest, key: UUID) -> Enrolment:
    return get_object_or_404(
        Enrolment.objects.own(request.user).with_edition(),
        pk=key,
    )


def own_attempt(request: HttpRequest, key: UUID) -> Attempt:
    return get_object_or_404(
        Attempt.objects.own(request.user).with_context(),
        pk=key,
    )
