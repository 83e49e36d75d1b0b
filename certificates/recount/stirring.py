"""What else happens to people? Everything that a report could get wrong, to some.

Rows are written as they would stand, whatever action writes them on a real site.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from uuid import uuid4

from wagtail.models import Page

from certificates.models import Certificate, Why
from certificates.recount.readers import READERS, WHY, give_mandates
from courses.inperson.actions.hours import take_back
from courses.models import (
    Activity,
    Assignment,
    AssignmentException,
    Completion,
    Edition,
    EditionActivity,
    Enrolment,
    LedgerEntry,
)
from lms.demo.region import DOMAIN
from lms.people.actions import erase
from lms.people.models import (
    Affiliation,
    Cohort,
    CohortMember,
    Institution,
    User,
)

DAY = timedelta(days=1)
MOST = 0.8
SOME = 8  # people to whom each thing happens


def stir(*, at: datetime, seed: int) -> None:
    """Let it happen, and give mandates to those who will read about it."""
    dice = Random(seed)  # noqa: S311 - draws whom it happens to, keeps no secret
    by = User.objects.get(email="tomas@demo.example")
    give_mandates(by, at=at)
    _confirm_most(dice, by=by, at=at)
    some = _groups(dice)
    _hide(next(some), next(some), by=by, at=at)
    _move(next(some), dice, by=by, at=at)
    _refuse(next(some), by=by, at=at)
    edition = Edition.objects.order_by("-opened_at", "pk").first()
    delta = _open_delta(edition, at=at)
    _leave_and_come_back(next(some), edition, at=at)
    _take_the_new_parts(next(some), delta, at=at)
    _assign_again(next(some), edition, by=by, at=at)
    _end_times(dice, at=at)
    _except_some(dice, by=by, at=at)
    _change_papers(dice, at=at)
    _take_hours_back(by=by, at=at)


def _groups(dice: Random) -> Iterator[list[User]]:
    """Yield some people at a time, nobody twice; mostly of the readers' countries."""
    people = list(User.objects.filter(email__endswith=f"@{DOMAIN}").order_by("pk"))
    people = dice.sample(people, len(people))
    people.sort(key=lambda one: one.country not in READERS)
    for first in range(0, len(people) - SOME, SOME):
        yield people[first : first + SOME]


def _confirm_most(dice: Random, *, by: User, at: datetime) -> None:
    """Confirm most posts, and let most have begun before whatever their people did."""
    posts = list(Affiliation.objects.exclude(institution=None).order_by("pk"))
    for post in posts:
        if dice.random() < MOST:
            post.confirmed_at, post.confirmed_by = post.confirmed_at or at, by
        if dice.random() < MOST:
            post.from_on -= 900 * DAY
    Affiliation.objects.bulk_update(posts, ["confirmed_at", "confirmed_by", "from_on"])


def _hide(shielded: list[User], gone: list[User], *, by: User, at: datetime) -> None:
    keys = [one.pk for one in shielded]
    User.objects.filter(pk__in=keys).update(shielded=True)
    for person in gone:
        erase(person, by=None, at=at)


def _move(people: list[User], dice: Random, *, by: User, at: datetime) -> None:
    """Let people change their institution on a day on which something happened."""
    days = {
        one.learner_id: one.completed_at or one.enrolled_at
        for one in Enrolment.objects.filter(learner__in=people)
    }
    for person in people:
        post = Affiliation.objects.get(person=person, until_on=None)
        day = max(post.from_on, days.get(person.pk, at).date())
        post.until_on = day - dice.choice([0, 1]) * DAY
        post.until_on = max(post.from_on, post.until_on)
        post.save()
        here = Institution.objects.filter(country=person.country).order_by("pk")
        confirmed = dice.random() < 0.7
        Affiliation.objects.create(
            person=person,
            institution=dice.choice(list(here)),
            track=person.track,
            from_on=day,
            confirmed_by=by if confirmed else None,
            confirmed_at=at if confirmed else None,
        )


def _refuse(people: list[User], *, by: User, at: datetime) -> None:
    Affiliation.objects.filter(person__in=people).update(
        confirmed_at=None, confirmed_by=None, refused_at=at, refused_by=by
    )


def _open_delta(edition: Edition, *, at: datetime) -> Edition:
    """Open a delta: two activities more, one read again, and a page taken down."""
    rows = list(edition.activities.order_by("position"))
    delta = Edition.objects.get(pk=edition.pk)
    delta.pk, delta.previous, delta.version = None, edition, edition.version + 1
    delta.kind, delta.opened_at = Edition.Kind.DELTA, at - 30 * DAY
    delta.save(force_insert=True)
    for number in (1, 2):
        row = EditionActivity.objects.get(pk=rows[0].pk)
        row.activity = Activity.objects.create(
            id=uuid4(), course=edition.course, kind=Activity.Kind.LESSON
        )
        row.position = rows[-1].position + number
        rows.append(row)
    rows[0].read_again = True
    for row in rows:
        row.pk, row.edition = None, delta
        row.save(force_insert=True)
    Page.objects.filter(translation_key=rows[1].activity_id).update(live=False)
    return delta


