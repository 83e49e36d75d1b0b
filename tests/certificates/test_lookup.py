"""Finding a certificate by what somebody has in hand."""

from certificates import rules
from certificates.lookup import of_code, of_file
from tests.certificates.conftest import PAPER


def test_of_code_finds_it_however_it_was_typed(award):
    assert of_code(rules.code_printed(award.code).lower()) == award


def test_of_code_finds_nothing_for_another_or_for_none(award):
    assert of_code("0" * 26) is None
    assert of_code("") is None


def test_of_file_finds_exactly_the_issued_bytes(kept):
    assert of_file(PAPER) == kept
    assert of_file(PAPER + b"\n") is None


def test_of_file_does_not_find_what_has_no_file(award):
    assert of_file(b"") is None
