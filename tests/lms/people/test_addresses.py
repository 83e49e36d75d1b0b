"""An address is somewhere on the net, wherever somebody types it."""

import pytest
from django.core.exceptions import ValidationError

from lms.people.addresses import (
    FOLD_TO_ASCII,
    AddressField,
    addresses_in,
    former_digest,
    mailbox_of,
    validate_address,
    without,
)
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


def test_every_letter_that_folds_to_a_to_z_is_told():
    signs = map(chr, range(128, 0x110000))

    assert [one for one in signs if one.casefold().isascii()] == list(FOLD_TO_ASCII)


@pytest.mark.parametrize(
    "address",
    ["ana@oj.gt", " ANA@OJ.gt ", "Ana+cursos@oj.gt", "ana+a+b@oj.gt", "\uff21na@oj.gt"],
)
def test_spellings_of_a_mailbox_are_one(address):
    assert mailbox_of(address) == "ana@oj.gt"
    assert former_digest(address, key="k") == former_digest("ana@oj.gt", key="k")


@pytest.mark.parametrize(
    "other", ["an@oj.gt", "x.ana@oj.gt", "ana@oj.hn", "+ana@oj.gt", "ana"]
)
def test_other_mailboxes_are_others(other):
    assert mailbox_of(other) != "ana@oj.gt"
    assert former_digest(other, key="k") != former_digest("ana@oj.gt", key="k")
    assert former_digest("ana@oj.gt", key="k") != former_digest("ana@oj.gt", key="l")


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("Ana@oj.gt", {"ana@oj.gt"}),
        ("o'brien@oj.gt", {"o'brien@oj.gt"}),
        ([{"to": ["ana@oj.gt"]}, "b.c+d@oj.gt", 1, None], {"ana@oj.gt", "b.c+d@oj.gt"}),
        ("De o'brien@oj.gt, 'ana@oj.gt'", {"o'brien@oj.gt", "ana@oj.gt"}),
        ("!odd@oj.gt", {"!odd@oj.gt"}),
        ("without any", set()),
        ({}, set()),
    ],
)
def test_addresses_are_found_in_what_json_knows(value, found):
    assert addresses_in(value) == found


def test_addresses_are_found_within_long_texts():
    text = f"SMTPRecipientsRefused: '<Ana@oj.gt>', x.ana@oj.gt. {'-' * 300}"

    assert addresses_in(text) == {"ana@oj.gt", "x.ana@oj.gt"}
    assert without({"ana@oj.gt"}, text, sign="*").startswith(
        "SMTPRecipientsRefused: '<*>', x.ana@oj.gt."
    )
    assert without([], text, sign="*") == text
    assert without({"brien@oj.gt"}, "o'brien@oj.gt", sign="*") == "o'brien@oj.gt"
