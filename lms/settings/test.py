"""The suite: fast hashing, files that vanish, mail that is kept in memory."""

import os
import tempfile
from pathlib import Path

from lms.settings.base import *
from lms.settings.base import DATABASES, STORAGES

SECRET_KEY = "only-for-the-tests"  # noqa: S105 - nothing real is signed with it
NAME_HASH_KEY = "only-for-the-tests-too"
AUDIT_KEY = "only-for-the-tests-as-well"
MFA_KEYS = ["only-for-the-tests-again"]
# Screens are tested one by one; the access tests turn it on.
SECOND_FACTOR_REQUIRED = False
STATE_DIR = Path(tempfile.gettempdir()) / f"campus-tests-{os.getpid()}"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["NAME"] = ":memory:"
    DATABASES["default"]["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20}
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
STATIC_ROOT = STATE_DIR / "static"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
