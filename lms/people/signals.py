"""What other packages want to know of people."""

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_removed
from django.dispatch import Signal

# Somebody was signed out of every browser: sent with `person`.
signed_out = Signal()
# Somebody is to be seen by nobody from now on: sent with `person`.
shielded = Signal()
# What protects an account is another from now on: each is sent with `user`.
SECRET_CHANGED = [password_changed, password_reset, password_set, authenticator_removed]
