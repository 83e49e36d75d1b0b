"""Whom do the membership rules of a cohort bring in, and whom do they let go?

The same is decided for one post by `lms.team.rules`; one test holds both to its cases.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.db.models import (
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from lms.people.choices import Track
from lms.people.models import (
    Affiliation,
    Cohort,
    CohortMember,
    CohortTrainer,
    Institution,
    Invitation,
    MembershipRule,
    User,
)
from lms.people.models.cohorts import CohortMemberQuerySet, CohortQuerySet
from lms.people.models.persons import UserQuerySet
from lms.team import rules


def ruled_cohorts() -> CohortQuerySet:
    """Return the cohorts at work that some rule stands for."""
    standing = MembershipRule.objects.standing().filter(cohort=OuterRef("pk"))
    return Cohort.objects.at_work().filter(Exists(standing))


def rules_of(cohort: Cohort, *, viewer: User) -> QuerySet[MembershipRule]:
    """Return the rules of the cohort that stand and the viewer may see."""
    return (
        MembershipRule.objects.visible_to(viewer)
        .standing()
        .filter(cohort=cohort)
        .select_related("institution")
        .order_by("made_at", "pk")
    )


def fitting(
    cohort: Cohort, standing: Iterable[MembershipRule], *, on: date
) -> QuerySet[Affiliation]:
    """Return the posts that fit one of these rules that day."""
    either = Q(pk__in=[])
    for rule in standing:
        either |= _fits(rule, cohort)
    return Affiliation.objects.standing(on).filter(either)


def _fits(rule: MembershipRule, cohort: Cohort) -> Q:
    which = Q(institution__country=cohort.country)
    if rule.institution_id:
        which &= Q(institution=rule.institution_id) | Q(
            institution__parent=rule.institution_id
        )
    return which & Q(track=rule.track) if rule.track else which


def to_invite(
    cohort: Cohort,
    standing: Sequence[MembershipRule],
    *,
    on: date,
    at: datetime,
    only_counted: bool = False,
) -> UserQuerySet:
    """Return whom these rules bring in, each with `address`, the primary one.

    Nobody who is shielded or closed, learns or trains there, was a member (unless a
    rule let them go) or was asked (`rules.was_asked`). `only_counted`: for figures that
    a trainer reads. Whom they asked by hand counts there as if they had not: two
    figures, one before and one after, would tell where somebody works.
    """
    person = OuterRef("pk")
    posts = fitting(cohort, standing, on=on).confirmed().filter(person=person)
    members = CohortMember.objects.filter(cohort=cohort, person=person)
    trainers = CohortTrainer.objects.standing(on).filter(cohort=cohort, trainer=person)
    theirs = EmailAddress.objects.filter(user=OuterRef(OuterRef("pk")), verified=True)
    asked = Invitation.objects.filter(
        _was_asked(at), cohort=cohort, role=Invitation.Role.MEMBER
    )
    if only_counted:
        asked = asked.exclude(rule=None)
    primary = EmailAddress.objects.filter(user=person, verified=True, primary=True)
    return (
        User.objects.open()
        .filter(
            Exists(posts),
            ~Exists(members.exclude(ended=CohortMember.End.RULE)),
            ~Exists(trainers),
            ~Exists(asked.filter(address__in=theirs.values("email"))),
            shielded=False,
            closed_at=None,
        )
        .annotate(address=Subquery(primary.values("email")[:1]))
        .exclude(address=None)
    )


def _was_asked(at: datetime) -> Q:
    """Return the filter for `rules.was_asked`."""
    in_time = Q(withdrawn_at__isnull=False, withdrawn_at__lt=F("until_at"))
    waits = Q(withdrawn_at=None, until_at__gt=at)
    return Q(redeemed_at=None) & (
        Q(declined_at__isnull=False) | Q(rule__isnull=False) | in_time | waits
    )


def to_let_go(
    cohort: Cohort, standing: Sequence[MembershipRule], *, on: date
) -> CohortMemberQuerySet:
    """Return the memberships by a rule of whoever fits none of these rules any more.

    An institution that has not answered yet lets nobody go.
    """
    posts = fitting(cohort, standing, on=on).filter(
        refused_at=None, person=OuterRef("person")
    )
    return (
        CohortMember.objects.not_over(on)
        .filter(~Exists(posts), cohort=cohort)
        .exclude(rule=None)
    )


@dataclass(frozen=True, slots=True)
class Coming:
    """How many people of one profession in one institution would be invited."""

    institution: Institution
    track: str
    people: int


@dataclass(frozen=True, slots=True)
class Preview:
    """Who would move: who comes by number, who goes by name; of the shielded, nothing.

    Of a place with fewer people than `thresholds.TO_TRAINERS` nothing is said, nor
    whether there is anybody: it is one of the rest.
    """

    coming: list[Coming]
    going: list[CohortMember]

    @property
    def at_least(self) -> int:
        return sum(one.people for one in self.coming)


def preview(
    cohort: Cohort,
    standing: Sequence[MembershipRule],
    *,
    viewer: User,
    on: date,
    at: datetime,
) -> Preview:
    """Return who would move if these were the rules, in a few queries."""
    goes = to_let_go(cohort, standing, on=on).filter(person__closed_at=None)
    named = goes.filter(
        person__shielded=False, pk__in=CohortMember.objects.visible_to(viewer, on=on)
    )
    return Preview(
        coming=_coming(cohort, standing, on=on, at=at),
        going=list(
            named.select_related("person").order_by("person__folded_name", "pk")
        ),
    )


def _coming(
    cohort: Cohort, standing: Sequence[MembershipRule], *, on: date, at: datetime
) -> list[Coming]:
    people = to_invite(cohort, standing, on=on, at=at, only_counted=True)
    counted = (
        fitting(cohort, standing, on=on)
        .confirmed()
        .filter(person__in=people.values("pk"))
        .values_list("institution", "track")
        .annotate(people=Count("person", distinct=True))
        .order_by("institution__code", "track")
    )
    large = [row for row in counted if rules.countable(row[2])]
    places = Institution.objects.in_bulk([row[0] for row in large])
    return [
        Coming(places[place], str(Track(track).label), many)
        for place, track, many in large
    ]
