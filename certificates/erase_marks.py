"""Somebody of whom everything is written down, with a mark in every text.

For the drill of erasures: under every address that the person has or had, and in every
column that an erasure promises to empty.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db.models import Model
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image as Drawing
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Comment, CommentReply, Page

from courses.drills import newcomer
from courses.models import (
    Assignment,
    AssignmentException,
    Attendance,
    Course,
    SuperiorRequest,
    Workshop,
)
from lms.models import (
    Affiliation,
    Approval,
    Cohort,
    CohortMember,
    Invitation,
    Letter,
    Mandate,
    Merger,
    NameChange,
    RosterCheck,
    Shield,
    SupportRequest,
    SupportVisit,
    User,
)
from lms.people import addressed, records
from lms.support.mails import mail_link

DAY = timedelta(days=1)


def plant(person: User, *, mark: str) -> None:
    """Write the mark wherever the person, or somebody about them, leaves words."""
    other, third = somebody(), somebody()
    former = f"former-{mark}@drill.example"
    EmailAddress.objects.create(user=person, email=former, verified=True)
    EmailAddress.objects.filter(user=person, email=former).delete()
    _write_about(person, by=other, said=mark, reason=mark)
    _write_about(other, by=third, said="Otra", reason=f"De parte de {former}")
    for address in (person.email, former.upper(), former.replace("@", "+drill@")):
        _name(address, mark=mark, by=other)
    _upload(person, mark=mark)


def somebody() -> User:
    return User.objects.get(uuid=newcomer()[0])


def _write_about(person: User, *, by: User, said: str, reason: str) -> None:
    """Make a row of each kind that says something of a person, with those words."""
    now = timezone.now()
    today, later = timezone.localdate(now), now + DAY
    cohort = _cohort(notes=reason if "@" in reason else "")
    assignment = _assigned(cohort, by=by)
    workshop = Workshop.objects.create(
        cohort=cohort,
        title="Taller",
        place="Sala 2",
        starts_at=now,
        ends_at=later,
        minutes=60,
        capacity=1,
        language="es",
        made_by=by,
        made_at=now,
    )
    comment = Comment.objects.create(
        page=Page.objects.last(), user=person, text=said, contentpath="title"
    )
    whose = {"person": person, "reason": reason}
    ended = {"ended_at": now, "ended_reason": reason}
    superior = {
        "superior_name": said,
        "superior_address": f"{uuid4().hex}@drill.example",
    }
    rows: list[tuple[type[Model], dict]] = [
        (CommentReply, {"comment": comment, "user": person, "text": said}),
        (
            Affiliation,
            {
                "person": person,
                "institution_typed": said,
                "position": said,
                "track": person.track,
                "from_on": today,
            },
        ),
        (NameChange, whose | {"by": by, "at": now, "before": said, "after": said}),
        (
            CohortMember,
            {"cohort": cohort, "person": person, "from_on": today, "ended": "left"}
            | ended
            | superior,
        ),
        (Shield, whose | {"set_by": by, "set_at": now}),
        (SupportVisit, whose | {"helper": by, "opened_at": now, "until_at": later}),
        (
            SupportRequest,
            whose
            | {"helper": by, "act": "name", "asked_at": now}
            | {"facts": {"legal_name": said}},
        ),
        (
            Merger,
            {"kept": person, "gone": somebody(), "asked_by": by, "asked_at": now}
            | {"reason": reason},
        ),
        (
            Mandate,
            _mandate(by=by, reason=reason)
            | ended
            | {"holder": person, "address": person.email, "accepted_at": now},
        ),
        (
            Approval,
            {"kind": "mandate", "subject": uuid4(), "asked_by": person}
            | {"asked_at": now, "until_at": later, "reason": reason}
            | {"decided_at": now, "decided_by": by, "approved": True}
            | {"decision_reason": reason},
        ),
        (
            AssignmentException,
            whose | {"assignment": assignment, "made_by": by, "made_at": now},
        ),
        (
            SuperiorRequest,
            whose
            | superior
            | {"assignment": assignment, "asked_at": now, "until_at": later}
            | {"token_hash": uuid4().hex, "decided_at": now, "approved": False},
        ),
        (
            Attendance,
            whose
            | {"workshop": workshop, "present": True, "how": "typed", "marked_by": by}
            | {"marked_at": now, "corrected_by": by, "corrected_at": now},
        ),
    ]
    for model, facts in rows:
        model.objects.create(**facts)


def _cohort(*, notes: str = "") -> Cohort:
    today = timezone.localdate()
    return Cohort.objects.create(
        name=uuid4().hex,
        country="GT",
        from_on=today,
        until_on=today + DAY,
        notes=notes,
    )


def _assigned(cohort: Cohort, *, by: User) -> Assignment:
    return Assignment.objects.create(
        cohort=cohort,
        course=Course.objects.first(),
        assigned_by=by,
        assigned_at=timezone.now(),
    )


def _mandate(*, by: User, reason: str) -> dict:
    now = timezone.now()
    today = timezone.localdate(now)
    return {
        "role": "trainer",
        "country": "GT",
        "from_on": today,
        "until_on": today + DAY,
        "granted_by": by,
        "granted_at": now,
        "approved_at": now,
        "reason": reason,
    }


def _name(address: str, *, mark: str, by: User) -> None:
    """Name somebody by an address, wherever others type one."""
    now = timezone.now()
    later, cohort, about = now + DAY, _cohort(), somebody()
    superior = {"superior_name": mark, "superior_address": address}
    invited = {"cohort": cohort, "invited_by": by, "invited_at": now, "until_at": later}
    Invitation.objects.create(address=address, token_hash=uuid4().hex, **invited)
    Invitation.objects.create(
        address=about.email, token_hash=uuid4().hex, facts=superior, **invited
    )
    Mandate.objects.create(address=address, **_mandate(by=by, reason=mark))
    Letter.objects.create(
        event=uuid4().hex,
        address=address,
        language="es",
        template="drill/letter",
        asked_at=now,
        due_at=later,
        next_at=later,
    )
    CohortMember.objects.create(
        cohort=cohort, person=about, from_on=timezone.localdate(now), **superior
    )
    SuperiorRequest.objects.create(
        assignment=_assigned(cohort, by=by),
        person=about,
        asked_at=now,
        until_at=later,
        token_hash=uuid4().hex,
        **superior,
    )
    SupportRequest.objects.create(
        helper=by,
        person=about,
        act="mailbox",
        facts={"address": address},
        reason=mark,
        asked_at=now,
    )
    RosterCheck.objects.create(
        cohort=cohort,
        by=by,
        made_at=now,
        until_at=later,
        rows=[{"address": address}],
        report={"errors": [{"typed": address}]},
    )
    tasks = [mail_link.enqueue(str(about.uuid), said) for said in (address, "", "")]
    _of_task(tasks[1]).update(return_value=[address])
    _of_task(tasks[2]).update(traceback=f"SMTPRecipientsRefused: <{address}>")


def _of_task(task):
    return DBTaskResult.objects.filter(pk=task.id)


def _upload(person: User, *, mark: str) -> None:
    drawn = BytesIO()
    Drawing.new("RGB", (2, 2)).save(drawn, "PNG")
    named = {"title": mark, "uploaded_by_user": person}
    Image.objects.create(file=ImageFile(drawn, f"{mark}.png"), **named)
    Document.objects.create(file=ContentFile(b"x", f"{mark}.txt"), **named)


def unmarked(mark: str) -> list[str]:
    """Return the columns which an erasure empties, and in which no mark stands."""
    return [
        f"{model._meta.label}.{column}"
        for model, column in _promised()
        if not any(
            mark in str(value)
            for value in model._default_manager.values_list(column, flat=True)
        )
    ]


def _promised() -> Iterator[tuple[type[Model], str]]:
    for record in records.declared():
        if isinstance(record.erase, Mapping):
            yield from ((record.load(), column) for column in record.erase)
    for one in addressed.declared():
        yield from ((one.manager.model, column) for column in one.columns)
