"""What does `manage.py check --deploy` say of this installation, in sentences?"""

from email.utils import parseaddr

from django.conf import settings
from django.core.checks import Error, Info, Warning, register
from django.db import DatabaseError
from django.utils import timezone

from lms.web.installed import all_missing

TAG = "installed"


@register(TAG, deploy=True)
def check_installation(app_configs, **options):
    """Say what is missing in the database: none of it lets nobody in by mistake."""
    try:
        sentences = list(all_missing(timezone.now()))
    except DatabaseError as error:
        words = f"The database does not answer as ours ({type(error).__name__})"
        return [Error(f"{words}: run manage.py install.", id="campus.E001")]
    return [Warning(sentence, id="campus.W001") for sentence in sentences]


@register(TAG, deploy=True)
def check_mail(app_configs, **options):
    """Say that letters have no sender anybody can answer."""
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    if address.endswith("@localhost") or "@" not in address:
        return [
            Warning("MAIL_FROM names no address of yours: set it.", id="campus.W002")
        ]
    return []


@register(TAG, deploy=True)
def check_proxies(app_configs, **options):
    """Say what no proxy means for the limits by address."""
    if settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return []
    words = "TRUSTED_PROXY_COUNT is 0: behind a proxy, everybody shares one address."
    return [Info(words, id="campus.I001")]
