"""Which words tell a number without telling it?"""

import pytest
from django.utils.translation import override

from lms.thresholds import in_a_band


@pytest.mark.parametrize(
    ("number", "told"),
    [(0, "fewer than 10"), (9, "fewer than 10"), (10, "10–19"), (120, "120–129")],
)
def test_a_number_is_told_between_two(number, told):
    with override("en"):
        assert in_a_band(number, width=10) == told
