"""Which duty posts does a person hold, as *My data* tells them?"""

from django.utils.translation import gettext as _

from certificates.models import PostHolder
from lms.people.kept import Kept, day, until_erased
from lms.people.models import User


def lines(person: User, language: str) -> list[Kept]:
    """Return the posts; of whoever was never named for one there is nothing to say."""
    rows = PostHolder.objects.own(person).select_related("post__institution")
    values = [_said(row) for row in rows.order_by("-from_on", "-pk")]
    if not values:
        return []
    return [
        Kept(
            what=_("Duty posts"),
            values=values,
            why=_(
                "So that your institution knows which posts have a certified person."
            ),
            how_long=until_erased(),
            who=_("You and the person whom your institution authorised."),
        )
    ]


def _said(row: PostHolder) -> str:
    facts = {
        "post": row.post.name,
        "place": row.post.institution,
        "from": day(row.from_on),
    }
    if row.until_on is None:
        return _("%(post)s, %(place)s, since %(from)s") % facts
    facts["until"] = day(row.until_on)
    return _("%(post)s, %(place)s, from %(from)s until %(until)s") % facts
