"""Who may enter a screen at all: whoever holds one of its mandates today."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.utils import timezone

from lms.people.choices import Role
from lms.people.models import Mandate


def shows_people(view: Callable) -> Callable:
    """Mark a view that shows somebody else: it asks for the second factor first."""
    view.shows_people = True
    return view


def for_holders(*roles: Role, country_wide: bool = False) -> Callable:
    """Let a view answer only holders of a standing mandate of these roles; else 404.

    `country_wide` asks for one that is not over a single institution. The mandates
    stand as `request.mandates`. What the view shows is still decided by `visible_to`.
    """

    def decorate(view: Callable) -> Callable:
        @login_required
        @wraps(view)
        def enter(request, *args, **kwargs):
            held = (
                Mandate.objects.visible_to(request.user)
                .filter(holder=request.user, role__in=roles)
                .standing(timezone.localdate())
                .with_place()
                .order_by("pk")
            )
            if country_wide:
                held = held.filter(institution=None)
            request.mandates = list(held)
            if not request.mandates:
                raise Http404
            return view(request, *args, **kwargs)

        return shows_people(enter)

    return decorate


def for_administrators(view: Callable) -> Callable:
    """Let a view answer only administrators; to everybody else it is not there."""

    @login_required
    @wraps(view)
    def enter(request, *args, **kwargs):
        if not request.user.is_superuser:
            raise Http404
        return view(request, *args, **kwargs)

    return shows_people(enter)
