"""Forming a cohort, and changing what it is."""

from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.people.choices import Role
from lms.people.models import Cohort, CohortTrainer, User
from lms.people.scope import standing_mandates
from lms.people.zones import day_of, zone_of
from lms.refusals import Refused
from lms.team import rules

FORMED = gettext_noop("cohort formed")
CHANGED = gettext_noop("cohort changed")
FIELDS = [gettext_noop("name"), gettext_noop("from"), gettext_noop("until")]


@transaction.atomic
def form_cohort(
    by: User,
    *,
    form: UUID,
    name: str,
    country: str,
    from_on: date,
    until_on: date,
    time_zone: str = "",
    notes: str = "",
    asks_superior: bool = False,
    escalates_after: int | None = None,
    at: datetime,
) -> Cohort:
    """Form a cohort that `by` trains, and sees at once even if it begins later.

    `form` is the number of the form it was typed into: the same one sent twice makes
    one cohort. Its days are those of its zone. Refused as `rules.cohort_refusals` says.
    """
    sight = timezone.localdate(at)
    theirs = standing_mandates(by, Role.TRAINER, on=sight).filter(country=country)
    refused = rules.cohort_refusals(
        from_on=from_on,
        until_on=until_on,
        on=day_of(at, zone=zone_of(country, time_zone)),
        theirs=theirs.exists(),
    )
    if refused:
        raise Refused(*refused)
    cohort, made = Cohort.objects.get_or_create(
        uuid=uuid5(by.uuid, str(form)),
        defaults={
            "name": name,
            "country": country,
            "from_on": from_on,
            "until_on": until_on,
            "time_zone": time_zone,
            "notes": notes,
            "asks_superior": asks_superior,
            "escalates_after": escalates_after,
        },
    )
    if made:
        CohortTrainer.objects.create(
            cohort=cohort, trainer=by, from_on=min(from_on, sight)
        )
        _write_down(FORMED, by=by, at=at)
    return cohort


@transaction.atomic
def change_cohort(
    cohort: Cohort,
    *,
    by: User,
    name: str,
    from_on: date,
    until_on: date,
    time_zone: str,
    notes: str,
    asks_superior: bool,
    escalates_after: int | None,
    at: datetime,
) -> None:
    """Change what a cohort is; its country stays.

    Refused: `cohort-archived`, and as `rules.cohort_refusals` says.
    """
    sight = timezone.localdate(at)
    members = cohort.member_rows.not_over(sight).listed()  # a refusal tells of no other
    refused = rules.cohort_refusals(
        from_on=from_on,
        until_on=until_on,
        on=day_of(at, zone=zone_of(cohort.country, time_zone)),
        was=(cohort.from_on, cohort.until_on),
        has_members=members.exists(),
    )
    if refused:
        raise Refused(*refused)
    changed = Cohort.objects.at_work().filter(pk=cohort.pk)
    if not changed.update(
        name=name,
        from_on=from_on,
        until_on=until_on,
        time_zone=time_zone,
        notes=notes,
        asks_superior=asks_superior,
        escalates_after=escalates_after,
    ):
        raise Refused("cohort-archived")
    cohort.refresh_from_db()
    _write_down(CHANGED, by=by, at=at)


def _write_down(purpose: str, *, by: User, at: datetime) -> None:
    record_event(
        Event.Kind.CHANGE, actor=by, purpose=purpose, subjects=[], fields=FIELDS, at=at
    )
