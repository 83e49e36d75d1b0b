"""Letters that are the same to somebody who types."""

import pytest

from lms.folding import folded_text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Protección", "proteccion"),
        ("NIÑEZ", "ninez"),
        ("Proteccio\u0301n", "proteccion"),  # an accent that is a sign of its own
        ("art. 3(a)", "art  3 a "),
        ("Straße", "strasse"),
        ("snake_case\0", "snake case "),
    ],
)
def test_folded_text_forgets_case_accents_and_signs(text, folded):
    assert folded_text(text) == folded
