"""How long is kept what others wrote of people who may have no account here?

Whoever was named by an address alone can erase nothing on a screen of their own: what
names them has a term.
"""

from datetime import datetime

from django.db.models import Q

from lms.people import rules
from lms.people.models import CohortMember, Mandate
from lms.people.records import NAMELESS


def forget_offered(*, at: datetime) -> int:
    """Empty offers that nobody accepted and that are over for long; return how many."""
    end = at - rules.OFFERS_KEPT
    over = Q(declined_at__lte=end) | Q(ended_at__lte=end)
    rows = Mandate.objects.filter(over, holder=None).exclude(address="")
    return rows.update(address="", reason=NAMELESS)


def forget_superiors(*, at: datetime) -> int:
    """Empty who was the superior of those who left for long; return how many."""
    over = CohortMember.objects.over_before(at - rules.SUPERIORS_KEPT)
    rows = CohortMember.objects.filter(pk__in=over.values("pk"))
    named = rows.exclude(superior_name="", superior_address="")
    return named.update(superior_name="", superior_address="")
