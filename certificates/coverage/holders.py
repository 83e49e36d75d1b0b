"""Who holds a duty post, of those in sight, and who could be named for it?"""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from certificates.coverage import rules
from certificates.coverage.posts import awards_of
from certificates.models import DutyPost, PostHolder
from lms.belonging.people import narrowed, posts_in_sight
from lms.people.models import Affiliation, User

MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One holder; `until` is the last day on which their certificate counts here."""

    holder: PostHolder
    until: date | None

    @property
    def is_for_good(self) -> bool:
        return self.until == rules.FOR_GOOD


def holders_in_sight(post: DutyPost, *, viewer: User, on: date) -> QuerySet[PostHolder]:
    """Return who is named for the post and may be shown, each once."""
    return (
        PostHolder.objects.visible_to(viewer, on=on)
        .not_over()
        .filter(post=post)
        .select_related("person")
        .order_by("person__folded_name", "pk")
    )


def lines_of(post: DutyPost, holders: list[PostHolder], *, on: date) -> list[Line]:
    """Return these holders with the day until which each is certified for the post."""
    awards = awards_of({one.person_id for one in holders}, {post.course_id})
    lines = []
    for one in holders:
        held = rules.Holder(
            None, tuple(awards.get((one.person_id, post.course_id), []))
        )
        until = rules.covered_until(
            [held], track=post.track, cadence=post.cadence, on=on
        )
        lines.append(Line(one, until))
    return lines


def not_confirmed(post: DutyPost, *, shown: list[PostHolder]) -> int:
    """Return how many are named besides those shown: not confirmed there that day."""
    named = PostHolder.objects.not_over().listed().filter(post=post)
    return named.exclude(pk__in=[one.pk for one in shown]).count()


def people_to_name(
    post: DutyPost, *, viewer: User, words: str, on: date
) -> QuerySet[Affiliation]:
    """Return the posts of people of the institution who are not named yet."""
    place = post.institution
    held = PostHolder.objects.not_over().filter(post=post).values("person")
    people = posts_in_sight(viewer, on=on).exclude(person__in=held)
    near = people.filter(institution=place) | people.filter(institution__parent=place)
    if place.parent_id:
        near |= people.filter(institution=place.parent_id)
    found = narrowed(near, words=words, institution=None, track="")
    return found.order_by("person__folded_name", "pk")
