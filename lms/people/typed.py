"""What becomes of a form that is sent after its session has ended? It is kept a while.

For whom it was, at the browser it came by, and for nobody else: at the sign-in a signed
cookie names the account by a keyed hash and the browser by chance. The cookie opens
nothing; what was typed stands sealed (`lms.keys`) in the database, and only a page that
its account may open shows it again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from secrets import token_urlsafe

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.keys import seal, unseal
from lms.people import rules
from lms.people.kept import Kept, only_you
from lms.people.limits import may_keep_typed
from lms.people.models import TypedForm, User

NAME, SALT = "typed", "lms.people.typed"
# As long as the longest session, and while what came after it is kept.
LIVES = rules.most_limit(staff=False) + rules.TYPED_KEPT
MOST = 64 * 1024  # letters, as they are sent
MINUTES = rules.TYPED_KEPT // timedelta(minutes=1)
NEVER = frozenset({"csrfmiddlewaretoken"})


@dataclass(frozen=True, slots=True)
class Drawer:
    """Where one browser keeps the forms of one account."""

    browser: str
    owner: str

    @property
    def browser_hash(self) -> str:
        return _hashed(f"typed by the browser {self.browser}")

    def place(self, page: str) -> str:
        return _hashed(f"typed at {page} by {self.browser} {self.owner}")


def owner_of(person: User) -> str:
    return _hashed(f"typed by {person.pk}")


def owner_here(request: HttpRequest) -> str:
    """Return as whose a page may keep something in its browser; nobody's if shared."""
    is_shared = request.session.get_expire_at_browser_close()
    return "" if is_shared else owner_of(request.user)


def _hashed(said: str) -> str:
    return rules.address_hash(said, key=settings.NAME_HASH_KEY)


def drawer_of(request: HttpRequest) -> Drawer | None:
    """Return the drawer of whoever signed in last by this browser, if anybody did."""
    said = request.get_signed_cookie(NAME, "", salt=SALT, max_age=LIVES)
    browser, _space, owner = said.partition(" ")
    return Drawer(browser, owner) if owner else None


def open_drawer(request: HttpRequest, response: HttpResponse, person: User) -> None:
    """Let the browser be known as theirs from now on; what was another's is deleted."""
    before, owner = drawer_of(request), owner_of(person)
    is_theirs = before is not None and before.owner == owner
    browser = before.browser if is_theirs else token_urlsafe(18)
    if before and not is_theirs:
        TypedForm.objects.filter(browser=before.browser_hash).delete()
        response.headers["Clear-Site-Data"] = '"cache"'
    shared = request.session.get_expire_at_browser_close()
    response.set_signed_cookie(
        NAME,
        f"{browser} {owner}",
        salt=SALT,
        max_age=None if shared else LIVES,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def keeps_what_was_typed(name: str) -> Callable:
    """Have a view's forms kept through a sign-in, and handed to its page again.

    `name` is that of the page: the view that shows it and the one that takes it have
    the same, and the same arguments. Only for records that one person alone may open.
    """

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def enter(request, *args, **kwargs):
            answer = view(request, *args, **kwargs)
            if request.method == "POST":
                page = page_of(request, name, kwargs)
                settle(request, page, is_taken=answer.status_code < 400)
            return answer

        enter.keeps_typed = name
        return enter

    return decorate


def page_of(request: HttpRequest, name: str, kwargs: dict) -> str:
    """Return which page it is, in whatever language."""
    number = request.GET.get("page", "1")
    return " ".join([name, *map(str, kwargs.values()), number])


def settle(request: HttpRequest, page: str, *, is_taken: bool) -> None:
    """Keep what nobody was signed in to send; forget what its owner has sent since."""
    drawer = drawer_of(request)
    if drawer is None:
        return
    if not request.user.is_authenticated:
        messages.info(request, why_signed_out(request))
        keep(request, drawer, page)
    elif is_taken:
        TypedForm.objects.filter(place=drawer.place(page)).delete()


def why_signed_out(request: HttpRequest) -> str:
    ended = _("You are no longer signed in. Sign in again.")
    return getattr(request, "why_signed_out", ended)


def keep(request: HttpRequest, drawer: Drawer, page: str) -> None:
    """Keep what was posted, or say that it cannot be."""
    at, typed = timezone.now(), fields_of(request.POST).urlencode()
    if len(typed) > MOST or not may_keep_typed(request, at=at):
        messages.warning(
            request,
            _(
                "What you had typed could not be kept. Go back in the browser: it may "
                "still be on the page."
            ),
        )
        return
    TypedForm.objects.update_or_create(
        place=drawer.place(page),
        defaults={
            "owner": drawer.owner,
            "browser": drawer.browser_hash,
            "sealed": seal(typed),
            "ends_at": at + rules.TYPED_KEPT,
        },
    )
    if not request.user.is_authenticated:
        messages.info(request, sentence())


def sentence() -> str:
    return _(
        "What you had typed is kept for you for %(minutes)d minutes: sign in by this "
        "browser and it is on the page again. It has not been sent."
    ) % {"minutes": MINUTES}


def fields_of(posted: QueryDict) -> QueryDict:
    """Return what somebody typed, without what only proves where it comes from."""
    fields = QueryDict(mutable=True)
    for name in posted:
        if name not in NEVER and "password" not in name:
            fields.setlist(name, posted.getlist(name))
    return fields


def typed_at(request: HttpRequest, name: str, **kwargs) -> QueryDict | None:
    """Return what the reader had typed on that page, and say so; usually nothing."""
    drawer = drawer_of(request)
    if drawer is None or drawer.owner != owner_of(request.user):
        return None
    rows = TypedForm.objects.filter(
        place=drawer.place(page_of(request, name, kwargs)), ends_at__gt=timezone.now()
    )
    typed = _opened(rows.values_list("sealed", flat=True).first())
    if typed is None:
        return None
    messages.info(
        request,
        _(
            "What you had typed is on this page again. It has not been sent: press a "
            "button below it when you are ready."
        ),
    )
    return typed


def _opened(sealed: str | None) -> QueryDict | None:
    """Return what was sealed; nothing, once the keys are others."""
    try:
        return QueryDict(unseal(sealed)) if sealed else None
    except InvalidToken:
        return None


def brought_back(request: HttpRequest) -> HttpResponse | None:
    """Lead back to a page that expired by a sign-in in another tab, and keep its form.

    Only what the browser says to come from a page of ours: another site's form is not
    to be found on it.
    """
    match, drawer = request.resolver_match, drawer_of(request)
    name = getattr(match.func, "keeps_typed", "")
    is_ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    if not (name and drawer and is_ours and request.method == "POST"):
        return None
    if not request.user.is_authenticated:
        messages.info(request, why_signed_out(request))
    keep(request, drawer, page_of(request, name, match.kwargs))
    return redirect(request.get_full_path())


def forget_typed(**which) -> None:
    """Delete the forms that are so: too old, or somebody's."""
    TypedForm.objects.filter(**which).delete()


def lines(person: User, language: str) -> list[Kept]:
    """Return what is kept of it, for the person; usually nothing is said."""
    number = TypedForm.objects.filter(owner=owner_of(person)).count()
    if not number:
        return []
    return [
        Kept(
            what=_("A form that came after your session had ended"),
            values=[
                ngettext("%(count)d form, sealed", "%(count)d forms, sealed", number)
                % {"count": number}
            ],
            why=_("So that nothing you typed is lost."),
            how_long=_("%(minutes)d minutes") % {"minutes": MINUTES},
            who=only_you(),
        )
    ]
