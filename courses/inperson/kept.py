"""What does training in a room keep about a person?"""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import Attendance, LedgerEntry, Observation, WorkshopPlace
from lms.people.kept import Kept, until_erased, you_and_yours
from lms.people.models import User


def lines(person: User, language: str) -> list[Kept]:
    """Return places, marks and hours; of whoever has none there is nothing to say."""
    places = WorkshopPlace.objects.own(person).count()
    marks = Attendance.objects.own(person).count()
    entries = LedgerEntry.objects.own(person).count()
    observed = Observation.objects.own(person).count()
    if not any((places, marks, entries, observed)):
        return []
    counted = [
        ngettext("%(count)d place taken", "%(count)d places taken", places)
        % {"count": places},
        ngettext("%(count)d mark of attendance", "%(count)d marks of attendance", marks)
        % {"count": marks},
        ngettext("%(count)d entry of hours", "%(count)d entries of hours", entries)
        % {"count": entries},
        ngettext(
            "%(count)d observation of your practice",
            "%(count)d observations of your practice",
            observed,
        )
        % {"count": observed},
    ]
    return [
        Kept(
            what=_("Training in a room"),
            values=counted,
            why=_("To know who was there and how many hours it gave."),
            how_long=until_erased(),
            who=you_and_yours(),
            url=reverse("my_learning"),
        )
    ]
