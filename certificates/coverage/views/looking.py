"""How many posts have a certified person, and which have none or lose theirs?"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from certificates.coverage.forms import GAPS, CoverageForm
from certificates.coverage.posts import coverage_of, ends_of, in_order, posts_in_sight
from certificates.coverage.rules import FOR_GOOD, State
from certificates.coverage.rules import GAPS as STATES_OF_GAPS
from certificates.coverage.words import STATES
from certificates.models import DutyPost, PostRoster
from courses.assigning.programme import titles_of
from lms.belonging.people import institutions_of
from lms.people.choices import Role
from lms.people.gates import for_holders
from lms.team.roster import writing
from lms.thresholds import SOON

PER_PAGE = 50
LOADINGS = 5
BADGES = {State.COVERED: "ok", State.LAPSING: "warn"}


@dataclass(frozen=True, slots=True)
class Line:
    """One post of the list, in words."""

    post: DutyPost
    course: str
    state: State
    until: date | None

    @property
    def said(self) -> str:
        return str(STATES[self.state])

    @property
    def badge(self) -> str:
        return BADGES.get(self.state, "bad")

    @property
    def is_for_good(self) -> bool:
        return self.until == FOR_GOOD


@require_safe
@for_holders(Role.MINISTRY)
def coverage(request):
    """Which duty posts have a certified person, today and in ninety days?"""
    on = timezone.localdate()
    form, asked = _asked(request, on)
    posts = _narrowed(posts_in_sight(request.user, on=on), asked)
    listed = in_order(_in_state(posts, asked), on=on)
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    facts = {
        "form": form,
        "asked": asked,
        "is_stale": not form.is_valid(),
        "is_narrowed": any(asked.values()),
        "coverage": coverage_of(posts),
        "page_obj": page,
        "lines": _lines(posts, list(page), on=on),
        "loadings": _loadings(request.user),
        "as_of": timezone.now(),
        "later": on + SOON,
    }
    return render(request, "coverage/coverage.html", facts)


@require_safe
@for_holders(Role.MINISTRY)
def coverage_file(request):
    """The posts that are listed, as a table: of nobody who holds them."""
    on = timezone.localdate()
    _form, asked = _asked(request, on)
    posts = _narrowed(posts_in_sight(request.user, on=on), asked)
    listed = in_order(_in_state(posts, asked), on=on)
    as_of = date_format(timezone.localtime(), "DATETIME_FORMAT")
    rows = [_row(line, as_of) for line in _lines(posts, listed, on=on)]
    text = writing.as_csv([_headings(), *rows])
    answer = HttpResponse(text, content_type=writing.CSV)
    answer.headers["Content-Disposition"] = 'attachment; filename="campus-posts.csv"'
    return answer


def _asked(request, on) -> tuple[CoverageForm, dict[str, Any]]:
    """Return what is asked for; of a link that is out of date, nothing."""
    form = CoverageForm(
        request.GET, institutions=institutions_of(request.user, on=on).order_by("code")
    )
    nothing = dict.fromkeys(form.fields)
    return form, form.cleaned_data if form.is_valid() else nothing


def _narrowed(posts, asked):
    """Keep the posts of the institution, with those below it, and of the place."""
    if place := asked["institution"]:
        posts = posts.filter(Q(institution=place) | Q(institution__parent=place))
    return posts.filter(place=asked["place"]) if asked["place"] else posts


def _in_state(posts, asked):
    if asked["state"] == GAPS:
        return posts.filter(state__in=[one.value for one in STATES_OF_GAPS])
    return posts.filter(state=asked["state"]) if asked["state"] else posts


def _lines(posts, keys, *, on) -> list[Line]:
    """Return the posts of these keys in their order."""
    found = posts.filter(pk__in=keys).with_place().in_bulk()
    ends = ends_of(found.values(), on=on)
    titles = titles_of(
        {post.course_id for post in found.values()}, language=get_language()
    )
    return [
        Line(
            post=found[pk],
            course=titles.get(found[pk].course_id, found[pk].course.code),
            state=State(found[pk].state),
            until=ends.get(pk),
        )
        for pk in keys
    ]


def _loadings(viewer):
    rosters = PostRoster.objects.visible_to(viewer).loaded()
    return rosters.order_by("-loaded_at", "-pk")[:LOADINGS]


def _headings() -> list[str]:
    return [
        _("Duty post"),
        _("Code"),
        _("Institution"),
        _("Kind of place"),
        _("Required course"),
        _("Profession"),
        _("Months it counts"),
        _("Legal basis"),
        _("State"),
        _("Covered until"),
        _("As of"),
    ]


def _row(line: Line, as_of: str) -> list[object]:
    post = line.post
    is_dated = line.until and not line.is_for_good
    return [
        post.name,
        post.code,
        post.institution,
        post.get_place_display(),
        line.course,
        post.get_track_display() if post.track else "",
        post.cadence or "",
        post.basis,
        line.said,
        line.until.isoformat() if is_dated else "",
        as_of,
    ]
