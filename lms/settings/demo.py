"""The demo: production's manners with embedded servers and a cast of people."""

import os
from contextlib import suppress
from pathlib import Path

from lms.settings.base import *
from lms.settings.base import STATE_DIR
from lms.settings.logs import written_to
from lms.settings.services import flag, names

PORT = os.environ.get("PORT", "8000")
SECRET_FILE = STATE_DIR / "secret-key"


def kept_secret(path: Path) -> str:
    """Return the secret at `path`, made at the first run and kept from then on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        # Whole or not at all: several processes may be the first one.
        made = path.with_name(f"{path.name}.{os.getpid()}")
        made.touch(mode=0o600)
        made.write_text(os.urandom(48).hex())
        with suppress(FileExistsError):
            os.link(made, path)
        made.unlink()
    return path.read_text()


DEMO = True
LOG_FILE = STATE_DIR / "log" / "campus.log"
LOGGING = written_to(LOG_FILE)  # the terminal shows who may sign in
SECRET_KEY = os.environ.get("SECRET_KEY") or kept_secret(SECRET_FILE)
NAME_HASH_KEY = os.environ.get("NAME_HASH_KEY") or kept_secret(STATE_DIR / "name-key")
AUDIT_KEY = os.environ.get("AUDIT_KEY") or kept_secret(STATE_DIR / "audit-key")
MFA_KEYS = names("MFA_KEYS") or [kept_secret(STATE_DIR / "mfa-key")]
# Off, so that every screen can be looked at; a banner says so.
SECOND_FACTOR_REQUIRED = flag("SECOND_FACTOR_REQUIRED", default=False)
ALLOWED_HOSTS = ["*"]
SITE_URL = WAGTAILADMIN_BASE_URL = os.environ.get(
    "SITE_URL", f"http://127.0.0.1:{PORT}"
)
EMAIL_BACKEND = "lms.mail.box.MailboxBackend"
MAILBOX_DIR = STATE_DIR / "mail"
SILENCED_SYSTEM_CHECKS = [
    "security.W004",
    "security.W008",
    "security.W012",
    "security.W016",
]
