"""What do pages of reasons keep about a person?"""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import Paper
from lms.people.kept import Kept
from lms.people.models import User
from lms.people.rules import REASONS_KEPT


def lines(person: User, language: str) -> list[Kept]:
    """Return the pages somebody wrote; of most people there are none."""
    rows = Paper.objects.own(person).filter(~Q(sealed="") | Q(settled_at__isnull=False))
    count = rows.count()
    if not count:
        return []
    return [
        Kept(
            what=_("Pages of reasons you wrote, and how they were marked"),
            values=[
                ngettext("%(count)d page", "%(count)d pages", count) % {"count": count}
            ],
            why=_("To tell you what your reasons show and what they lack."),
            how_long=_("The text for %(days)d days, encrypted; the levels for good.")
            % {"days": REASONS_KEPT.days},
            who=_(
                "You. A trainer of your cohort, and of one page in five another "
                "trainer, reads it under a number, without your name."
            ),
            url=reverse("my_learning"),
        )
    ]
