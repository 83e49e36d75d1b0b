"""What do cases keep about a person?"""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import CaseDecision, CaseRun
from lms.people.kept import Kept, until_erased
from lms.people.models import User


def lines(person: User, language: str) -> list[Kept]:
    """Return the cases a person walked through; of most people there are some."""
    runs = CaseRun.objects.own(person).count()
    decided = CaseDecision.objects.own(person).count()
    if not runs:
        return []
    return [
        Kept(
            what=_("Cases you walked through, your decisions and your reasons"),
            values=[
                ngettext("%(count)d run", "%(count)d runs", runs) % {"count": runs},
                ngettext("%(count)d decision", "%(count)d decisions", decided)
                % {"count": decided},
            ],
            why=_("To take you back to where you were and to show what followed."),
            how_long=until_erased(),
            who=_(
                "You read the decisions and the reasons. The others see only whether "
                "the case is finished."
            ),
            url=reverse("my_learning"),
        )
    ]