def _leave_and_come_back(people: list[User], edition: Edition, *, at: datetime) -> None:
    for person in people:
        Enrolment.objects.filter(
            learner=person, completed_at=None, withdrawn_at=None
        ).update(withdrawn_at=at - 20 * DAY)
        _enrol(person, edition, at=at - 19 * DAY)


def _take_the_new_parts(people: list[User], delta: Edition, *, at: datetime) -> None:
    """Let people take the delta; half of them owe its new parts only."""
    new = delta.activities.order_by("-position").first()
    for number, person in enumerate(people):
        Enrolment.objects.filter(learner=person, completed_at=None).update(
            withdrawn_at=at - 9 * DAY
        )
        taken = _enrol(person, delta, at=at - 8 * DAY, full=bool(number % 2))
        Completion.objects.create(
            enrolment=taken, activity=new.activity, at=at - 7 * DAY, language="es"
        )


def _enrol(person: User, edition: Edition, *, at: datetime, **facts) -> Enrolment:
    return Enrolment.objects.create(
        learner=person,
        course=edition.course,
        edition=edition,
        track=person.track,
        enrolled_at=at,
        **facts,
    )


def _assign_again(
    people: list[User], edition: Edition, *, by: User, at: datetime
) -> None:
    """Let another cohort assign the course, due so many days after joining."""
    cohort = Cohort.objects.create(
        name="=Otra cohorte, del mismo curso",
        country="MX",
        time_zone="America/Tijuana",
        from_on=(at - 60 * DAY).date(),
        until_on=(at + 60 * DAY).date(),
    )
    members = [*people, *CohortMember.objects.order_by("pk")[:SOME]]
    for number, one in enumerate(members):
        CohortMember.objects.create(
            cohort=cohort,
            person=one if isinstance(one, User) else one.person,
            from_on=(at - 40 * DAY + number * 4 * DAY).date(),
            joined_at=at - 41 * DAY if number % 2 else None,
        )
    Assignment.objects.create(
        cohort=cohort,
        course=edition.course,
        due_after_days=30,
        assigned_by=by,
        assigned_at=at - 25 * DAY,
    )


def _end_times(dice: Random, *, at: datetime) -> None:
    """Let memberships end in each way, and archive a cohort."""
    rows = CohortMember.objects.filter(ended="").order_by("pk")
    chosen = dice.sample(list(rows), 4 * SOME)
    for number, row in enumerate(chosen):
        row.ended = CohortMember.End.values[number % len(CohortMember.End)]
        row.ended_at, row.until_on = at, (at - DAY).date()
        row.save()
    for row in chosen[::3]:  # some come back
        CohortMember.objects.create(
            cohort=row.cohort, person=row.person, from_on=(at - DAY).date()
        )
    archived = Cohort.objects.order_by("pk")[3]
    CohortMember.objects.filter(cohort=archived, ended="").update(
        ended=CohortMember.End.ARCHIVED, ended_at=at, until_on=(at - DAY).date()
    )
    Cohort.objects.filter(pk=archived.pk).update(archived_at=at)


def _except_some(dice: Random, *, by: User, at: datetime) -> None:
    """Agree with some members upon another day; some of that is over again."""
    for one in Assignment.objects.order_by("assigned_at", "pk"):
        members = one.cohort.members.order_by("pk").distinct()
        for person in dice.sample(list(members), min(2, len(members))):
            AssignmentException.objects.create(
                assignment=one,
                person=person,
                due_on=(at + dice.randint(-30, 30) * DAY).date(),
                reason=WHY,
                made_by=by,
                made_at=at,
                ended_at=dice.choice([None, None, at]),
            )


def _change_papers(dice: Random, *, at: datetime) -> None:
    """Revoke or suspend certificates, let them run out, replace some by newer ones."""
    papers = list(Certificate.objects.filter(revoked_at=None).order_by("issued_at"))
    drawn = (dice.sample(papers, SOME) for _kind in range(4))
    revoked, over, replaced, suspended = drawn
    for paper in revoked:
        revoked_at = at + dice.randint(-200, 0) * DAY
        Certificate.objects.filter(pk=paper.pk).update(
            revoked_at=revoked_at, revoked_reason=WHY, revoked_for=Why.EARLIER
        )
    for number, paper in enumerate(suspended):
        suspended_at = at + dice.randint(-200, -100) * DAY
        lifted_at = at + dice.randint(-99, 0) * DAY if number % 2 else None
        Certificate.objects.filter(pk=paper.pk).update(
            suspended_at=suspended_at, lifted_at=lifted_at
        )
    for number, paper in enumerate(over):
        Certificate.objects.filter(pk=paper.pk).update(
            valid_until=at.date() + (number - 4) * DAY if number else None
        )
    newer = [paper for paper in papers if paper not in replaced]
    for paper, other in zip(replaced, newer, strict=False):
        Certificate.objects.filter(pk=other.pk).update(supersedes=paper)


def _take_hours_back(*, by: User, at: datetime) -> None:
    """Take every fifth entry of a workshop's hours back."""
    entries = LedgerEntry.objects.counting().exclude(workshop=None)
    take_back(list(entries.order_by("pk"))[::5], by=by, at=at)
