"""How are the duty posts in sight covered: all together, by group, and one by one?

The state of a post is reckoned in SQL, so that it can be counted and filtered; the day
on which its cover ends by `rules`, from the same facts.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Case, DateTimeField, Exists, OuterRef, Q, Value, When
from django.db.models.fields import CharField
from django.utils import timezone

from certificates.coverage import rules
from certificates.coverage.rules import Award, Holder, State
from certificates.models import Certificate, DutyPost, Place, PostHolder
from certificates.models.posts import DutyPostQuerySet
from lms.people.models import Institution, User
from lms.people.scope import in_force
from lms.thresholds import SOON

LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)
RANK = {one: rank for rank, one in enumerate(State)}


@dataclass(frozen=True, slots=True)
class Figures:
    """How many posts are in each state."""

    unnamed: int = 0
    gap: int = 0
    lapsing: int = 0
    covered: int = 0

    @property
    def posts(self) -> int:
        return self.gaps + self.certified

    @property
    def certified(self) -> int:
        """Posts with at least one currently certified person."""
        return self.lapsing + self.covered

    @property
    def gaps(self) -> int:
        return self.unnamed + self.gap

    @property
    def gaps_soon(self) -> int:
        """Gaps in ninety days if nothing is renewed and nobody is named."""
        return self.gaps + self.lapsing

    @property
    def percent(self) -> int:
        return rules.percent(self.certified, self.posts)


def posts_in_sight(viewer: User, *, on: date) -> DutyPostQuerySet:
    """Return the posts of the viewer's institutions, each with its `state`."""
    posts = DutyPost.objects.visible_to(viewer, on=on).at_work()
    return with_state(posts, on=on)


def with_state(posts: DutyPostQuerySet, *, on: date) -> DutyPostQuerySet:
    """Say of each post how it is covered that day (`rules.state`)."""
    later = on + SOON
    holding = PostHolder.objects.counting(on).filter(post=OuterRef("pk"))
    staying = holding.filter(in_force(later))
    cadences = _cadences_of(posts)
    counted = posts.annotate(
        since=_issued_since(on, cadences), since_later=_issued_since(later, cadences)
    )
    return counted.annotate(
        state=Case(
            _then(
                State.COVERED, _certified(staying, on, later, OuterRef("since_later"))
            ),
            _then(State.LAPSING, _certified(holding, on, on, OuterRef("since"))),
            _then(State.GAP, holding),
            default=Value(State.UNNAMED.value),
            output_field=CharField(),
        )
    )


def _cadences_of(posts: DutyPostQuerySet) -> list[int]:
    rows = posts.exclude(cadence=None).order_by("cadence")
    return list(rows.values_list("cadence", flat=True).distinct())


def _then(state: State, holders) -> When:
    return When(Exists(holders), then=Value(state.value))


def _certified(holders, on: date, day: date, since: OuterRef):
    """Keep the holders with a certificate of that day `on` that counts on `day`."""
    paper = {
        "enrolment__course": OuterRef("course"),
        "issued_at__lt": _begin_of(on + timedelta(days=1)),
        "issued_at__gte": since,
        "revoked_at": None,
        "superseded_by": None,
    }
    path = "person__certificates__"
    return holders.filter(
        Q(**{f"{path}valid_until": None}) | Q(**{f"{path}valid_until__gte": day}),
        Q(**{f"{path}suspended_at": None}) | Q(**{f"{path}lifted_at__isnull": False}),
        Q(post__track="") | Q(**{f"{path}track": OuterRef("track")}),
        **{f"{path}{name}": value for name, value in paper.items()},
    )


def _issued_since(day: date, cadences: Sequence[int]) -> Case:
    """Return from when on a certificate must be issued to count for the post."""
    return Case(
        *[
            When(
                cadence=months,
                then=Value(
                    _begin_of(rules.earliest_issue(day, months=months)),
                    output_field=DateTimeField(),
                ),
            )
            for months in cadences
        ],
        default=Value(LONG_AGO),
        output_field=DateTimeField(),
    )


def _begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True, slots=True)
class Group:
    """An institution or a kind of place, with its figures."""

    name: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Coverage:
    """The figures of some posts, all together and by group; one query for all."""

    totals: Figures
    institutions: list[Group]
    places: list[Group]


def coverage_of(posts: DutyPostQuerySet) -> Coverage:
    """Return the figures of these posts, which know their state."""
    rows = list(posts.order_by().values_list("state", "institution", "place"))
    by_institution, by_place = defaultdict(list), defaultdict(list)
    for state, institution, place in rows:
        by_institution[institution].append(state)
        by_place[place].append(state)
    names = Institution.objects.in_bulk(by_institution)
    institutions = [
        Group(str(names[pk]), figures_of(states))
        for pk, states in by_institution.items()
    ]
    places = [
        Group(str(place.label), figures_of(by_place[place.value]))
        for place in Place
        if place.value in by_place
    ]
    return Coverage(
        totals=figures_of(state for state, *_rest in rows),
        institutions=sorted(institutions, key=lambda one: one.name),
        places=places,
    )


def figures_of(states: Iterable[str]) -> Figures:
    """Count states."""
    counted = Counter(states)
    return Figures(**{one.value: counted[one.value] for one in State})


def in_order(posts: DutyPostQuerySet, *, on: date) -> list[int]:
    """Return the keys of these posts: gaps, what lapses by its day, then the others."""
    rows = posts.order_by("institution__code", "name", "pk").values_list("pk", "state")
    found = list(rows)
    lapsing = [pk for pk, state in found if state == State.LAPSING]
    days = ends_of(DutyPost.objects.filter(pk__in=lapsing), on=on)
    found.sort(key=lambda row: (RANK[State(row[1])], days.get(row[0], date.max)))
    return [pk for pk, _state in found]


def ends_of(posts: Iterable[DutyPost], *, on: date) -> dict[int, date]:
    """Return the last day of cover of each post that is covered today."""
    posts = list(posts)
    held = holders_of(posts, on=on)
    ends = {
        post.pk: rules.covered_until(
            held.get(post.pk, []), track=post.track, cadence=post.cadence, on=on
        )
        for post in posts
    }
    return {pk: day for pk, day in ends.items() if day is not None}


def holders_of(posts: Sequence[DutyPost], *, on: date) -> dict[int, list[Holder]]:
    """Return who counts for each post that day, with certificates of its course."""
    course_of = {post.pk: post.course_id for post in posts}
    rows = list(
        PostHolder.objects.counting(on)
        .filter(post__in=list(course_of))
        .values_list("post", "person", "until_on")
    )
    awards = awards_of(
        {person for _post, person, _end in rows}, set(course_of.values())
    )
    found = defaultdict(list)
    for post, person, end in rows:
        held = awards.get((person, course_of[post]), [])
        found[post].append(Holder(end, tuple(held)))
    return found


def awards_of(people: set[int], courses: set) -> dict[tuple, list[Award]]:
    """Return what counts of the certificates of these people, by person and course."""
    rows = Certificate.objects.filter(
        holder__in=people, enrolment__course__in=courses
    ).select_related("enrolment", "superseded_by")
    found = defaultdict(list)
    for row in rows:
        award = Award(
            issued_on=timezone.localdate(row.issued_at),
            valid_until=row.valid_until,
            track=row.track,
            stands=row.revoked_at is None
            and not row.is_suspended
            and not hasattr(row, "superseded_by"),
        )
        found[row.holder_id, row.enrolment.course_id].append(award)
    return found
