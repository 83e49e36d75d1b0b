"""What is true wherever Campus runs."""

import os
from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

from lms.settings.csp import SECURE_CSP, SECURE_CSP_ADMIN  # noqa: F401 - settings
from lms.settings.logs import LOGGING  # noqa: F401 - settings
from lms.settings.services import caches, database, names, seconds, whole

# Whatever we make, the database too, is 0640 in folders of 0750: other accounts of the
# machine read nothing.
os.umask(0o027)
BASE_DIR = Path(__file__).resolve().parents[2]
STATE_DIR = Path(os.environ.get("STATE_DIR") or BASE_DIR / "var")
SECRET_KEY = os.environ.get("SECRET_KEY", "")
# Former ones: sessions and links signed with them hold until they run out.
SECRET_KEY_FALLBACKS = names("SECRET_KEY_FALLBACKS")
DEBUG = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "certificates",
    "courses",
    "lms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "lms.people.wagtail_users.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "lms.web.middleware.RequestLog",
    "lms.api.middleware.MachineAnswers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lms.web.compression.Compressed",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lms.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lms.people.session_policy.SessionPolicy",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lms.people.second_factor.SecondFactor",
    "lms.people.devices.LastSeen",
    "lms.web.middleware.PrivatePages",
    "lms.web.middleware.PolicyMiddleware",
    "lms.web.files.MissingFiles",
    "lms.web.refused.RefusedToEditors",
    "courses.forwarding.FormerAddresses",
]

ROOT_URLCONF = "lms.urls"
WSGI_APPLICATION = "lms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lms.web.context.frame",
            ],
            "builtins": ["lms.templatetags.campus"],
        },
    }
]

DATABASES = {"default": database(STATE_DIR / "campus.sqlite3")}
CACHES = caches()
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# People and sign-in

