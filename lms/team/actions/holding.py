"""May this cohort still be changed? An archived one may not."""

from lms.people.models import Cohort
from lms.refusals import Refused


def hold(cohort: Cohort) -> None:
    """Keep the cohort at work until the transaction ends; else `cohort-archived`.

    An UPDATE that changes nothing: it waits for whoever archives the cohort at that
    moment, and whoever would archive it waits for us.
    """
    if not Cohort.objects.at_work().filter(pk=cohort.pk).update(archived_at=None):
        raise Refused("cohort-archived")
