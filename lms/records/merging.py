"""How rows move to another account where both may not have one of the kind."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone
from wagtail.models import PageSubscription

from lms.approvals.models import Approval
from lms.people.actions.leaving import end_sessions
from lms.people.models import (
    Affiliation,
    CohortMember,
    CohortTrainer,
    Consent,
    NameRequest,
    Shield,
    User,
)
from lms.people.records import Merging


def move_consents(merging: Merging) -> int:
    """Move the versions that the other account did not agree to; the rest stays."""
    agreed = Consent.objects.filter(person=merging.kept).values("version")
    rows = Consent.objects.filter(person=merging.gone).exclude(version__in=agreed)
    return rows.update(person=merging.kept)


def move_addresses(merging: Merging) -> int:
    """Move the addresses, none of them primary: people sign in with what they had."""
    rows = EmailAddress.objects.filter(user=merging.gone)
    confirmed = rows.filter(verified=True).values("email")
    EmailAddress.objects.filter(user=merging.kept, email__in=confirmed).delete()
    have = EmailAddress.objects.filter(user=merging.kept).values("email")
    rows.filter(email__in=have).delete()
    return rows.update(user=merging.kept, primary=False)


def move_posts(merging: Merging) -> int:
    """Move the posts; where both accounts hold one now, the other one's ends."""
    rows = Affiliation.objects.filter(person=merging.gone)
    if Affiliation.objects.filter(person=merging.kept, until_on=None).exists():
        today = timezone.localdate(merging.at)
        rows.filter(until_on=None).update(
            until_on=Greatest(F("from_on"), today - timedelta(days=1))
        )
    return rows.update(person=merging.kept)


def move_memberships(merging: Merging) -> int:
    """Move the memberships; what somebody arranged by hand is by no rule any more."""
    by_hand = CohortMember.objects.filter(
        person=merging.gone, until_on=None, rule=None
    ).values("cohort")
    kept = CohortMember.objects.filter(person=merging.kept, until_on=None)
    kept.filter(cohort__in=by_hand).update(rule=None)
    return _move_dated(CohortMember, "person", merging, began=("from_on", "joined_at"))


def move_trainings(merging: Merging) -> int:
    return _move_dated(CohortTrainer, "trainer", merging)


def _move_dated(
    model: type, field: str, merging: Merging, *, began: tuple[str, ...] = ("from_on",)
) -> int:
    """Move rows of cohorts; of two that go on in one cohort, the other one's ends.

    The one that stays goes back to the earlier of both first days: `began` are the
    columns that say when it was.
    """
    rows = model.objects.filter(**{field: merging.gone})
    ours = model.objects.filter(**{field: merging.kept}, until_on=None)
    today = timezone.localdate(merging.at)
    for row in rows.filter(until_on=None, cohort__in=ours.values("cohort")):
        ours.filter(cohort=row.cohort_id, from_on__gt=row.from_on).update(
            **{name: getattr(row, name) for name in began}
        )
        row.until_on = max(row.from_on, today)
        row.save(update_fields=["until_on"])
    return rows.update(**{field: merging.kept})


def move_name_requests(merging: Merging) -> int:
    """Move the names that were asked for; nobody answers any more to one that waits."""
    rows = NameRequest.objects.filter(person=merging.gone)
    waiting = rows.open().values("uuid")
    Approval.objects.filter(subject__in=waiting).waiting(merging.at).update(
        until_at=merging.at
    )
    rows.open().update(over_at=merging.at)
    return rows.update(person=merging.kept)


def move_shields(merging: Merging) -> int:
    """Move the shields; whoever had two keeps one, so nobody becomes listed."""
    rows = Shield.objects.filter(person=merging.gone)
    if Shield.objects.filter(person=merging.kept, lifted_at=None).exists():
        rows.filter(lifted_at=None).update(lifted_at=merging.at, lifted_by=merging.by)
    return rows.update(person=merging.kept)


def move_groups(merging: Merging) -> int:
    return _unite(User.groups.through, "group_id", merging)


def move_permissions(merging: Merging) -> int:
    return _unite(User.user_permissions.through, "permission_id", merging)


def _unite(through: type, what: str, merging: Merging) -> int:
    have = through.objects.filter(user=merging.kept).values(what)
    rows = through.objects.filter(user=merging.gone)
    rows.filter(**{f"{what}__in": have}).delete()
    return rows.update(user=merging.kept)


def move_subscriptions(merging: Merging) -> int:
    have = PageSubscription.objects.filter(user=merging.kept).values("page")
    rows = PageSubscription.objects.filter(user=merging.gone)
    rows.filter(page__in=have).delete()
    return rows.update(user=merging.kept)


def end_merged_sessions(merging: Merging) -> int:
    end_sessions(merging.gone)
    return 0
