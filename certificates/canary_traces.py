"""Everybody of the canary drill settled, with a trace wherever one can be left."""

import re
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from certificates.actions import issue, keep_file
from certificates.canaries import (
    ASKED_FOR,
    COHORTS,
    INSTITUTIONS,
    MANDATES,
    OFFERED,
    PASSWORD,
    POSTS,
    SHIELDED,
    everybody,
    token,
    word,
)
from certificates.lines.drawing import draw_all
from certificates.models import DutyPost, Place, PostHolder
from courses import actions as learning
from courses.editors import ensure_editors
from courses.models import Edition, Enrolment
from courses.syllabus import activities_of
from lms.approvals.actions import ask
from lms.audit.actions import record_event
from lms.audit.models import Alarm, Event
from lms.people.choices import Role, Track
from lms.people.models import (
    Affiliation,
    Cohort,
    CohortMember,
    CohortTrainer,
    Institution,
    Mandate,
    NameChange,
    Shield,
    SupportVisit,
    User,
)


@transaction.atomic
def settle(edition: Edition, *, more: int = 0, at: datetime) -> dict[str, User]:
    """Make everybody, with a trace wherever one can be left; return them by name."""
    institutions, wherever = _institutions(), everybody(more)
    people = {
        name: _person(name, institutions, *where, at=at)
        for name, where in wherever.items()
    }
    _confirm([people[n] for n, where in wherever.items() if where[2]], at=at)
    _shield(people[SHIELDED], by=people["gloria"], at=at)
    for name, mandate in MANDATES.items():
        _mandate(people, institutions, name, *mandate, at=at)
    _offers(people, at=at)
    for name, members in COHORTS.items():
        _cohort(people, name, [*members, *_crowd_of(people, name)], at=at)
    for person in people.values():
        _study(person, edition, at=at)
    for place, holders in POSTS.items():
        _post(people, institutions[place], holders, edition, at=at)
    _staff(people, at=at)
    draw_all(at=at)
    return people


def _institutions() -> dict[str, Institution]:
    made: dict[str, Institution] = {}
    for name, (country, kind, parent) in INSTITUTIONS.items():
        made[name] = Institution.objects.create(
            code=f"{country.lower()}-drill-{name}",
            country=country,
            kind=kind,
            name_es=f"Drill {name}",
            name_en=f"Drill {name}",
            parent=made.get(parent),
        )
    return made


def _person(name, institutions, country, place, confirmed, *, at: datetime) -> User:
    def says(field: str) -> str:
        return token(country, name, field).capitalize()

    person = User.objects.create_user(
        f"{says('mail')}@zqhost.example",
        PASSWORD,
        legal_name=f"{says('name')} {says('last')}",
        sort_name=f"{says('sort')} {says('last')}",
        country=country,
        track=Track.JUDGE,
    )
    for address, primary in ((person.email, True), (f"{says('more')}@zq.example", 0)):
        EmailAddress.objects.create(
            user=person, email=address.lower(), verified=True, primary=bool(primary)
        )
    Affiliation.objects.create(
        person=person,
        institution=institutions.get(place),
        institution_typed="" if place else says("typed"),
        position=says("position"),
        track=person.track,
        from_on=timezone.localdate(at) - timedelta(days=300),
    )
    NameChange.objects.create(
        person=person,
        by=person,
        at=at,
        before=says("before"),
        after=person.legal_name,
        reason=says("reason"),
    )
    return person


def _confirm(people: list[User], *, at: datetime) -> None:
    Affiliation.objects.filter(person__in=people).update(
        confirmed_by=people[0], confirmed_at=at - timedelta(days=200)
    )


def _shield(person: User, *, by: User, at: datetime) -> None:
    Shield.objects.create(
        person=person, set_by=by, set_at=at, reason=word(person, "shield")
    )
    User.objects.filter(pk=person.pk).update(shielded=True)


