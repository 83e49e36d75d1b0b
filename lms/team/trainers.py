"""Who trains a cohort, and who of them still may?"""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from lms.people.choices import Role
from lms.people.models import Cohort, CohortTrainer, Invitation, Mandate, User
from lms.people.scope import standing_mandate


def trainers_of(cohort: Cohort, *, viewer: User, on: date) -> QuerySet[CohortTrainer]:
    """Return who trains the cohort, or is to, and the viewer may see.

    Each with `may`: whether their mandate to train in the country stands.
    """
    return (
        CohortTrainer.objects.visible_to(viewer, on=on)
        .not_over(on)
        .filter(cohort=cohort)
        .annotate(may=Exists(_mandates(cohort, on=on)))
        .select_related("trainer")
        .order_by("from_on", "trainer__folded_name", "pk")
    )


def able_trainers(cohort: Cohort, *, on: date) -> QuerySet[CohortTrainer]:
    """Return who trains the cohort with a mandate that stands that day, in order."""
    return (
        CohortTrainer.objects.standing(on)
        .filter(Exists(_mandates(cohort, on=on)), cohort=cohort)
        .select_related("trainer")
        .order_by("from_on", "pk")
    )


def _mandates(cohort: Cohort, *, on: date) -> QuerySet[Mandate]:
    return Mandate.objects.filter(
        standing_mandate(on),
        holder=OuterRef("trainer"),
        role=Role.TRAINER,
        country=cohort.country,
    )


def asked_to_train(cohort: Cohort, *, viewer: User, at) -> QuerySet[Invitation]:
    """Return the addresses that are asked to train the cohort and did not answer.

    As far as trainers may know: `InvitationQuerySet.unaccepted`.
    """
    return (
        Invitation.objects.visible_to(viewer)
        .waiting(at)
        .filter(cohort=cohort, role=Invitation.Role.TRAINER)
        .select_related("cohort")
        .order_by("address")
    )
