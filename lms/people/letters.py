"""What do the letters about an account say: codes, links, and what was changed?

They go to the address that they are about, which may be the account's no more, or not
yet, and is nobody's when somebody mistyped it.
"""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.urls import reverse

from lms.mail.actions import from_here
from lms.mail.drawing import Facts
from lms.mail.models import Letter
from lms.mail.outbox import letter_to_address
from lms.people.limits import LETTERS

SECRETS = ("code", "password_reset_url")
TOLD = (  # of what has happened; the others are asked for
    "account/email/email_changed",
    "account/email/email_deleted",
    "account/email/password_changed",
    "account/email/password_reset",
    "account/email/password_set",
    "mfa/email/recovery_codes_generated",
    "mfa/email/totp_activated",
    "mfa/email/totp_deactivated",
    "mfa/email/webauthn_added",
    "mfa/email/webauthn_removed",
)
TEMPLATES = (*LETTERS, *TOLD)


def account_letter(
    template: str, address: str, context: dict[str, Any], *, language: str, at: datetime
) -> Letter:
    """Return a letter of allauth's; asking again is another event, and another one."""
    good_for = LETTERS.get(template)
    return letter_to_address(
        address,
        language=language,
        event=f"account:{uuid4()}",
        template=template,
        secrets={name: context[name] for name in SECRETS if name in context},
        at=at,
        until_at=at + good_for if good_for else None,
    )


def draw(letter: Letter) -> Facts:
    """Return what the templates of allauth's letters may name."""
    return letter.secrets | {
        "email": letter.address,
        "timestamp": letter.asked_at,
        "sign_in_url": from_here(reverse("account_login")),
        "sign_up_url": from_here(reverse("account_signup")),
        "reset_url": from_here(reverse("account_reset_password")),
    }