def _mandate(people, institutions, name, role, country, place, *, at) -> None:
    holder = people[name]
    day = timezone.localdate(at)
    Mandate.objects.create(
        holder=holder,
        address=holder.email,
        role=role,
        country=country,
        institution=institutions.get(place),
        seat=1 if role == Role.PROTECTION else None,
        from_on=day - timedelta(days=100),
        until_on=day + timedelta(days=300),
        reason=word(holder, "grant"),
        granted_by=people["alma"],
        granted_at=at,
        approved_at=at,
        accepted_at=at,
    )
    User.objects.filter(pk=holder.pk).update(holds_mandate=True)


def _offers(people: dict[str, User], *, at: datetime) -> None:
    """Offer one mandate to a learner, and let one for another wait."""
    for name, approved in ((OFFERED, at), (ASKED_FOR, None)):
        mandate = Mandate.objects.create(
            address=people[name].email,
            role=Role.COUNTRY_OWNER,
            country="GT",
            from_on=timezone.localdate(at),
            until_on=timezone.localdate(at) + timedelta(days=300),
            reason=word(people[name], "grant"),
            granted_by=people["sofia"],
            granted_at=at,
            approved_at=approved,
        )
        if not approved:
            ask(
                "mandate",
                subject=mandate.uuid,
                by=people["sofia"],
                reason=mandate.reason,
                at=at,
            )


def _crowd_of(people: dict[str, User], trainer: str) -> list[str]:
    country = {"tomas": "court", "hector": "border"}.get(trainer)
    return [n for n in people if country and re.fullmatch(rf"{country}\d+", n)]


def _cohort(people, name: str, members: list[str], *, at: datetime) -> None:
    trainer, day = people[name], timezone.localdate(at) - timedelta(days=90)
    cohort = Cohort.objects.create(
        name=word(trainer, "cohort"),
        country=trainer.country,
        from_on=day,
        until_on=day + timedelta(days=365),
    )
    CohortTrainer.objects.create(cohort=cohort, trainer=trainer, from_on=day)
    for member in members:
        CohortMember.objects.create(cohort=cohort, person=people[member], from_on=day)


def _study(person: User, edition: Edition, *, at: datetime) -> None:
    """Complete the course, then begin it anew: one certificate, one open attempt."""
    began = at - timedelta(days=30)
    done = Enrolment.objects.create(
        learner=person,
        course=edition.course,
        edition=edition,
        track=person.track,
        affiliation=person.affiliations.first(),
        enrolled_at=began,
        completed_at=at - timedelta(days=1),
    )
    award = issue(done, at=done.completed_at)
    keep_file(award, pdf=b"%PDF-" + word(person, "paper").encode(), at=at)
    again = Enrolment.objects.create(
        learner=person,
        course=edition.course,
        edition=edition,
        track=person.track,
        enrolled_at=at,
    )
    rows = activities_of(again)
    final = next(row.activity for row in rows if row.activity.kind == "final")
    learning.start_attempt(again, activity=final, at=at)


def _post(people, institution, who, edition: Edition, *, at: datetime) -> None:
    """Load one duty post of the institution, which names its holders."""
    loader, holders = who
    post = DutyPost.objects.create(
        institution=institution,
        code="drill",
        name="Drill",
        place=Place.OFFICE,
        course=edition.course,
        loaded_at=at,
        loaded_by=people[loader],
    )
    for holder in holders:
        PostHolder.objects.create(
            post=post,
            person=people[holder],
            named_by=people[loader],
            from_on=timezone.localdate(at),
        )


def _staff(people: dict[str, User], *, at: datetime) -> None:
    """Make one of them an editor and one an administrator, who helps one learner."""
    ensure_editors().user_set.add(people["elena"])
    admin = people["alma"]
    admin.is_superuser = admin.is_staff = True
    admin.save(update_fields=["is_superuser", "is_staff"])
    SupportVisit.objects.create(
        helper=admin,
        person=people["bruno"],
        reason=word(people["bruno"], "visit"),
        opened_at=at - timedelta(minutes=1),
        until_at=at + timedelta(minutes=14),
    )
    record_event(
        Event.Kind.LOOK,
        actor=people["tomas"],
        purpose="course of the cohort",
        subjects=[people["ana"], people["silvia"]],
        fields=["name"],
        at=at,
    )
    Alarm.objects.create(
        actor=people["tomas"], hour_at=at, people=400, usual=20, raised_at=at
    )
