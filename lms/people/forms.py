"""The two short pages of the sign-up, and the profile."""

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import SignupForm as AllauthSignupForm


class SignupForm(AllauthSignupForm):
    pass


class LoginForm(AllauthLoginForm):
    pass
