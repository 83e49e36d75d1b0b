"""Where somebody knocks who may not enter: to our sign-in, away, or nowhere."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from lms.web.next import safe_next


def admin_door(request):
    """Where Wagtail sends whoever may not enter: to our sign-in, or away."""
    return _to_our_sign_in(request, safe_next(request) or reverse("wagtailadmin_home"))


def page_door(request):
    """Where Wagtail sends whoever may not read a page: to our sign-in, or away.

    Its own form would ask for no second step and count no wrong passwords.
    """
    return _to_our_sign_in(request, safe_next(request))


def _to_our_sign_in(request, leads_to):
    if request.user.is_authenticated:
        raise PermissionDenied
    query = f"?{urlencode({'next': leads_to})}" if leads_to else ""
    return redirect(reverse("account_login") + query)


def nobody(request, *args, **kwargs):
    """There is no such page, whoever asks."""
    raise Http404
