"""The real thing: every secret from the environment, nothing of the demo."""

import os

from django.core.exceptions import ImproperlyConfigured

from lms.settings.base import *
from lms.settings.services import flag, names


def required(name: str, *, at_least: int = 1) -> str:
    """Return the environment's `name`, or refuse to start with a sentence."""
    value = os.environ.get(name, "")
    if len(value) < at_least:
        length = f" ({at_least} characters or more)" if at_least > 1 else ""
        raise ImproperlyConfigured(f"Set {name}{length}.")
    return value


if flag("DEBUG", default=False):
    raise ImproperlyConfigured("DEBUG shows people's data to strangers: unset it.")

SECRET_KEY = required("SECRET_KEY", at_least=50)
NAME_HASH_KEY = required("NAME_HASH_KEY", at_least=32)
AUDIT_KEY = required("AUDIT_KEY", at_least=32)
MFA_KEYS = names("MFA_KEYS")
if not MFA_KEYS or any(len(key) < 32 for key in MFA_KEYS):
    raise ImproperlyConfigured("Set MFA_KEYS (32 characters or more each).")
if not flag("SECOND_FACTOR_REQUIRED", default=True):
    raise ImproperlyConfigured(
        "Without a second step a stolen password opens other people's records: "
        "unset SECOND_FACTOR_REQUIRED."
    )
SITE_URL = WAGTAILADMIN_BASE_URL = required("SITE_URL")
ALLOWED_HOSTS = names("ALLOWED_HOSTS")
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS to the names of this site.")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SECURE_SSL_REDIRECT = flag("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 20  # seconds, for each answer of the mail server
