"""What is erased of a person where emptying a column is not enough."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from lms.approvals.models import Approval
from lms.people import rules
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


def erase_sessions(leaver: Leaver) -> None:
    end_sessions(leaver.person, addresses=leaver.addresses)


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

    A row of theirs goes, and so does a row that names them as a superior.
    """
    take_out_of(RosterCheck.objects.all(), _words_for(leaver))


def take_out_of(checks: QuerySet[RosterCheck], words: frozenset[str]) -> None:
    """Take out of these lists what names one of the words."""
    for check in checks.filter(accepted_at=None).iterator():
        rows = [row for row in check.rows if not _names(row, words)]
        errors = check.report.get("errors", [])
        kept = [one for one in errors if not _names(one, words)]
        if (rows, kept) != (check.rows, errors):
            RosterCheck.objects.filter(pk=check.pk, accepted_at=None).update(
                rows=rows, report=check.report | {"errors": kept}
            )


def _names(value: Any, words: frozenset[str]) -> bool:
    return rules.names_one_of(value, words) or bool(addresses_in(value) & words)


def _words_for(leaver: Leaver) -> frozenset[str]:
    """Return what says who the person is, case folded."""
    name = leaver.person.legal_name.casefold()
    return leaver.addresses | ({name} - {""})


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
    """Delete tasks that are given, or return, the person's name or address.

    Of a task that failed, what was said of it loses both.
    """
    take_out_of_tasks(DBTaskResult.objects.all(), _words_for(leaver))


def take_out_of_tasks(tasks: QuerySet[DBTaskResult], words: frozenset[str]) -> None:
    """Delete those of the tasks that are given one of the words, or lose it."""
    for task in tasks.iterator():
        if _names([task.args_kwargs, task.return_value], words):
            task.delete()
        elif (said := without(words, task.traceback, sign=NAMELESS)) != task.traceback:
            DBTaskResult.objects.filter(pk=task.pk).update(traceback=said)
