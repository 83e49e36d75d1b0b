"""What other packages want to know of people."""

from django.dispatch import Signal

# Somebody was signed out of every browser: sent with `person`.
signed_out = Signal()
