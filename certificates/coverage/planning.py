"""What is different between a roster and the posts that are there?

Asked when a roster is shown and again when it is loaded: what changed meanwhile counts,
the mandate of whoever loads it first of all.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from certificates.coverage.checking import Row, people_in_sight
from certificates.models import DutyPost, PostHolder
from courses.models import Course
from lms.people.models import Institution, User
from lms.people.scope import institutions_in_sight_of

FACTS = ("name", "place", "course_id", "track", "cadence", "basis", "retired_at")
Key = tuple[str, str]


@dataclass(slots=True)
class Plan:
    """What loading would write: posts by institution and code, and who holds them."""

    institutions: dict[str, Institution]
    new: list[DutyPost] = field(default_factory=list)
    changed: list[DutyPost] = field(default_factory=list)
    same: int = 0
    retired: list[DutyPost] = field(default_factory=list)
    named: list[tuple[Key, int]] = field(default_factory=list)
    ended: list[PostHolder] = field(default_factory=list)

    @property
    def does_something(self) -> bool:
        return any((self.new, self.changed, self.retired, self.named, self.ended))


def plan_of(rows: Iterable[Row], *, by: User, on: date, retires: bool) -> Plan:
    """Return what loading these rows would do; `retires`: the roster is whole."""
    here = institutions_in_sight_of(by, on=on, path="")
    institutions = {one.code: one for one in Institution.objects.filter(here)}
    rows = [row for row in rows if row.institution in institutions]
    plan = Plan({row.institution: institutions[row.institution] for row in rows})
    there = _posts_there(plan, by=by, on=on)
    _compare_posts(plan, rows, there)
    if retires:
        listed = {row.key for row in rows}
        plan.retired = [
            post
            for key, post in there.items()
            if post.retired_at is None and key not in listed
        ]
    _compare_people(plan, rows, there, by=by, on=on)
    return plan


def _posts_there(plan: Plan, *, by: User, on: date) -> dict[Key, DutyPost]:
    posts = (
        DutyPost.objects.visible_to(by, on=on)
        .filter(institution__in=plan.institutions.values())
        .with_place()
        .order_by("institution__code", "name", "pk")
    )
    return {(post.institution.code, post.code): post for post in posts}


def _compare_posts(plan: Plan, rows: list[Row], there: dict[Key, DutyPost]) -> None:
    courses = dict(Course.objects.values_list("code", "pk"))
    for row in rows:
        post = _post(row, plan.institutions[row.institution], courses)
        old = there.get(row.key)
        if old is None:
            plan.new.append(post)
        elif any(getattr(old, name) != getattr(post, name) for name in FACTS):
            plan.changed.append(post)
        else:
            plan.same += 1


def _post(row: Row, institution: Institution, courses: dict) -> DutyPost:
    return DutyPost(
        institution=institution,
        code=row.code,
        name=row.name,
        place=row.place,
        course_id=courses[row.course],
        track=row.track,
        cadence=row.cadence,
        basis=row.basis,
    )


def _compare_people(
    plan: Plan, rows: list[Row], there: dict[Key, DutyPost], *, by: User, on: date
) -> None:
    """Compare who is named: a row that names nobody leaves the holders as they are."""
    keys = {post.pk: key for key, post in there.items()}
    held: dict[Key, dict[int, PostHolder]] = {}
    holders = PostHolder.objects.visible_to(by, on=on).not_over()
    for holder in holders.filter(post__in=list(keys)):
        held.setdefault(keys[holder.post_id], {})[holder.person_id] = holder
    seen = {pk for found in people_in_sight(by, on=on).values() for pk, _at in found}
    for row in rows:
        named = [pk for pk in row.people if pk in seen]
        if not named:
            continue
        now = held.get(row.key, {})
        plan.named += [(row.key, pk) for pk in named if pk not in now]
        plan.ended += [one for pk, one in now.items() if pk not in named]
