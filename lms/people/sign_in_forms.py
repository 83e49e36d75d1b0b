"""allauth's forms, in the words of this house."""

from collections.abc import Iterator
from contextlib import contextmanager

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lms.people.addresses import validate_address
from lms.people.known import known_browser
from lms.people.limits import (
    account_of,
    may_ask_letter,
    may_try_mailed_code,
    may_try_sign_up,
    use_mailed_code,
)
from lms.people.step_codes import CodeOnce, CountsCodes
from lms.people.tasks import send_reset

EMAIL_LABEL = _("E-mail")
EMAIL_WORDS = {
    "required": _("Enter your e-mail."),
    "invalid": _("Enter an e-mail such as name@institution.example."),
    "max_length": _("Enter an e-mail of %(limit_value)d characters or fewer."),
}
# Of somebody else than whoever fills in the form.
THEIR_EMAIL_WORDS = EMAIL_WORDS | {"required": _("Enter the e-mail of the person.")}
EMAIL_LENGTH = 254
PASSWORD_WORDS = {"required": _("Enter your password.")}
MAILED_CODE_USED = _("This code was used already. Ask for another one.")
TOO_MANY_CODES = _("Too many tries. Wait ten minutes and try again.")
NEW_PASSWORD_LABEL = _("New password")
NEW_PASSWORD_HELP = _(
    "At least 12 characters. Four words that do not belong together are easy to keep."
)
NEW_PASSWORD_WORDS = {"required": _("Enter a password of 12 characters or more.")}
AGAIN_LABEL = _("New password, once more")
AGAIN_WORDS = {"required": _("Enter the new password once more.")}
KEY_WORDS = {
    "required": _("The key sent nothing. Try again, or use another way."),
    "invalid": _("What the key sent cannot be read. Try again, or use another way."),
}
UNREADABLE = (AttributeError, LookupError, RecursionError, TypeError, ValueError)
CODE_WORDS = {"required": _("Enter the code.")}
MAILED_CODE_LABEL = _("Code of the message")


def say(field: forms.Field, *, label, words, help_text="", **attrs) -> None:
    """Give a field our label, our help and our sentences for what goes wrong."""
    field.label, field.help_text = label, help_text
    field.error_messages.update(words)
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


def say_email(form: forms.Form, name: str, **more) -> None:
    field = form.fields[name]
    say(field, label=EMAIL_LABEL, words=EMAIL_WORDS, maxlength=EMAIL_LENGTH, **more)
    field.validators += [MaxLengthValidator(EMAIL_LENGTH), validate_address]


def say_new_password(form: forms.Form) -> None:
    say(
        form.fields["password1"],
        label=NEW_PASSWORD_LABEL,
        help_text=NEW_PASSWORD_HELP,
        words=NEW_PASSWORD_WORDS,
    )
    if "password2" in form.fields:
        say(form.fields["password2"], label=AGAIN_LABEL, words=AGAIN_WORDS)


def say_code(form: forms.Form, label, **attrs) -> None:
    say(form.fields["code"], label=label, words=CODE_WORDS, maxlength=30, **attrs)
    form.fields["code"].validators.append(MaxLengthValidator(30))


class SamePasswordTwice:
    def clean(self):
        cleaned = super(allauth_forms.PasswordVerificationMixin, self).clean()
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error(
                "password2", _("The two passwords differ. Enter the same one twice.")
            )
        return cleaned


