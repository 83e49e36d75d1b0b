"""What is erased of a person where emptying a column is not enough."""

import re

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from lms.approvals.models import Approval
from lms.mail.models import Letter
from lms.people import rules
from lms.people.actions.leaving import end_sessions
from lms.people.models import (
    CohortMember,
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


def erase_offers(leaver: Leaver) -> None:
    """Empty the offers of mandates to the person's addresses."""
    theirs = _is_theirs("address", leaver)
    if theirs:
        offers = Mandate.objects.filter(theirs, holder=None)
        subjects = list(offers.values_list("uuid", flat=True))
        asked = Approval.objects.filter(subject__in=subjects)
        _empty_reasons(asked)
        asked.waiting(leaver.at).update(until_at=leaver.at)
        offers.filter(declined_at=None, ended_at=None).update(
            ended_at=leaver.at, ended_reason=NAMELESS
        )
        offers.update(address="", reason=NAMELESS)


def _is_theirs(column: str, leaver: Leaver) -> Q:
    theirs = Q()
    for address in leaver.addresses:
        theirs |= Q(**{f"{column}__iexact": address})
    return theirs


def erase_invitations(leaver: Leaver) -> None:
    """Empty the invitations that the person accepted."""
    Invitation.objects.filter(redeemed_by=leaver.person).update(address="", facts={})


def erase_addressed(leaver: Leaver) -> None:
    """Forget what was sent, or is to be sent, to the person's addresses.

    So is where somebody named them as a superior.
    """
    if theirs := _is_theirs("address", leaver):
        Letter.objects.filter(theirs).delete()
        open_ones = Invitation.objects.filter(theirs, redeemed_at=None)
        open_ones.filter(withdrawn_at=None).update(withdrawn_at=leaver.at)
        Invitation.objects.filter(theirs).update(address="", facts={})
    if told := _is_theirs("facts__superior_address", leaver):
        for invitation in Invitation.objects.filter(told):
            del invitation.facts["superior_address"]
            invitation.facts.pop("superior_name", None)
            invitation.save(update_fields=["facts"])
    if named := _is_theirs("superior_address", leaver):
        CohortMember.objects.filter(named).update(superior_name="", superior_address="")


def erase_from_rosters(leaver: Leaver) -> None:
    """Take the person out of the lists that wait to be accepted.

    A row of theirs goes, and so does a row that names them as a superior.
    """
    words = frozenset(
        map(str.casefold, {*leaver.addresses, leaver.person.legal_name} - {""})
    )
    for check in RosterCheck.objects.filter(accepted_at=None).iterator():
        rows = [row for row in check.rows if not rules.names_one_of(row, words)]
        errors = check.report.get("errors", [])
        kept = [one for one in errors if not rules.names_one_of(one, words)]
        if (rows, kept) != (check.rows, errors):
            RosterCheck.objects.filter(pk=check.pk, accepted_at=None).update(
                rows=rows, report=check.report | {"errors": kept}
            )


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
    _empty_reasons(Approval.objects.filter(subject__in=subjects))


def _empty_reasons(approvals: QuerySet[Approval]) -> None:
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
    said = {*leaver.addresses, leaver.person.legal_name} - {""}
    words = frozenset(map(str.casefold, said))
    for task in DBTaskResult.objects.iterator():
        if rules.names_one_of([task.args_kwargs, task.return_value], words):
            task.delete()
        elif (nameless := _without(said, task.traceback)) != task.traceback:
            DBTaskResult.objects.filter(pk=task.pk).update(traceback=nameless)


def _without(words: set[str], text: str) -> str:
    """Return the text with a sign for each of the words, where they stand alone."""
    either = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    if not either:
        return text
    return re.sub(rf"(?<![\w.+-])({either})(?![\w-])", NAMELESS, text, flags=re.I)
