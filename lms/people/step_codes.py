"""How a typed code of the second step is read: once, and not too often."""

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.people.limits import forget_second_steps, may_try_second_step, use_app_code

CODE_USED = _("This code was used already. Wait until the app shows the next one.")


class CodeOnce:
    """An app's code opens one door once; a recovery code allauth itself strikes out."""

    def clean_code(self):
        code = super().clean_code()
        authenticator = getattr(self, "authenticator", None)
        of_an_app = not authenticator or authenticator.type == Authenticator.Type.TOTP
        if of_an_app and not use_app_code(self.user, code, at=timezone.now()):
            raise forms.ValidationError(CODE_USED, code="used")
        return code


class CountsCodes:
    """Each try at a second step is counted in the database, until one is right."""

    def clean_code(self):
        if not may_try_second_step(self.user, at=timezone.now()):
            raise get_adapter().validation_error("too_many_login_attempts")
        code = super().clean_code()
        forget_second_steps(self.user)
        return code
