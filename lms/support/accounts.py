"""Which account has exactly that address, and what does support see of it?"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.audit.models import Alarm
from lms.mandates.words import state_in_words
from lms.people.devices import devices_of
from lms.people.models import Affiliation, Mandate, SupportVisit, User

KINDS = {
    Authenticator.Type.TOTP: _("App that shows codes"),
    Authenticator.Type.WEBAUTHN: _("Security key"),
    Authenticator.Type.RECOVERY_CODES: _("Recovery codes"),
}


@dataclass(frozen=True, slots=True)
class Account:
    """What the page about one account shows."""

    person: User
    addresses: list[EmailAddress]
    post: Affiliation | None
    mandates: list[tuple[Mandate, str]]
    second_steps: list[str]
    sessions: int


def account_at(address: str) -> User | None:
    """Return whose address it is, in whatever case; a confirmed one comes first."""
    address = address.strip()
    rows = EmailAddress.objects.filter(email__iexact=address).select_related("user")
    row = rows.order_by("-verified", "pk").first()
    if row:
        return row.user
    return User.objects.filter(email__iexact=address).first()


def others_at(address: str, *, person: User) -> QuerySet[User]:
    """Return who else has that address, confirmed or not."""
    rows = EmailAddress.objects.filter(email__iexact=address)
    theirs = Q(email__iexact=address) | Q(pk__in=rows.values("user"))
    return User.objects.filter(theirs).exclude(pk=person.pk)


def is_free(address: str, *, person: User) -> bool:
    return not others_at(address, person=person).exists()


def addresses_of(person: User) -> list[str]:
    """Return every address that a notice about the account goes to, the first first."""
    rows = EmailAddress.objects.filter(user=person, verified=True).order_by("pk")
    return list(dict.fromkeys([person.email, *rows.values_list("email", flat=True)]))


def facts_of(person: User, *, at: datetime) -> Account:
    today = timezone.localdate(at)
    kinds = Authenticator.objects.filter(user=person).order_by("type", "pk")
    posts = Affiliation.objects.filter(person=person).standing(today)
    return Account(
        person=person,
        addresses=list(
            EmailAddress.objects.filter(user=person).order_by("-primary", "email")
        ),
        post=posts.select_related("institution").order_by("-from_on", "-pk").first(),
        mandates=[
            (mandate, state_in_words(mandate, on=today))
            for mandate in mandates_of(person, on=today)
        ],
        second_steps=[KINDS[kind] for kind in kinds.values_list("type", flat=True)],
        sessions=len(devices_of(person, session_key="", at=at)),
    )


def mandates_of(person: User, *, on: date) -> QuerySet[Mandate]:
    """Return the mandates of the person that are not over on that day."""
    held = Mandate.objects.filter(holder=person).not_over(on)
    return held.with_place().order_by("role", "pk")


def open_visit_of(helper: User, visit: UUID, *, at: datetime) -> SupportVisit | None:
    """Return the helper's own visit while it lasts."""
    own = SupportVisit.objects.own(helper).open(at)
    return own.select_related("person").filter(uuid=visit).first()


def visits_today(helper: User, *, at: datetime) -> QuerySet[SupportVisit]:
    """Return the helper's visits since midnight, the latest first."""
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    own = SupportVisit.objects.own(helper).filter(opened_at__gte=midnight)
    return own.order_by("-opened_at", "-pk")


def unread_alarms() -> QuerySet[Alarm]:
    """Return the alarms that no administrator has read, the latest first."""
    rows = Alarm.objects.filter(read_at=None).select_related("actor")
    return rows.order_by("-hour_at", "-pk")


def waits_for(helper: User, at: datetime) -> bool:
    """Whether an alarm waits to be read by the helper: about somebody else."""
    return unread_alarms().exclude(actor=helper).exists()
