"""What is erased of a person where emptying a column is not enough."""

import json

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from lms.approvals.models import Approval
from lms.people.actions.leaving import end_sessions
from lms.people.models import Mandate, Merger, User
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
    theirs = Q()
    for address in leaver.addresses:
        theirs |= Q(address__iexact=address)
    if theirs:
        offers = Mandate.objects.filter(theirs, holder=None)
        offers.filter(declined_at=None, ended_at=None).update(
            ended_at=leaver.at, ended_reason=NAMELESS
        )
        offers.update(address="", reason=NAMELESS)


def erase_reasons(leaver: Leaver) -> None:
    """Empty the reasons of approvals that were about the person."""
    person = leaver.person
    subjects = [
        *Mandate.objects.filter(holder=person).values_list("uuid", flat=True),
        *Merger.objects.filter(Q(kept=person) | Q(gone=person)).values_list(
            "uuid", flat=True
        ),
    ]
    Approval.objects.filter(subject__in=subjects).update(reason=NAMELESS)


def erase_from_logs(leaver: Leaver) -> None:
    """Empty what Wagtail's log says of the person's own row."""
    of_people = ContentType.objects.get_for_model(User)
    ModelLogEntry.objects.filter(
        content_type=of_people, object_id=str(leaver.person.pk)
    ).update(label="", data={})


def erase_from_queue(leaver: Leaver) -> None:
    """Delete tasks that name the person or an address, in what they do or tell."""
    named = Q()
    for word in {*leaver.addresses, leaver.person.legal_name} - {""}:
        for written in {word, json.dumps(word)[1:-1]}:  # databases differ in accents
            named |= Q(said__icontains=written) | Q(answered__icontains=written)
        named |= Q(traceback__icontains=word)
    if named:
        rows = DBTaskResult.objects.annotate(
            said=Cast("args_kwargs", TextField()),
            answered=Cast("return_value", TextField()),
        )
        rows.filter(named).delete()
