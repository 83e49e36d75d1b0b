"""Adding and ending membership rules, and doing what they say."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.people.models import Cohort, CohortMember, Institution, MembershipRule, User
from lms.refusals import Refused
from lms.team import rules
from lms.team.actions.holding import hold
from lms.team.actions.inviting import Asked, invite
from lms.team.actions.members import end_these
from lms.team.joining import is_over
from lms.team.membership import to_invite, to_let_go
from lms.team.trainers import able_trainers

ADDED = gettext_noop("membership rule added")
ENDED = gettext_noop("membership rule ended")
FIELDS = [gettext_noop("institution"), gettext_noop("profession")]


@transaction.atomic
def add_rule(
    cohort: Cohort,
    *,
    by: User,
    institution: Institution | None,
    track: str,
    at: datetime,
) -> MembershipRule:
    """Add a rule and do what the rules of the cohort say now; the same again is one.

    Refused: `cohort-archived`, and as `rules.rule_refusals` says.
    """
    hold(cohort)
    standing = MembershipRule.objects.standing().filter(cohort=cohort)
    same = standing.filter(institution=institution, track=track).first()
    if same:
        return same
    refused = rules.rule_refusals(
        names_something=bool(institution or track),
        in_country=not institution or institution.country == cohort.country,
        standing=standing.count(),
    )
    if refused:
        raise Refused(*refused)
    rule = MembershipRule.objects.create(
        cohort=cohort, institution=institution, track=track, made_by=by, made_at=at
    )
    _write_down(ADDED, by=by, at=at)
    apply_rules(cohort, at=at)
    return rule


@transaction.atomic
def end_rule(rule: MembershipRule, *, by: User, at: datetime) -> None:
    """End a rule: whoever came by a rule and fits none any more leaves.

    Refused: `cohort-archived`. Once more changes nothing.
    """
    hold(rule.cohort)
    standing = MembershipRule.objects.standing().filter(pk=rule.pk)
    if standing.update(ended_at=at):
        _write_down(ENDED, by=by, at=at)
        apply_rules(rule.cohort, at=at)


@transaction.atomic
def apply_rules(cohort: Cohort, *, at: datetime) -> None:
    """Invite whoever fits a rule of the cohort, and let go who fits none any more.

    Nothing is done in the name of trainers who may train there no more: without one
    who may, the rules rest. To a cohort that is over nobody is invited.
    """
    hold(cohort)
    on = timezone.localdate(at)
    able = {row.trainer_id: row.trainer for row in able_trainers(cohort, on=on)}
    if not able:
        return
    standing = list(
        MembershipRule.objects.standing()
        .filter(cohort=cohort)
        .order_by("made_at", "pk")
    )
    going = to_let_go(cohort, standing, on=on)
    end_these(going, CohortMember.End.RULE, by=None, at=at)
    if is_over(cohort, at=at):
        return
    for rule in standing:
        by = able.get(rule.made_by_id) or next(iter(able.values()))
        _invite_by(rule, cohort, by=by, at=at)


def _invite_by(rule: MembershipRule, cohort: Cohort, *, by: User, at: datetime) -> None:
    on = timezone.localdate(at)
    found = to_invite(cohort, [rule], on=on, at=at)
    asked: Sequence[Asked] = [
        Asked(address, {"language": language, "rule": str(rule.uuid)})
        for address, language in found.values_list("address", "language")
    ]
    if asked:
        invite(cohort, by=by, asked=asked, rule=rule, at=at)


def _write_down(purpose: str, *, by: User, at: datetime) -> None:
    record_event(
        Event.Kind.CHANGE, actor=by, purpose=purpose, subjects=[], fields=FIELDS, at=at
    )