AUTH_USER_MODEL = "lms.User"
AUTHENTICATION_BACKENDS = [
    "lms.people.backends.SameForNobody",
    "allauth.account.auth_backends.AuthenticationBackend",  # sessions name it
]
PASSWORD_HASHERS = [
    "lms.people.hashers.Argon2id",
    # Hashes from before: whoever signs in gets a new one.
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {
        "NAME": "lms.people.password_words.UnlikeTheAccount",
        # Letters in any order count: at Django's 0.7 four words resemble many names.
        "OPTIONS": {"user_attributes": ("email", "legal_name"), "max_similarity": 0.85},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_learning"
ACCOUNT_ADAPTER = "lms.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_REDIRECT_URL = "my_learning"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = {"numeric": True, "length": 8}
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
# Mail is slow where people are; the sign-in that waits for the code waits as long.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = int(timedelta(hours=1).total_seconds())
ACCOUNT_LOGIN_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_MAX_EMAIL_ADDRESSES = 4
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_FORMS = {
    "signup": "lms.people.sign_up_form.SignupForm",
    "login": "lms.people.sign_in_forms.LoginForm",
    "add_email": "lms.people.sign_in_forms.AddEmailForm",
    "change_password": "lms.people.sign_in_forms.ChangePasswordForm",
    "confirm_email_verification_code": "lms.people.sign_in_forms.ConfirmEmailForm",
    "reauthenticate": "lms.people.sign_in_forms.ReauthenticateForm",
    "reset_password": "lms.people.sign_in_forms.ResetPasswordForm",
    "reset_password_from_key": "lms.people.sign_in_forms.ResetPasswordKeyForm",
    "set_password": "lms.people.sign_in_forms.SetPasswordForm",
}
# Passwords and letters are counted in `lms.people.limits`; `login_failed` is the second
# step. Nothing counts by the typed address alone: anybody can type another's.
ACCOUNT_RATE_LIMITS = {
    "login": "",
    "login_failed": "5/300s/key",
    "reset_password": "20/m/ip",
    "confirm_email": "30/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = whole("TRUSTED_PROXY_COUNT", default=0)
# A write at every page view; `lms.people.devices` makes one an hour of it.
USERSESSIONS_TRACK_ACTIVITY = False
MFA_ADAPTER = "lms.people.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Campus"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "lms.people.sign_in_forms.AuthenticateForm",
    "reauthenticate": "lms.people.sign_in_forms.MFAReauthenticateForm",
    "activate_totp": "lms.people.sign_in_forms.ActivateTOTPForm",
    "add_webauthn": "lms.people.sign_in_forms.AddKeyForm",
    "edit_webauthn": "lms.people.sign_in_forms.EditKeyForm",
    "authenticate_webauthn": "lms.people.sign_in_forms.AuthenticateKeyForm",
    "reauthenticate_webauthn": "lms.people.sign_in_forms.ReauthenticateKeyForm",
}
CSRF_FAILURE_VIEW = "lms.web.errors.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(timedelta(hours=24).total_seconds())
CSRF_COOKIE_HTTPONLY = True

# Languages

LANGUAGE_CODE = "es"
LANGUAGES = [("es", _("Spanish")), ("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = [("es", _("Spanish")), ("en", _("English"))]
WAGTAIL_I18N_ENABLED = True
# Ours first; then the Spanish that Wagtail and wagtail-localize lack.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale/wagtail"]
LANGUAGE_COOKIE_NAME = "language"
FORMAT_MODULE_PATH = ["lms.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Guatemala"
# What a browser knows as well: some machines name their own "localtime" besides.
WAGTAIL_USER_TIME_ZONES = sorted(name for name in available_timezones() if "/" in name)

# Wagtail

WAGTAIL_SITE_NAME = "Campus"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAILADMIN_LOGIN_URL = "admin_door"
WAGTAILADMIN_BASE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000")
# No block embeds anything, and no other server is asked about an address.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILEMBEDS_FINDERS: list[dict] = []
# Before any of it is decoded: a small file may be a very large picture.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = [
    *["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "csv"],
    *["mp4", "webm", "mp3", "m4a", "vtt"],  # recordings of lessons, and captions
]
WAGTAILIMAGES_IMAGE_FORM_BASE = "lms.web.pictures.PictureForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "lms.web.recordings.DocumentForm"
# A page that was deleted leaves its translations' records, and so a trace.
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True
# What nobody has translated yet is a draft, however live its source is.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# A page that is renamed or moved leaves its former address.
WAGTAILREDIRECTS_AUTO_CREATE = True
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# Who may not read everything signs in: one word for all is nobody's.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": True}
}

# Files

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = STATE_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = STATE_DIR / "media"
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
STORAGES = {
    "default": {"BACKEND": "lms.web.uploads.Uploads"},
    # Certificates, exports and documents: never under a public address.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": STATE_DIR / "private", "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# What a browser may do with our pages

SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Mail

EMAIL_SUBJECT_PREFIX = ""
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM", "Campus <campus@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Ours

SITE_NAME = "Campus"
SITE_URL = WAGTAILADMIN_BASE_URL
# Whom /.well-known/security.txt names: an address to write to, or a page.
SECURITY_CONTACT = os.environ.get(
    "SECURITY_CONTACT", f"mailto:{parseaddr(DEFAULT_FROM_EMAIL)[1]}"
)
DEMO = False
SUPPORT_EMAIL = os.environ.get("SUPPORT_EMAIL", "")  # none: ask one's focal point
PRIVACY_NOTICE_VERSION = "2026-11-26"
NAME_HASH_KEY = os.environ.get("NAME_HASH_KEY", "")
AUDIT_KEY = os.environ.get("AUDIT_KEY", "")
# Seals backups: only the commands `backup` and `restore` need it.
BACKUP_KEY = os.environ.get("BACKUP_KEY", "")
# The newest first: it encrypts; those after it only decrypt what they once did.
MFA_KEYS = names("MFA_KEYS")
# Whoever can see another person signs in with a second step.
SECOND_FACTOR_REQUIRED = True
# Whoever takes more people away in a day, in files and by programs, needs a second
# person's word.
REPORT_PEOPLE_LIMIT = whole("REPORT_PEOPLE_LIMIT", default=500)
QUEUE_HEARTBEAT = seconds("QUEUE_HEARTBEAT", default=10)
QUEUE_SILENT_AFTER = seconds("QUEUE_SILENT_AFTER", default=45)
QUEUE_BEAT_EVERY = seconds("QUEUE_BEAT_EVERY", default=5)
QUEUE_FIRST_DELAY = seconds("QUEUE_FIRST_DELAY", default=10)
# How long a task may take before it is stopped and tried again; some have hours.
QUEUE_TASK_LIMIT = seconds("QUEUE_TASK_LIMIT", default=600)
# A clock that is further from the database's deletes nothing. An hour less than a day:
# one that is off by a day is off by so many.
CLOCK_MOST_APART = timedelta(hours=23)
API_REQUESTS_PER_MINUTE = 120  # of one token; from one address without any
# How long a worker may take to send one letter before another one takes it over.
MAIL_LEASE = seconds("MAIL_LEASE", default=300)
