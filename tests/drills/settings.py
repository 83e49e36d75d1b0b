"""The demo's manners, with quick hashes and with static files as they are."""

from lms.settings.demo import *  # noqa: F403 - a page of settings
from lms.settings.demo import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
