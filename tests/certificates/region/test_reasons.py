"""Pages of reasons in the demo: what waits for Tomás and Rosa, what they agreed on."""

from random import Random

from certificates.region.reasons import write_reasons
from courses.models import Edition, ReasoningTask
from courses.reasoning.facts import agreements, to_be_read_by
from lms.demo.cast import DOMAIN
from lms.models import User
from tests.courses.reasoning.building import task_document


def test_five_pages_wait_for_tomas_and_one_more_shows_how_far_both_agree(told, now):
    rosa = User.objects.get(email=f"rosa@{DOMAIN}")
    edition = Edition.objects.current().get()
    dice = Random(7)
    nothing = write_reasons(edition, at=now, dice=dice)
    ReasoningTask.objects.create(course=edition.course, document=task_document())

    written = write_reasons(edition, at=now, dice=dice)

    waiting = to_be_read_by(told, at=now)
    assert (nothing, written) == (0, 9)
    assert [one.wanted for one in waiting.order_by("wanted")] == [1, 1, 1, 1, 2]
    assert not to_be_read_by(rosa, at=now).exists()
    assert [(one.papers, one.kappa is not None) for one in agreements()] == [(4, True)]