class LoginForm(allauth_forms.LoginForm):
    """The session lasts a day, or until the browser closes on a shared computer."""

    shared = forms.BooleanField(
        label=_("This computer is shared"),
        help_text=_("If you tick it, nothing is kept once you close the browser."),
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["remember"]
        say_email(self, "login")
        say(self.fields["password"], label=_("Password"), words=PASSWORD_WORDS)

    def clean(self):
        cleaned = super().clean()
        cleaned["remember"] = not cleaned.get("shared")
        return cleaned


class AddEmailForm(allauth_forms.AddEmailForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_email(self, "email", help_text=_("We send a code to it."))


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    """Looks nobody up: a task does, so that the answer takes as long for everybody."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_email(self, "email")

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def save(self, request, **kwargs):
        email = self.cleaned_data["email"]
        browser = known_browser(request, account_of(email))
        at = timezone.now()
        if may_ask_letter(request, email, kind="reset", at=at, browser=browser):
            send_reset.enqueue(email, get_language(), browser)
        return email


class ChangePasswordForm(SamePasswordTwice, allauth_forms.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say(
            self.fields["oldpassword"],
            label=_("Current password"),
            words={"required": _("Enter your current password.")},
        )
        say_new_password(self)


class SetPasswordForm(SamePasswordTwice, allauth_forms.SetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_new_password(self)


class ResetPasswordKeyForm(SamePasswordTwice, allauth_forms.ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_new_password(self)


class ReauthenticateForm(allauth_forms.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say(self.fields["password"], label=_("Password"), words=PASSWORD_WORDS)


class ConfirmEmailForm(allauth_forms.ConfirmEmailVerificationCodeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_code(self, MAILED_CODE_LABEL, inputmode="numeric")

    def clean_code(self):
        if not may_try_mailed_code(self.user, at=timezone.now()):
            raise forms.ValidationError(TOO_MANY_CODES, code="tries")
        code = super().clean_code()
        if not use_mailed_code(self.user, code, at=timezone.now()):
            raise forms.ValidationError(MAILED_CODE_USED, code="used")
        return code


class ConfirmSignUpForm(allauth_forms.BaseConfirmCodeForm):
    """Compares with what the session keeps, whoever has the address."""

    def __init__(self, *args, sign_up, **kwargs):
        super().__init__(*args, **kwargs)
        self.sign_up = sign_up
        say_code(self, MAILED_CODE_LABEL, inputmode="numeric")

    def clean_code(self):
        code = self.cleaned_data["code"]
        counted = may_try_sign_up(self.sign_up.code, at=timezone.now())
        if not counted or not self.sign_up.is_code(code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(CountsCodes, CodeOnce, mfa_forms.AuthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_code(self, _("Code of your app, or a recovery code"))


class MFAReauthenticateForm(CountsCodes, CodeOnce, mfa_forms.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_code(self, _("Code of your app, or a recovery code"))


class ActivateTOTPForm(CodeOnce, AllauthActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_code(self, _("Code that the app shows"), inputmode="numeric")


def say_key_name(form: forms.Form) -> None:
    words = {"required": _("Enter a name for the key.")}
    say(form.fields["name"], label=_("Name of the key"), words=words, maxlength=60)
    form.fields["name"].validators.append(MaxLengthValidator(60))


@contextmanager
def any_key() -> Iterator[None]:
    """Refuse in a sentence what no key ever sends; allauth lets some of it fail."""
    try:
        yield
    except UNREADABLE as unreadable:
        raise forms.ValidationError(KEY_WORDS["invalid"]) from unreadable


class KeyField(forms.JSONField):
    """What the browser hands over from a key."""

    widget = forms.HiddenInput
    default_error_messages = KEY_WORDS

    def to_python(self, value):
        with any_key():
            return super().to_python(value)

    def bound_data(self, data, initial):
        """Show nothing again: every try is a new one."""


class AddKeyForm(webauthn_forms.AddWebAuthnForm):
    credential = KeyField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_key_name(self)

    def clean(self):
        with any_key():
            return super().clean()


class EditKeyForm(webauthn_forms.EditWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_key_name(self)


class AuthenticateKeyForm(webauthn_forms.AuthenticateWebAuthnForm):
    credential = KeyField()

    def clean_credential(self):
        with any_key():
            return super().clean_credential()


class ReauthenticateKeyForm(AuthenticateKeyForm):
    reauthenticated = True
