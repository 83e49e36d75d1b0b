"""What is erased of a person where emptying a column is not enough."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from lms.approvals.models import Approval
from lms.people.actions.leaving import end_sessions
from lms.people.addresses import addresses_in, without
from lms.people.models import (
    Invitation,
    Mandate,
    Merger,
    RosterCheck,
    SupportRequest,
    User,
)
from lms.people.records import NAMELESS, Leaver
from lms.people.typed import forget_typed, owner_of


def erase_sessions(leaver: Leaver) -> None:
    end_sessions(leaver.person, addresses=leaver.addresses)


def erase_typed(leaver: Leaver) -> None:
    forget_typed(owner=owner_of(leaver.person))


def erase_profile(leaver: Leaver) -> None:
    """Delete what Wagtail keeps of somebody who used its admin, the picture too."""
    for profile in UserProfile.objects.filter(user=leaver.person):
        profile.avatar.delete(save=False)
        profile.delete()


def erase_invitations(leaver: Leaver) -> None:
    """Empty the invitations that the person accepted."""
    Invitation.objects.filter(redeemed_by=leaver.person).update(address="", facts={})


def erase_from_rosters(leaver: Leaver) -> None:
    """Take the person out of the lists that wait to be accepted.

    A row of theirs goes, and so does a row that names them as a superior: by address
    alone, as somebody else may have the same name. Of a row that cannot be used the
    name goes, and the row is still told of.
    """
    name = leaver.person.legal_name
    take_out_of(RosterCheck.objects.all(), leaver.addresses, name=name)


def take_out_of(
    checks: QuerySet[RosterCheck], addresses: frozenset[str], *, name: str = ""
) -> None:
    """Take out of these lists what has one of the addresses, or bears the name."""
    for check in checks.filter(accepted_at=None).iterator():
        rows = [row for row in check.rows if not addresses_in(row) & addresses]
        errors = check.report.get("errors", [])
        kept = [
            one | {"name": NAMELESS} if _is_called(one.get("name"), name) else one
            for one in errors
            if not addresses_in(one) & addresses
        ]
        if (rows, kept) != (check.rows, errors):
            RosterCheck.objects.filter(pk=check.pk, accepted_at=None).update(
                rows=rows, report=check.report | {"errors": kept}
            )


def _is_called(told: str | None, name: str) -> bool:
    return bool(told and name) and told.casefold() == name.casefold()


def erase_reasons(leaver: Leaver) -> None:
    """Empty the reasons of approvals that were about the person."""
    person = leaver.person
    subjects = [
        *SupportRequest.objects.filter(person=person).values_list("uuid", flat=True),
        *Mandate.objects.filter(holder=person).values_list("uuid", flat=True),
        *Merger.objects.filter(Q(kept=person) | Q(gone=person)).values_list(
            "uuid", flat=True
        ),
    ]
    empty_reasons(Approval.objects.filter(subject__in=subjects))


def empty_reasons(approvals: QuerySet[Approval]) -> None:
    approvals.update(reason=NAMELESS)
    approvals.exclude(decision_reason="").update(decision_reason=NAMELESS)


def erase_from_logs(leaver: Leaver) -> None:
    """Empty what Wagtail's log says of the person's own row."""
    of_people = ContentType.objects.get_for_model(User)
    ModelLogEntry.objects.filter(
        content_type=of_people, object_id=str(leaver.person.pk)
    ).update(label="", data={})


def erase_from_queue(leaver: Leaver) -> None:
    """Delete tasks that are given, or return, an address of the person.

    No task is given a name. Of one that failed, what was said of it loses both.
    """
    person, tasks = leaver.person, DBTaskResult.objects.all()
    take_out_of_tasks(tasks, leaver.addresses)
    _strike_from_tasks(tasks, frozenset({person.legal_name.casefold()} - {""}))


def take_out_of_tasks(tasks: QuerySet[DBTaskResult], addresses: frozenset[str]) -> None:
    """Delete those of the tasks that are given one of the addresses, or lose it."""
    for task in _with_an_address(tasks).iterator():
        if addresses_in([task.args_kwargs, task.return_value]) & addresses:
            task.delete()
    _strike_from_tasks(tasks, addresses)


def _with_an_address(tasks: QuerySet[DBTaskResult]) -> QuerySet[DBTaskResult]:
    """Return the few that may have one: most are given a key alone."""
    given, returned = (
        Cast(name, TextField()) for name in ("args_kwargs", "return_value")
    )
    told = tasks.annotate(given=given, returned=returned)
    return told.filter(Q(given__contains="@") | Q(returned__contains="@"))


def _strike_from_tasks(tasks: QuerySet[DBTaskResult], words: frozenset[str]) -> None:
    for task in tasks.exclude(traceback="").iterator():
        if (said := without(words, task.traceback, sign=NAMELESS)) != task.traceback:
            DBTaskResult.objects.filter(pk=task.pk).update(traceback=said)
