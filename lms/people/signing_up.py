"""What waits until a code proves the address of whoever signs up? All in the session.

No row but that of its letter, gone within a day, tells that somebody began, and nothing
here asks whether the address has an account: a task asks, and answers by letter only.
"""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification_by_code import (
    EMAIL_VERIFICATION_CODE_SESSION_KEY,
)
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from lms.keys import seal
from lms.people.limits import may_ask_letter
from lms.people.tasks import answer_sign_up

KEY = "signing_up"
ASKED = "letter_asked"  # in the session: for which address, and when
BETWEEN = timedelta(seconds=10)


@dataclass(slots=True)
class SignUp:
    """What the form said, and how often the code was typed wrong or asked for again."""

    address: str
    legal_name: str
    password: str  # a hash, as the account will have it
    language: str
    notice: str  # the version of the privacy notice that was agreed to
    agreed: float  # when, as a timestamp: a session holds no dates
    leads_to: str | None
    # None in a session of before it was asked here: then `people_post` asks.
    work: dict[str, str | int | None] | None = None
    code: str = ""  # a keyed hash
    wrong: int = 0
    resent: int = 0

    @property
    def agreed_at(self) -> datetime:
        return datetime.fromtimestamp(self.agreed, UTC)

    @property
    def has_tries_left(self) -> bool:
        return self.wrong < app_settings.EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS

    @property
    def may_resend(self) -> bool:
        return self.resent < app_settings.EMAIL_VERIFICATION_MAX_RESEND_COUNT

    def is_over(self, *, at: datetime) -> bool:
        most = timedelta(seconds=app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT)
        return at > self.agreed_at + most

    def is_code(self, typed: str) -> bool:
        return constant_time_compare(self.code, digest_of(typed))


def digest_of(code: str) -> str:
    """Return a keyed hash of a code, with or without its dash."""
    digits = "".join(filter(str.isalnum, code))
    return salted_hmac(KEY, digits, algorithm="sha256").hexdigest()


def begin(request, sign_up: SignUp) -> None:
    """Let the sign-up wait, in the place of any other, and have its letter sent."""
    send_letter(request, sign_up, again=False)
    request.session.pop(EMAIL_VERIFICATION_CODE_SESSION_KEY, None)


def send_again(request, sign_up: SignUp) -> None:
    """Have another code sent; the one before opens nothing any more."""
    sign_up.resent += 1
    send_letter(request, sign_up, again=True)


def send_letter(request, sign_up: SignUp, *, again: bool) -> None:
    """Keep the sign-up with a new code, and enqueue its letter: for everybody alike.

    Whoever asks twice within ten seconds, by one browser, is answered 429, by an
    exception of allauth's.
    """
    at = timezone.now()
    wait_between_letters(request, sign_up.address, at=at)
    code = get_adapter().generate_email_verification_code()
    is_written = may_ask_letter(request, sign_up.address, kind="sign-up", at=at)
    # A code that nobody is sent could only be guessed: nothing is one.
    sign_up.code = digest_of(code) if is_written else ""
    keep(request, sign_up)
    if is_written:
        answer_sign_up.enqueue(sign_up.address, seal(code), sign_up.language, again)


def wait_between_letters(request, address: str, *, at: datetime) -> None:
    """Note in the session who gets a letter; refuse another one to them too soon.

    Nothing but the session is asked: by the typed address alone, anybody could keep its
    owner waiting.
    """
    before, asked_at = request.session.get(ASKED, ("", 0))
    if before == address and at.timestamp() < asked_at + BETWEEN.total_seconds():
        raise ImmediateHttpResponse(respond_429(request))
    request.session[ASKED] = [address, at.timestamp()]


def keep(request, sign_up: SignUp) -> None:
    request.session[KEY] = asdict(sign_up)


def kept(request) -> SignUp | None:
    """Return the sign-up that waits for its code.

    None where somebody is signed in, or is to prove the address of an account.
    """
    waits = request.session.get(KEY)
    elsewhere = EMAIL_VERIFICATION_CODE_SESSION_KEY in request.session
    if waits is None or elsewhere or request.user.is_authenticated:
        return None
    return SignUp(**waits)


def forget(request) -> None:
    request.session.pop(KEY, None)
