"""Which course does somebody start once they are in? The one whose button they pressed.

The button leads to the sign-up or to the sign-in, with the address that starts the
course as what comes next. Whoever comes in by it carries a note in the session, which
that address uses up, once: a link alone enrols nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import get_language, get_language_from_path, override

from lms.people import signing_up

KEY = "starts"
VIEW = "enrol"  # the name of that address, one floor up


@dataclass(frozen=True, slots=True)
class Start:
    """A course that an address starts, and whether it takes anybody today."""

    title: str
    is_open: bool


Find = Callable[[UUID], Start | None]
_registered: list[Find] = []


def register(find: Find) -> None:
    """Let `find(course)` tell what a course is called: None where there is none."""
    if find not in _registered:
        _registered.append(find)


def course_in(url: str | None) -> UUID | None:
    """Return the course that an address starts, in whichever language it is."""
    path = urlsplit(url or "").path
    try:
        with in_language_of(path):
            found = resolve(path)
    except Resolver404:
        return None
    return found.kwargs["course"] if found.view_name == VIEW else None


def has_the_form(url: str | None) -> bool:
    """Whether an address is like those that start a course, of whatever course."""
    path, nil = urlsplit(url or "").path, UUID(int=0)
    with in_language_of(path):
        before, after = reverse(VIEW, args=[nil]).split(str(nil))
    return path.startswith(before) and path.endswith(after)


def in_language_of(path: str) -> override:
    return override(get_language_from_path(path) or get_language())


def start_in(url: str | None) -> Start | None:
    course = course_in(url)
    return next((find(course) for find in _registered), None) if course else None


def note(request, course: UUID) -> str:
    """Note what is started, and return the address, in the language of the screen."""
    request.session[KEY] = str(course)
    return reverse(VIEW, args=[course])


def use_up(request, course: UUID) -> bool:
    """Whether the course was to be started; only once."""
    if request.session.get(KEY) != str(course):
        return False
    del request.session[KEY]
    return True


def waiting(request, address: str) -> str | None:
    """Return what starts a course in the sign-up that this address waits with.

    Who has an account already is told so by a letter, and signs in instead; who signs
    up once more, in another tab, has said it before. Nobody else at the computer is
    led there.
    """
    begun = signing_up.kept(request)
    if begun is None or begun.address.casefold() != address.casefold():
        return None
    if begun.is_over(at=timezone.now()) or course_in(begun.leads_to) is None:
        return None
    return begun.leads_to


class LeadsToACourse:
    """For the two forms by which people come in: they say and keep what they start."""

    address = ""  # as it was typed, once the form is valid

    def get_next_url(self):
        """Lead where is asked, but to no course that there is not."""
        url = super().get_next_url()
        if has_the_form(url) and start_in(url) is None:
            url = None
        return url or waiting(self.request, self.address)

    def get_context_data(self, **kwargs):
        start = start_in(super().get_next_url())
        return super().get_context_data(**kwargs) | {"start": start}
