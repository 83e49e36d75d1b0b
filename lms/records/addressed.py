"""The declarations of our columns that hold addresses (`lms.people.addressed`)."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_noop as _

from lms.approvals.models import Approval
from lms.people.addressed import register
from lms.people.models import Invitation, Mandate, SupportRequest
from lms.people.records import NAMELESS
from lms.records.erasing import empty_reasons, take_out_of, take_out_of_tasks

PATH = "lms.records.addressed"
SUPERIORS = _("Superiors that somebody named")

register(
    "lms.Mandate",
    "address",
    what=_("Offers of mandates"),
    erase=f"{PATH}.forget_offers",
)
register("lms.Letter", "address", what=_("Mails"), erase="delete")
register(
    "lms.Invitation",
    "address",
    what=_("Invitations"),
    erase=f"{PATH}.forget_invitations",
)
register(
    "lms.Invitation",
    "facts",
    what=SUPERIORS,
    erase=f"{PATH}.forget_superiors_of_the_invited",
)
register(
    "lms.CohortMember",
    "superior_address",
    what=SUPERIORS,
    erase={"superior_name": "", "superior_address": ""},
)
register(
    "lms.SupportRequest",
    "facts",
    what=_("What people support asked a second person for"),
    erase=f"{PATH}.forget_requests",
)
register(
    "lms.RosterCheck",
    "rows",
    "report",
    what=_("Lists of people that wait to be accepted"),
    erase=f"{PATH}.forget_in_rosters",
)
register(
    "django_tasks_database.DBTaskResult",
    "args_kwargs",
    "return_value",
    "traceback",
    what=_("Tasks of the platform"),
    erase=f"{PATH}.forget_in_tasks",
)
for model, *columns in (
    ("lms.Approval", "reason", "decision_reason"),
    ("lms.Cohort", "notes"),
    ("lms.CohortMember", "ended_reason"),
    ("lms.Mandate", "reason", "ended_reason"),
    ("lms.Merger", "reason"),
    ("lms.NameChange", "reason"),
    ("lms.Shield", "reason"),
    ("lms.SupportRequest", "reason"),
    ("lms.SupportVisit", "reason"),
):
    register(model, *columns, what=_("Reasons and notes"), erase="strike")


def forget_offers(rows: QuerySet, addresses: frozenset[str], at: datetime) -> None:
    """End and empty the offers; of a mandate that is held only the address goes."""
    keys = list(rows.filter(holder=None).values_list("pk", flat=True))
    offers = Mandate.objects.filter(pk__in=keys)
    _withdraw_approvals(offers, at=at)
    offers.exclude(ended_reason="").update(ended_reason=NAMELESS)
    offers.filter(declined_at=None, ended_at=None).update(
        ended_at=at, ended_reason=NAMELESS
    )
    offers.update(reason=NAMELESS)
    rows.update(address="")


def _withdraw_approvals(about: QuerySet, *, at: datetime) -> None:
    """Let nobody decide about these rows any more, and empty why it was asked."""
    asked = Approval.objects.filter(
        subject__in=list(about.values_list("uuid", flat=True))
    )
    empty_reasons(asked)
    asked.waiting(at).update(until_at=at)


def forget_invitations(rows: QuerySet, addresses: frozenset[str], at: datetime) -> None:
    """Take back those that wait, and empty all."""
    rows.filter(redeemed_at=None, withdrawn_at=None).update(withdrawn_at=at)
    rows.update(address="", facts={})


def forget_superiors_of_the_invited(
    rows: QuerySet, addresses: frozenset[str], at: datetime
) -> None:
    for invitation in rows:
        facts = {
            name: value
            for name, value in invitation.facts.items()
            if name not in {"superior_name", "superior_address"}
        }
        Invitation.objects.filter(pk=invitation.pk).update(facts=facts)


def forget_requests(rows: QuerySet, addresses: frozenset[str], at: datetime) -> None:
    """Empty what an account was to be given, with why; nobody may do it any more."""
    keys = list(rows.values_list("pk", flat=True))
    requests = SupportRequest.objects.filter(pk__in=keys)
    _withdraw_approvals(requests, at=at)
    requests.update(facts={}, reason=NAMELESS)


def forget_in_rosters(rows: QuerySet, addresses: frozenset[str], at: datetime) -> None:
    take_out_of(rows, addresses)


def forget_in_tasks(rows: QuerySet, addresses: frozenset[str], at: datetime) -> None:
    take_out_of_tasks(rows, addresses)
