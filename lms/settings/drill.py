"""The demo with the mail server of a drill, which falls silent and refuses at will."""

import os

from lms.settings.demo import *

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_TIMEOUT = 5  # seconds: a quarter of what real ones are given
