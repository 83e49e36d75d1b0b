"""The demo as the bench measures it: one view more, and many people sign in at once."""

from lms.settings.demo import *

ROOT_URLCONF = "lms.bench.urls"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACCOUNT_RATE_LIMITS = False
