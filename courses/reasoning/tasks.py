"""Forgetting pages of reasons when their time is over."""

from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from courses.models import Marking, Paper
from lms.people.rules import REASON_DRAFTS_KEPT, REASONS_KEPT
from lms.queue.clock import by_a_true_clock
from lms.queue.periodic import every


@every(timedelta(days=1), name="forget pages of reasons")
@task()
@by_a_true_clock
def forget_reasons() -> None:
    """Empty what was handed in so long ago, and delete drafts that nobody goes on."""
    now = timezone.now()
    over = Paper.objects.filter(handed_in_at__lte=now - REASONS_KEPT)
    Marking.objects.filter(paper__in=over).exclude(sealed="").update(sealed="")
    over.exclude(sealed="", sealed_reason="").update(sealed="", sealed_reason="")
    Paper.objects.filter(
        handed_in_at=None, saved_at__lte=now - REASON_DRAFTS_KEPT
    ).delete()
