"""Which keys encrypt what nobody is to read in the database?

The secrets of the second step, the codes and links of letters that wait, and pages of
reasons with what readers say of them.
"""

from base64 import urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def seal(text: str) -> str:
    """Return the text, encrypted with the newest key."""
    return key_ring(*settings.MFA_KEYS).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Return what was sealed with any of the keys; raises `InvalidToken` otherwise."""
    return key_ring(*settings.MFA_KEYS).decrypt(sealed.encode()).decode()


@lru_cache(maxsize=1)
def key_ring(*secrets: str) -> MultiFernet:
    """Return what encrypts with the first secret and decrypts with any of them."""
    keys = (urlsafe_b64encode(sha256(secret.encode()).digest()) for secret in secrets)
    return MultiFernet([Fernet(key) for key in keys])
