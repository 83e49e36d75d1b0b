"""An address is somewhere on the net, wherever somebody types it."""

import pytest
from django.core.exceptions import ValidationError

from lms.people.addresses import AddressField, validate_address
from lms.team.join_forms import is_address
from lms.team.roster.rules import address_flaw

NOWHERE = [
    "ana@localhost",
    "ana@mail.localhost",
    "ana@[127.0.0.1]",
    "ana@[IPv6:::1]",
    "ana@127.0.0.1",
    "ana@10.0.0.10",
    "ana@intranet",
]


@pytest.mark.parametrize("address", NOWHERE)
def test_address_at_a_machine_or_a_number_is_refused(address):
    with pytest.raises(ValidationError):
        validate_address(address)
    with pytest.raises(ValidationError):
        AddressField().clean(address)
    assert not is_address(address)
    assert address_flaw(address) == "address-wrong"


@pytest.mark.parametrize(
    "address", ["ana@oj.example.gt", "ana@justicia.xn--p1ai", "a.b+c@7dias.example"]
)
def test_address_at_a_domain_is_taken(address):
    assert AddressField().clean(address) == address
    assert is_address(address)
    assert address_flaw(address) == ""


@pytest.mark.parametrize("address", NOWHERE)
def test_nobody_signs_up_from_nowhere(client, db, form, address):
    answer = client.post("/en/account/signup/", form | {"email": address})

    assert answer.status_code == 422
    assert "Enter an e-mail such as" in answer.content.decode()
