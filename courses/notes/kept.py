"""What do notes keep about a person?"""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import Note
from lms.people.kept import Kept, only_you
from lms.people.models import User
from lms.people.rules import NOTES_KEPT


def lines(person: User, language: str) -> list[Kept]:
    """Return how many notes somebody has; most people have none."""
    count = Note.objects.own(person).count()
    if not count:
        return []
    return [
        Kept(
            what=_("Your notes and marks on lessons"),
            values=[
                ngettext("%(count)d lesson", "%(count)d lessons", count)
                % {"count": count}
            ],
            why=_("So that you find again what you want to keep in mind."),
            how_long=_("For %(days)d days since you changed it last, encrypted.")
            % {"days": NOTES_KEPT.days},
            who=only_you(),
            url=reverse("my_notes"),
        )
    ]
