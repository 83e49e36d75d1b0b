"""How allauth treats our people: their language, our words, no hint to strangers."""

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import filter_users_by_email
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from lms.keys import seal, unseal
from lms.mail.actions import from_here
from lms.mail.outbox import post
from lms.people import signing_up, starts
from lms.people.backends import NAMED_BY_SESSIONS
from lms.people.duties import home_of
from lms.people.known import remember_browser
from lms.people.languages import remember_language
from lms.people.letters import account_letter
from lms.people.limits import CountsTries, account_of, may_send_letter
from lms.people.models import Consent
from lms.people.second_factor import KINDS, works_with_people
from lms.web.next import by_way_of, fits_a_redirect

WAYS = {
    "reauthenticate": _("Use the password"),
    "mfa_reauthenticate": _("Use the app or a recovery code"),
    "mfa_reauthenticate:webauthn": _("Use a security key"),
}

STAGES = {
    "allauth.mfa.stages.AuthenticateStage": "lms.people.stages.SecondStepStage",
}


class AccountAdapter(CountsTries, DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. Write to people support."),
        "cannot_remove_primary_email": _(
            "This is the address you sign in with. Make another one primary first."
        ),
        "duplicate_email": _("This address is already in your account."),
        "email_password_mismatch": _(
            "The e-mail and the password do not match. Check both and try again."
        ),
        "email_taken": _("This address cannot be used. Enter another one."),
        "enter_current_password": _(
            "This is not your current password. Check it and try again."
        ),
        "incorrect_code": _(
            "The code does not match. Copy it from the newest message."
        ),
        "incorrect_password": _("The password does not match. Check it and try again."),
        "invalid_password_reset": _(
            "The link has been used or has expired. Ask for another one."
        ),
        "max_email_addresses": _("An account has at most %d addresses. Remove one."),
        "rate_limited": _("Too many requests. Wait a minute and try again."),
        "too_many_login_attempts": _(
            "Too many tries. Wait five minutes and try again."
        ),
        "unverified_primary_email": _(
            "Confirm this address with its code before making it primary."
        ),
    }

    def get_login_stages(self):
        return [STAGES.get(path, path) for path in super().get_login_stages()]

    def login(self, request, user):
        user.backend = NAMED_BY_SESSIONS
        super().login(request, user)

    def is_safe_url(self, url):
        return super().is_safe_url(url) and fits_a_redirect(url)

    def post_login(self, request, user, *, redirect_url, **how):
        """Lead first to what is missing: agreement to the newest notice, a post."""
        signing_up.forget(request)
        with override(user.language):
            if course := starts.course_in(redirect_url):
                redirect_url = starts.note(request, course)
            if not (user.has_post or user.has_perm("wagtailadmin.access_admin")):
                redirect_url = by_way_of("people_post", redirect_url)
            if agreed_to_an_older_notice(user):
                redirect_url = by_way_of("agree", redirect_url)
            response = super().post_login(
                request, user, redirect_url=redirect_url, **how
            )
        remember_language(response, user.language)
        remember_browser(response, account_of(user.email))
        return response

    def get_login_redirect_url(self, request):
        """Lead to where the person's work is; what asked for the sign-in wins."""
        return reverse(home_of(request.user, at=timezone.now()))

    def get_password_change_redirect_url(self, request):
        return reverse("people_profile")

    def get_email_verification_redirect_url(self, email_address):
        return reverse("account_email")

    def get_reset_password_from_key_url(self, key):
        path = reverse("account_reset_password_from_key", args=["UID", "KEY"])
        return from_here(path.replace("UID-KEY", key))

    def send_password_reset_mail(self, user, email, context):
        """Send the link in the person's language, to our own address.

        Never to the host of the request, which whoever asks may choose. Who has no
        password yet was given an account: that letter does not speak of asking.
        """
        with override(user.language):
            url = self.get_reset_password_from_key_url(
                f"{context['uid']}-{context['key']}"
            )
        letter = (
            "account/email/password_reset_key"
            if user.has_usable_password()
            else "account/email/first_password"
        )
        self.send_mail(letter, email, context | {"password_reset_url": url})

    def send_mail(self, template_prefix, email, context):
        """Post a letter in the language of the address's owner, or of the screen.

        Tasks post, too: what a letter says depends on no request. What is too much for
        one mailbox is dropped, and nobody is told.
        """
        at = timezone.now()
        account = str(context["user"].pk) if context.get("user") else ""
        if not may_send_letter(template_prefix, email, account=account, at=at):
            return
        owner = context.get("user") or owner_of(email)
        language = owner.language if owner else get_language()
        letter = account_letter(
            template_prefix, email, context, language=language, at=at
        )
        post([letter])

    def get_reauthentication_methods(self, user):
        ways = super().get_reauthentication_methods(user)
        return [way | {"description": WAYS[way["id"]]} for way in ways]


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _(
            "Your work shows you other people, so one second step must stay. "
            "Add another one before you remove this."
        ),
        "cannot_generate_recovery_codes": _(
            "Turn the second step on before making recovery codes."
        ),
        "incorrect_code": _(
            "The code does not match. Enter the one your app shows now."
        ),
        "unverified_email": _(
            "Confirm or remove your unconfirmed addresses before turning this on."
        ),
    }

    def encrypt(self, text):
        """Encrypt a secret of the second step before the database sees it."""
        return seal(text)

    def decrypt(self, encrypted_text):
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator):
        """Who must have a second step keeps the last one that they have."""
        person = authenticator.user
        if not settings.SECOND_FACTOR_REQUIRED or not works_with_people(person):
            return True
        others = Authenticator.objects.filter(user=person, type__in=KINDS)
        return others.exclude(pk=authenticator.pk).exists()

    def build_totp_svg(self, url):
        # Black on white in either theme: a phone reads nothing else.
        return segno.make(url).svg_inline(scale=5, dark="#000", light="#fff")

    def generate_authenticator_name(self, user, type):
        number = user.authenticator_set.filter(type=type).count() + 1
        return gettext("Key %(number)d") % {"number": number}


def owner_of(email):
    """Return the person who signs in with that address, if there is one."""
    people = filter_users_by_email(email, prefer_verified=True)
    return people[0] if people else None


def agreed_to_an_older_notice(person):
    versions = Consent.objects.own(person).order_by("-version")
    newest = versions.values_list("version", flat=True).first()
    return newest is not None and newest < settings.PRIVACY_NOTICE_VERSION
