"""Was this session opened with a second step? Whoever sees other people needs one.

allauth asks for it at the sign-in of everybody who has one. Here it is asked of those
who must have one: on the pages that show somebody else (`gates.shows_people`), and in
all of Wagtail's admin, whose editors see the names of their colleagues.
"""

from functools import wraps

from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils.http import urlencode

from lms.people.models import User

BY_CODE = Authenticator.Type.TOTP
BY_KEY = Authenticator.Type.WEBAUTHN
KINDS = (BY_CODE, BY_KEY)
SECOND_STEP = "mfa"  # allauth's word for it in a session
ADMIN = "/admin/"
DOORS = frozenset({"admin_door", "wagtailadmin_login", "wagtailadmin_logout"})
# Who has a second step does not change it without it: a password would be enough then.
ABOUT_THE_STEP = frozenset(
    {
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_add_webauthn",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
        "mfa_generate_recovery_codes",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
    }
)


def works_with_people(person: User) -> bool:
    """Whether somebody's work may show them other people, today or at some time."""
    return person.is_staff or person.is_superuser or person.holds_mandate


def ways_of(person: User) -> set[str]:
    """Return the kinds of second step that the person has; recovery codes are none."""
    kinds = Authenticator.objects.filter(user=person.pk, type__in=KINDS)
    return set(kinds.values_list("type", flat=True))


def has_proved(request: HttpRequest) -> bool:
    """Whether the person has shown their second step in this session."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == SECOND_STEP for record in records)


@receiver(authenticator_added)
def count_the_first(sender, request, user, authenticator, **_more) -> None:
    """Turning the first one on proves it, by a code or a touch, from then on.

    A further one does not: somebody with only the password could bring their own.
    """
    if authenticator.type not in KINDS:
        return
    others = Authenticator.objects.filter(user=user.pk, type__in=KINDS)
    if not others.exclude(pk=authenticator.pk).exists():
        facts = {"id": authenticator.pk, "type": authenticator.type}
        record_authentication(request, user, SECOND_STEP, **facts)


class SecondFactor:
    """Sends to the second step whoever needs one, before the view has done anything."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs) -> HttpResponse | None:
        if not settings.SECOND_FACTOR_REQUIRED or not self.asks(request, view):
            return None
        return to_the_step(request)

    def asks(self, request: HttpRequest, view) -> bool:
        name = request.resolver_match.view_name
        if request.path_info.startswith(ADMIN):
            return name not in DOORS and may_enter_admin(request)
        return (
            getattr(view, "shows_people", False)
            and is_unproved(request)
            and works_with_people(request.user)
        )


def guarding(view):
    """Let one of allauth's views change the step only for who has shown the one before.

    On the view itself: what allauth kept while it asked for a password, it hands to the
    view directly, past every middleware.
    """

    @wraps(view)
    def enter(request, *args, **kwargs):
        about_the_step = resolve(request.path_info).view_name in ABOUT_THE_STEP
        guarded = settings.SECOND_FACTOR_REQUIRED and about_the_step
        if guarded and is_unproved(request) and ways_of(request.user):
            return to_the_step(request)
        return view(request, *args, **kwargs)

    return enter


def to_the_step(request: HttpRequest) -> HttpResponse:
    """Send to the second step, and from there to the page that was wanted."""
    # What was posted is not sent again: its address may only take posts.
    leads_to = request.get_full_path() if request.method in ("GET", "HEAD") else ""
    query = f"?{urlencode({'next': leads_to})}" if leads_to else ""
    return redirect(reverse("second_factor") + query)


def is_unproved(request: HttpRequest) -> bool:
    return request.user.is_authenticated and not has_proved(request)


def may_enter_admin(request: HttpRequest) -> bool:
    return is_unproved(request) and request.user.has_perm("wagtailadmin.access_admin")
