"""Taking somebody off a cohort that they train, or leaving it oneself."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.people.models import CohortTrainer, User
from lms.refusals import Refused
from lms.team import rules
from lms.team.actions.holding import hold
from lms.team.trainers import able_trainers

TAKEN_OFF = gettext_noop("training of a cohort ended")
FIELDS = [gettext_noop("cohort"), gettext_noop("until")]


@transaction.atomic
def take_off(training: CohortTrainer, *, by: User, at: datetime) -> None:
    """End that somebody trains a cohort: from the next query on they see it no more.

    Refused: `cohort-archived`; `last-trainer`, when nobody else who trains it may. A
    shielded trainer is not counted: what is refused would tell that there is one. Once
    more changes nothing.
    """
    cohort, on = training.cohort, timezone.localdate(at)
    hold(cohort)  # of two who take each other off, the second one finds nobody else
    listed = able_trainers(cohort, on=on).filter(trainer__shielded=False)
    if not listed.exclude(trainer=training.trainer_id).exists():
        raise Refused("last-trainer")
    rows = CohortTrainer.objects.not_over(on).filter(pk=training.pk)
    if rows.update(until_on=rules.last_day_of(on), ended_at=at):
        record_event(
            Event.Kind.CHANGE,
            actor=by,
            purpose=TAKEN_OFF,
            subjects=[training.trainer_id],
            fields=FIELDS,
            at=at,
        )
