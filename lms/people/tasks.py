"""What is done about people by the clock, and what is mailed once somebody asked.

Who has an address is asked here and not where a form is answered: no answer may depend
on it, by what it says or by how long it takes.
"""

from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.password_reset import request_password_reset
from allauth.account.internal.userkit import filter_users_by_email
from django.tasks import task
from django.utils import timezone
from django.utils.translation import override

from lms.keys import unseal
from lms.mail.tasks import AT_A_SCREEN
from lms.people.devices import forget_ended
from lms.people.limits import asked_by
from lms.people.retention import forget_rosters, retain
from lms.people.typed import forget_typed
from lms.queue.clock import by_a_true_clock
from lms.queue.periodic import every
from lms.queue.private import forgotten_soon
from lms.queue.time_limits import takes_long
from lms.web.models import Tries


@every(timedelta(days=1), name="forget ended sessions")
@task()
@by_a_true_clock
def forget_ended_sessions() -> None:
    """Delete what is left of sessions that ended."""
    forget_ended(at=timezone.now())


@every(timedelta(days=1), name="forget counted tries")
@task()
@by_a_true_clock
def forget_counted_tries() -> None:
    """Delete counts whose window of time is over."""
    Tries.objects.filter(ends_at__lte=timezone.now()).delete()


@every(timedelta(days=1), name="keep nothing longer than promised")
@takes_long
@task()
@by_a_true_clock
def run_retention() -> None:
    """Do what the table on the privacy page says."""
    retain(at=timezone.now())


@every(timedelta(minutes=15), name="forget lists of people")
@task()
@by_a_true_clock
def run_forget_rosters() -> None:
    """Delete lists that nobody accepted: the table says hours, not days."""
    forget_rosters(at=timezone.now())


@every(timedelta(minutes=15), name="forget typed forms")
@task()
@by_a_true_clock
def run_forget_typed() -> None:
    """Delete what nobody came back for: the table says minutes."""
    forget_typed(ends_at__lte=timezone.now())


@forgotten_soon
@task(priority=AT_A_SCREEN)
def send_reset(address: str, language: str, browser: str = "") -> None:
    """Post the link to a new password, or say that nobody has an account there.

    `language` is that of the screen; an account's own goes before it. `browser` is the
    one that asks, if the account was entered by it before.
    """
    people = filter_users_by_email(
        address, is_active=True, prefer_verified=True, for_login=True
    )
    with override(language), asked_by(browser):
        if people:
            request_password_reset(None, address, people, default_token_generator)
        else:
            get_adapter().send_mail("account/email/unknown_account", address, {})


@forgotten_soon
@task(priority=AT_A_SCREEN)
def answer_sign_up(address: str, sealed: str, language: str, again: bool) -> None:
    """Post the code, or say that there is an account already: that only once.

    The code comes sealed: what a task is given can be read in the database.
    """
    mail = get_adapter().send_mail
    with override(language):
        if not filter_users_by_email(address):
            code = unseal(sealed)
            mail("account/email/email_confirmation_signup", address, {"code": code})
        elif not again:
            mail("account/email/account_already_exists", address, {})
