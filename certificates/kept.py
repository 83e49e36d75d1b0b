"""What do certificates keep about a person?"""

from django.urls import reverse
from django.utils.translation import gettext as _

from certificates.models import Certificate
from lms.people.kept import Kept, day, for_good
from lms.people.models import User


def lines(person: User, language: str) -> list[Kept]:
    """Return the certificates that the person holds."""
    rows = Certificate.objects.own(person)
    return [
        Kept(
            what=_("Certificates"),
            values=[
                _("%(course)s, issued on %(day)s to %(name)s")
                % {
                    "course": row.title(language),
                    "day": day(row.issued_at),
                    "name": row.holder_name,
                }
                for row in rows.order_by("-issued_at")
            ],
            why=_("So that any office can check that yours is genuine."),
            how_long=for_good(),
            who=_(
                "You and whoever has the certificate or its code in hand; the check "
                "shows no name."
            ),
            url=reverse("my_learning"),
        )
    ]
