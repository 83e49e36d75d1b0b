"""Which e-mail addresses can be written to from here, and which are one mailbox?"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import EmailValidator
from django.utils.deconstruct import deconstructible


@deconstructible
class ReachableAddress(EmailValidator):
    """An address at a domain of the net: at no number and no machine's own name.

    Django's allows `localhost` and `[127.0.0.1]`: whoever signs up so would have our
    own server deliver to itself.
    """

    literal_regex = re.compile(r"(?!)")  # nothing matches

    def __init__(self):
        super().__init__(allowlist=[])

    def validate_domain_part(self, domain_part):
        last = domain_part.rpartition(".")[2].lower()
        if last.isdigit() or last == "localhost":
            return False
        return super().validate_domain_part(domain_part)


validate_address = ReachableAddress()


class AddressField(forms.EmailField):
    """A form field for such an address."""

    default_validators = (validate_address,)


WHOLE = re.compile(r"""[^\s@<>()\[\]"',;:][^\s@<>()\[\]",;:]*@[^\s@<>()\[\]"',;:]*\w""")
IN_TEXT = re.compile(r"[\w.+-]+(?:'[\w.+-]+)*@[\w-]+(?:\.[\w-]+)+")


def mailbox_of(address: str) -> str:
    """Return one spelling for the addresses of a mailbox: no case, no `+tag`."""
    folded = unicodedata.normalize("NFKC", address.strip()).casefold()
    name, at, host = folded.rpartition("@")
    return f"{name.partition('+')[0] or name}{at}{host}"


def former_digest(address: str, *, key: str) -> str:
    """Return the keyed hash (HMAC-SHA-256, hex) of the mailbox of an address."""
    message = f"former address\n{mailbox_of(address)}".encode()
    return hmac.new(key.encode(), message, hashlib.sha256).hexdigest()


# Letters of elsewhere that are of A to Z once their case is folded.
FOLD_TO_ASCII = "ßſẞ\u212aﬀﬁﬂﬃﬄﬅﬆ"


def addresses_in(value: Any) -> set[str]:
    """Return the addresses that stand in a value made of what JSON knows, case folded.

    A text that is nothing but an address may have signs that no text around would tell.
    """
    match value:
        case str() if WHOLE.fullmatch(value):
            return {value.casefold()}
        case str() if "@" in value:
            return set(map(str.casefold, IN_TEXT.findall(value)))
        case dict():
            return set().union(*map(addresses_in, value.values()))
        case list() | tuple():
            return set().union(*map(addresses_in, value))
        case _:
            return set()


def without(words: Iterable[str], text: str, *, sign: str) -> str:
    """Return the text with a sign for each of the words, where they stand alone."""
    longest_first = sorted(words, key=len, reverse=True)
    if not longest_first:
        return text
    either = "|".join(map(re.escape, longest_first))
    return re.sub(rf"(?<![\w.+-])(?<!\w')({either})(?![\w-])", sign, text, flags=re.I)
