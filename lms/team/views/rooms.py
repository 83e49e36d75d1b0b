"""The room a trainer stands in: may the people around sign in from there?"""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lms.people.choices import Role
from lms.people.gates import for_holders
from lms.people.models import RoomWindow
from lms.people.rooms import close_room, open_room
from lms.team.forms import RoomForm


@require_http_methods(["GET", "HEAD", "POST"])
@for_holders(Role.TRAINER)
def room(request):
    """May the people around me sign in from here, all at once?"""
    form = RoomForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        facts = {"form": form, "window": open_window(request)}
        status = 422 if form.is_bound else 200
        return render(request, "team/room.html", facts, status=status)
    open_room(
        request.user,
        address=get_adapter(request).get_client_ip(request),
        places=form.cleaned_data["places"],
        minutes=form.cleaned_data["minutes"],
        at=timezone.now(),
    )
    messages.success(request, _("The room is open."))
    return redirect("room")


@require_POST
@for_holders(Role.TRAINER)
def close(request):
    window = open_window(request)
    if window:
        close_room(window, at=timezone.now())
    messages.success(request, _("The room is closed."))
    return redirect("room")


def open_window(request):
    windows = RoomWindow.objects.own(request.user).open(timezone.now())
    return windows.order_by("-opened_at").first()
