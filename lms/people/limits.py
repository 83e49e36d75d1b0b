"""How many tries to sign in reach the password, and how many letters a mailbox?

Tries count by account and by address; letters that anybody can ask for, by mailbox. All
are counted in the database, which all processes share: a cache that is full forgets,
and so would whoever fills it on purpose want it. What is counted is kept as a keyed
hash, for as long as it counts.
"""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models import F
from django.utils import timezone

from lms.people import rules
from lms.people.addresses import mailbox_of
from lms.people.known import known_browser
from lms.people.models import RoomWindow, User
from lms.people.rooms import MOST_MINUTES, MOST_PLACES, digest_of
from lms.web.models import Tries

ACCOUNT = "sign-in:to:"
PER_ACCOUNT, ACCOUNT_TIME = 5, timedelta(minutes=5)
PER_ADDRESS, ADDRESS_TIME = 30, timedelta(minutes=1)
APP_CODE_TIME = timedelta(minutes=10)  # it is good for a minute and a half
MAILED_CODE_TIME = timedelta(
    seconds=settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT
)
PROOFS_SENT, SENT_TIME = 5, timedelta(hours=1)
PROOFS_TRIED, PROOF_TIME = 5, timedelta(minutes=10)
STEPS_TRIED, STEP_TIME = 5, timedelta(minutes=5)
CODES_TRIED = 10  # of added addresses, as often: two letters, five tries each
LETTERS_ASKED, LETTERS_SENT, LETTERS_TIME = 3, 10, timedelta(hours=1)
RESET_TIME = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
# What goes to an address because somebody typed it, and how long it is of use; the two
# answers that one form may have, equally long. The rest tells what has happened.
LETTERS = {
    "account/email/account_already_exists": MAILED_CODE_TIME,
    "account/email/email_confirmation": MAILED_CODE_TIME,
    "account/email/email_confirmation_signup": MAILED_CODE_TIME,
    "account/email/first_password": RESET_TIME,
    "account/email/password_reset_key": RESET_TIME,
    "account/email/unknown_account": RESET_TIME,
}
TYPED, TYPED_TIME = 30, timedelta(minutes=10)
ROOM_TIME = timedelta(minutes=MOST_MINUTES)
_browser: ContextVar[str] = ContextVar("known_browser", default="")


def address_of(request) -> str:
    """Return where a request comes from; a header counts if a proxy of ours wrote it.

    How many proxies are ours, ALLAUTH_TRUSTED_PROXY_COUNT says.
    """
    return get_adapter(request).get_client_ip(request)


def let_in(address: str, *, at: datetime) -> bool:
    """Count a try from that address, and return whether it may go on to the password.

    While a room is open there, its places are taken first.
    """
    digest = digest_of(address)
    return _takes_a_place(digest, at=at) or Tries.objects.take(
        f"sign-in:from:{digest}", limit=PER_ADDRESS, per=ADDRESS_TIME, at=at
    )


def _takes_a_place(digest: str, *, at: datetime) -> bool:
    rooms = RoomWindow.objects.at_address(digest).open(at)
    return any(
        Tries.objects.take(  # one window of counting, from the opening on
            f"sign-in:room:{pk}", limit=places, per=ROOM_TIME, at=opened_at
        )
        # Closing a room and opening it again gives no further places.
        and Tries.objects.take(
            f"sign-in:rooms-of:{trainer}", limit=MOST_PLACES, per=ROOM_TIME, at=at
        )
        for pk, trainer, places, opened_at in rooms.values_list(
            "pk", "trainer", "places", "opened_at"
        )
    )


def count_try(email: str, *, at: datetime, browser: str = "") -> bool:
    """Count a try at that account, and return whether the password may be looked at.

    A browser by which the account was entered before has a count of its own: a
    stranger who guesses keeps nobody out where they usually come from.
    """
    return Tries.objects.take(
        _key_of(email, browser), limit=PER_ACCOUNT, per=ACCOUNT_TIME, at=at
    )


