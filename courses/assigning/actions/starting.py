"""Starting an assigned course: at once, or once a superior has approved."""

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from courses.actions import enrol
from courses.assigning import rules
from courses.assigning.standing import Standing, own_standing
from courses.assigning.waiting import reasons_to_wait_for
from courses.models import Assignment, Enrolment, SuperiorRequest
from lms.mail.outbox import letter_to_address, post
from lms.mandates.granting import is_address_of
from lms.people.models import CohortMember, User
from lms.people.zones import to_the_end_of
from lms.refusals import Refused

PURPOSE = "superior"


@transaction.atomic
def start(
    person: User, *, assignment: Assignment, at: datetime
) -> Enrolment | SuperiorRequest:
    """Return the enrolment; or, where a superior approves first, that they are asked.

    A second call asks nobody twice, and about shielded people nobody is asked: who is
    not spared the question waits. Raises `Refused`: with "superior-missing" when
    nobody has been named whom to ask, and with "superior-unconfirmed" while no trainer
    has said that the address which the person named is a superior's.
    """
    mine = {one.assignment: one for one in own_standing(person, at=at)}
    this = mine.get(assignment)
    if this is None:
        raise Refused("not-assigned")
    asks = this.state is rules.State.WAITS_FOR_SUPERIOR and not person.shielded
    if asks and reasons_to_wait_for(person, course=assignment.course_id, at=at):
        return _ask(person, this, at=at)
    return enrol(person, course=assignment.course, at=at)


def _ask(person: User, this: Standing, *, at: datetime) -> SuperiorRequest:
    member = _membership(person, this.assignment, at=at)
    last = this.request
    if last and last.approved is None and last.lapsed_at is None and last.until_at > at:
        return last
    refused_at = last.decided_at if last and last.approved is False else None
    why = {
        "post-missing": not person.has_post,
        "asked-today": not rules.may_ask_again(refused_at=refused_at, at=at),
        "superior-missing": not member.superior_address,
        "superior-unconfirmed": member.superior_unconfirmed,
        "superior-is-oneself": is_address_of(person, member.superior_address),
    }
    if reasons := [reason for reason, holds in why.items() if holds]:
        raise Refused(reasons[0])  # each is answered on a screen of its own
    return _request(member, this.assignment, at=at)


def _membership(person: User, assignment: Assignment, *, at: datetime) -> CohortMember:
    rows = CohortMember.objects.filter(cohort=assignment.cohort_id, person=person)
    return rows.standing(timezone.localdate(at)).order_by("-from_on", "-pk")[0]


def _request(
    member: CohortMember, assignment: Assignment, *, at: datetime
) -> SuperiorRequest:
    """Ask; who did not answer in time, or is the superior no more, answers no more."""
    rows = SuperiorRequest.objects.filter(assignment=assignment, person=member.person)
    over = Q(until_at__lte=at) | ~Q(superior_address=member.superior_address)
    rows.undecided().filter(over).update(lapsed_at=at)
    uuid = uuid4()
    token = rules.token_of(PURPOSE, uuid, key=settings.SECRET_KEY)
    made = SuperiorRequest(
        uuid=uuid,
        assignment=assignment,
        person=member.person,
        superior_name=member.superior_name,
        superior_address=member.superior_address,
        token_hash=rules.token_hash(token),
        asked_at=at,
        until_at=to_the_end_of(at + rules.REQUESTS_LAST, zone=assignment.cohort.zone),
    )
    SuperiorRequest.objects.bulk_create([made], ignore_conflicts=True)
    asked = rows.undecided().get()
    post(
        [
            letter_to_address(
                asked.superior_address,
                language=member.person.language,
                event=f"superior_request:{asked.uuid}",
                template="superior_request",
                facts={"request": str(asked.uuid)},
                at=at,
            )
        ]
    )
    return asked


@transaction.atomic
def name_superior(
    person: User, *, assignment: Assignment, name: str, address: str, at: datetime
) -> None:
    """Keep whom the person names, where nobody is named yet, until a trainer says so.

    Nobody is asked before: the mailbox could be a second one of the person's. Raises
    `Refused`, with "own-address" for one that is known to be.
    """
    if is_address_of(person, address):
        raise Refused("own-address")
    CohortMember.objects.own(person).standing(timezone.localdate(at)).filter(
        cohort=assignment.cohort_id, superior_address=""
    ).update(superior_name=name, superior_address=address, superior_unconfirmed=True)
