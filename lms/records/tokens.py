"""The declaration of tokens for programs (`lms.people.records`).

They hang on a mandate: where that goes they go, and they open nothing once it ended.
"""

from django.utils.translation import gettext_noop as _

from lms.people.records import register

register(
    "lms.Token",
    "mandate__holder",
    _("Tokens for programs that you made"),
    export={
        "name": _("name"),
        "prefix": _("first characters"),
        "made_at": _("made"),
        "until_on": _("until"),
        "last_used_on": _("last used"),
        "revoked_at": _("revoked"),
    },
    merge="keep",
    erase="delete",
    note=_("They end with the mandate."),
)
