"""Which texts are one place, what of an address is shown, who answers for whom."""

import pytest

from lms.belonging import rules


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Juzgado de Paz, Cobán", "juzgado de paz coban"),
        ("  JUZGADO  de paz – Coban ", "juzgado de paz coban"),
        ("¿?", "¿?"),
    ],
)
def test_text_key_forgets_case_accents_and_signs(typed, key):
    assert rules.text_key(typed) == key


@pytest.mark.parametrize(
    ("address", "domain"), [("ana@oj.gob.gt", "oj.gob.gt"), (None, ""), ("", "")]
)
def test_domain_is_what_stands_after_the_at_sign(address, domain):
    assert rules.domain_of(address) == domain


def test_own_claims_are_for_somebody_else_to_answer():
    assert rules.own_claims([1, 2], by=2) == ["own-claim"]
    assert rules.own_claims([1, 2], by=3) == []


def test_a_digest_changes_with_each_word_and_with_the_key():
    digests = [
        rules.digest_of(words, key=key)
        for words, key in [
            (["Ana", "Jueza"], "k"),
            (["Ana", "Juez"], "k"),
            (["AnaJueza", ""], "k"),
            (["Ana", "Jueza"], "other"),
        ]
    ]

    assert len(set(digests)) == 4
    assert {len(digest) for digest in digests} == {16}
    assert rules.digest_of(["Ana", "Jueza"], key="k") == digests[0]
