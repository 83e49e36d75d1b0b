"""What do certificates keep about a person?"""

from django.urls import reverse
from django.utils.translation import gettext as _

from certificates.models import Certificate, ShareLink
from lms.people.kept import Kept, day, for_good, only_you
from lms.people.models import User


def lines(person: User, language: str) -> list[Kept]:
    """Return what the person holds, and the links that show the name on it."""
    rows = Certificate.objects.own(person)
    links = ShareLink.objects.own(person).with_count()
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
        ),
        Kept(
            what=_("Links that show the name on a certificate"),
            values=[
                _("made on %(day)s, used %(times)s times")
                % {"day": day(link.made_at), "times": link.used}
                for link in links.order_by("-made_at", "-pk")
            ],
            why=_("So that you can withdraw them and see when they were used."),
            how_long=_("Ninety days after they end."),
            who=only_you(),
            url=reverse("my_learning"),
        ),
    ]