def give_back(email: str, *, at: datetime, browser: str = "") -> None:
    """Take back the try that was counted at that moment: it was the right password."""
    window = int(at.timestamp() // ACCOUNT_TIME.total_seconds())
    rows = Tries.objects.filter(key=_key_of(email, browser), window=window, count__gt=0)
    rows.update(count=F("count") - 1)


def forget_tries(email: str) -> None:
    """Let the account be tried again: who owns the mailbox chose a new password."""
    Tries.objects.filter(key__startswith=f"{ACCOUNT}{account_of(email)}:").delete()


def use_app_code(person: User, code: str, *, at: datetime) -> bool:
    """Note that an app's code was used, and return whether it was for the first time.

    A code that somebody looked at over a shoulder is worth nothing once its owner has
    typed it (RFC 6238, section 5.2), whichever process is asked.
    """
    return _use_code(person, code, kind="app-code", per=APP_CODE_TIME, at=at)


def use_mailed_code(person: User, code: str, *, at: datetime) -> bool:
    """Note that a mailed code was used, and return whether it was for the first time.

    The session that waits for it forgets it as well, but only at the end of a request:
    of two that are answered at once, both would find it there.
    """
    return _use_code(person, code, kind="mailed-code", per=MAILED_CODE_TIME, at=at)


def _use_code(
    person: User, code: str, *, kind: str, per: timedelta, at: datetime
) -> bool:
    digits = "".join(filter(str.isalnum, code))
    hashed = rules.address_hash(digits, key=settings.NAME_HASH_KEY)
    key = f"{kind}:{person.pk}:{hashed}"
    before = int(at.timestamp() // per.total_seconds()) - 1
    lately = Tries.objects.filter(key=key, window=before, count__gt=0)
    return not lately.exists() and Tries.objects.take(key, limit=1, per=per, at=at)


def may_send_proof(person: User, *, at: datetime) -> bool:
    """Count a code that the person has sent to a mailbox; return whether it goes out.

    Somebody else may read that mailbox by now: it is not to be filled.
    """
    key = f"proof-sent-for:{person.pk}"
    return Tries.objects.take(key, limit=PROOFS_SENT, per=SENT_TIME, at=at)


def may_try_proof(person: User, *, at: datetime) -> bool:
    """Count a code of a mailbox that the person typed; return whether it is read."""
    key = f"proof-tried-by:{person.pk}"
    return Tries.objects.take(key, limit=PROOFS_TRIED, per=PROOF_TIME, at=at)


def may_try_second_step(person: User, *, at: datetime) -> bool:
    """Count a code of the second step that was typed; return whether it is read.

    allauth counts as well, but in a cache, which forgets when it is full.
    """
    return Tries.objects.take(
        _second_step(person), limit=STEPS_TRIED, per=STEP_TIME, at=at
    )


def forget_second_steps(person: User) -> None:
    """Let the second step be tried again: the code was right."""
    Tries.objects.filter(key=_second_step(person)).delete()


def _second_step(person: User) -> str:
    return f"second-step-tried:{person.pk}"


def may_try_mailed_code(person: User, *, at: datetime) -> bool:
    """Count a code of an added address that was typed; return whether it is read.

    The session counts as well, but requests that come at once find one session.
    """
    key = f"mailed-code-tried-by:{person.pk}"
    return Tries.objects.take(key, limit=CODES_TRIED, per=PROOF_TIME, at=at)


def may_try_sign_up(code: str, *, at: datetime) -> bool:
    """Count a try at the code of a sign-up (its keyed hash), as the one above does."""
    most = settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS
    key = f"sign-up-tried:{code}"
    return Tries.objects.take(key, limit=most, per=MAILED_CODE_TIME, at=at)


def may_keep_typed(request, *, at: datetime) -> bool:
    """Count a form of nobody's that is to be kept; return whether there is room."""
    key = f"typed-from:{digest_of(address_of(request))}"
    return Tries.objects.take(key, limit=TYPED, per=TYPED_TIME, at=at)


def may_ask_letter(
    request, address: str, *, kind: str, at: datetime, browser: str = ""
) -> bool:
    """Count a letter that is asked for from a network; return whether it is written.

    A known browser has a count of its own, wherever it is. What a stranger asks for
    elsewhere does not count: the code of a sign-up opens one session only, so a letter
    that somebody else had sent is of no use to its reader.
    """
    whence = f"browser {browser}" if browser else digest_of(address_of(request))
    key = f"letters-from:{_mailbox(kind, whence, address)}"
    return Tries.objects.take(key, limit=LETTERS_ASKED, per=LETTERS_TIME, at=at)


def may_send_letter(template: str, address: str, *, account: str, at: datetime) -> bool:
    """Count a letter of that kind to a mailbox; return whether it goes out.

    From however many networks it is asked for, a mailbox is not to be filled. `account`
    is whose letter it is, if anybody's. Letters that tell what has happened always go.
    What a known browser asks for (`asked_by`) has a count of its own: strangers who use
    up the others keep nobody from a new password.
    """
    if template not in LETTERS:
        return True
    browser = _browser.get()
    whose = f"{account} browser {browser}" if browser else account
    key = f"letters-to:{_mailbox(template, whose, address)}"
    most = LETTERS_ASKED if browser else LETTERS_SENT
    return Tries.objects.take(key, limit=most, per=LETTERS_TIME, at=at)


@contextmanager
def asked_by(browser: str) -> Iterator[None]:
    """Say by which known browser the letters are asked for that are sent within."""
    before = _browser.set(browser)
    try:
        yield
    finally:
        _browser.reset(before)


def _mailbox(kind: str, whose: str, address: str) -> str:
    said = f"{kind} {whose} {mailbox_of(address)}"
    return rules.address_hash(said, key=settings.NAME_HASH_KEY)


def _key_of(email: str, browser: str) -> str:
    return f"{ACCOUNT}{account_of(email)}:{browser}"


def account_of(email: str) -> str:
    """Return one hash for all addresses, and their spellings, of the same account."""
    folded = unicodedata.normalize("NFKC", email.strip()).upper().lower()
    spellings = {folded, email.strip().lower()}
    rows = EmailAddress.objects.filter(email__in=spellings, verified=True)
    account = rows.values_list("user", flat=True).first()
    named = folded if account is None else f"account {account}"
    return rules.address_hash(named, key=settings.NAME_HASH_KEY)


class CountsTries:
    """For allauth's adapter: tries of an account are counted here, not in its cache."""

    def pre_authenticate(self, request, **credentials):
        email, at = credentials.get("email", ""), timezone.now()
        browser = known_browser(request, account_of(email)) if request else ""
        if not count_try(email, at=at, browser=browser):
            raise self.validation_error("too_many_login_attempts")
        self._counted = (email, at, browser)

    def _rollback_login_failed_rl_usage(self):
        email, at, browser = self._counted
        give_back(email, at=at, browser=browser)

    def _delete_login_attempts_cached_email(self, request, **credentials):
        forget_tries(credentials.get("email", ""))
