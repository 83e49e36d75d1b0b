"""What is kept about me: seen, taken out, closed, erased."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lms.audit.actions import record_event
from lms.audit.lines import line_of
from lms.audit.models import Event
from lms.people import actions
from lms.people.export import as_html, as_json
from lms.people.forms import LeaveForm
from lms.people.kept import kept_about

LOOKS_ON_A_PAGE = 25
OWN_DATA = gettext_noop("own data")
EVERYTHING = gettext_noop("everything")
BY_ONESELF = gettext_noop("asked by the person")
FORMATS = {
    "html": (as_html, "text/html; charset=utf-8"),
    "json": (as_json, "application/json; charset=utf-8"),
}


@require_safe
@login_required
def my_data(request):
    """What is kept about me, and who looked? Further pages are only of who looked."""
    person = request.user
    events = Event.objects.own(person).with_actor()
    pages = Paginator(events.order_by("-at", "-pk"), LOOKS_ON_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    is_first = page.number == 1
    facts = {
        "kept": kept_about(person, language=get_language()) if is_first else [],
        "looks": [line_of(event, reader=person) for event in page],
        "page_obj": page,
    }
    return render(request, "people/my_data.html", facts)


@never_cache
@require_safe
@login_required
@reauthentication_required
def export_my_data(request):
    """The ways to take my data out; with `?as=` one of them, as a file."""
    chosen = request.GET.get("as")
    if chosen not in FORMATS:
        made = [(name, _weight(request.user, name)) for name in FORMATS]
        return render(request, "people/export.html", {"files": made})
    record_event(
        Event.Kind.EXPORT,
        actor=request.user,
        purpose=OWN_DATA,
        subjects=[request.user],
        fields=[EVERYTHING],
        at=timezone.now(),
    )
    _write, kind = FORMATS[chosen]
    answer = HttpResponse(_file(request.user, chosen), content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="my-data.{chosen}"'
    return answer


def _file(person, name) -> bytes:
    write, _kind = FORMATS[name]
    return write(person, language=get_language(), at=timezone.now()).encode()


def _weight(person, name) -> int:
    return len(_file(person, name))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required
def close_account(request):
    return _leave(request, "close")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required
def erase_account(request):
    return _leave(request, "erase")


def _leave(request, way):
    posted = request.POST if request.method == "POST" else None
    form = LeaveForm(posted, person=request.user)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, f"people/{way}.html", {"form": form}, status=status)
    if way == "erase":
        actions.erase(request.user, by=request.user, at=timezone.now())
    else:
        actions.close(
            request.user, by=request.user, reason=BY_ONESELF, at=timezone.now()
        )
    logout(request)
    return redirect("account_closed" if way == "close" else "account_erased")


@require_safe
def account_closed(request):
    return render(request, "people/closed.html", {"support": settings.SUPPORT_EMAIL})


@require_safe
def account_inactive(request):
    """What somebody reads who signs in with an account that is closed."""
    facts = {"support": settings.SUPPORT_EMAIL}
    return render(request, "account/account_inactive.html", facts)


@require_safe
def account_erased(request):
    return render(request, "people/erased.html")
