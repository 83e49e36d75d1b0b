"""Which e-mail addresses can be written to from here?"""

import re

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
