"""The real thing: every secret from the environment, nothing of the demo."""

import os

from django.core.exceptions import ImproperlyConfigured

from lms.settings.base import *
from lms.settings.refusing import (
    laboratory,
    refuse_an_unsaid_number_of_proxies,
    refuse_plain_http,
    refuse_plain_mail,
    refuse_weak_keys,
    required,
)
from lms.settings.services import flag, names, whole

LABORATORY = laboratory()
if flag("DEBUG", default=False):
    raise ImproperlyConfigured("DEBUG shows people's data to strangers: unset it.")

SECRET_KEY = required("SECRET_KEY", at_least=50)
NAME_HASH_KEY = required("NAME_HASH_KEY", at_least=32)
AUDIT_KEY = required("AUDIT_KEY", at_least=32)
MFA_KEYS = names("MFA_KEYS")
if not MFA_KEYS or any(len(key) < 32 for key in MFA_KEYS):
    raise ImproperlyConfigured("Set MFA_KEYS (32 characters or more each).")
if "weak-keys" not in LABORATORY:
    refuse_weak_keys(
        {
            "SECRET_KEY": [SECRET_KEY],
            "NAME_HASH_KEY": [NAME_HASH_KEY],
            "AUDIT_KEY": [AUDIT_KEY],
            "MFA_KEYS": MFA_KEYS,
        }
    )
if not flag("SECOND_FACTOR_REQUIRED", default=True):
    raise ImproperlyConfigured(
        "Without a second step a stolen password opens other people's records: "
        "unset SECOND_FACTOR_REQUIRED."
    )
refuse_an_unsaid_number_of_proxies()
SITE_URL = WAGTAILADMIN_BASE_URL = required("SITE_URL")
if "plain-http" not in LABORATORY:
    refuse_plain_http(SITE_URL)
IS_HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = names("ALLOWED_HOSTS")
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS to the names of this site.")
SCHEME = "https" if IS_HTTPS else "http"
CSRF_TRUSTED_ORIGINS = [f"{SCHEME}://{host}" for host in ALLOWED_HOSTS]
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
# Both bind what is not ours: every name below the domain, and browsers for months.
SECURE_HSTS_INCLUDE_SUBDOMAINS = flag("HSTS_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = flag("HSTS_PRELOAD", default=False)
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # they ask for both
SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_SECURE = IS_HTTPS
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = whole("EMAIL_PORT", default=25)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS", default=False)  # after a greeting: STARTTLS
EMAIL_USE_SSL = flag("EMAIL_USE_SSL", default=False)  # from the first byte
if EMAIL_USE_TLS and EMAIL_USE_SSL:
    raise ImproperlyConfigured("Set EMAIL_USE_TLS or EMAIL_USE_SSL, not both.")
if not (EMAIL_USE_TLS or EMAIL_USE_SSL or "plain-mail" in LABORATORY):
    refuse_plain_mail(EMAIL_HOST)
EMAIL_TIMEOUT = 20  # seconds, for each answer of the mail server
