from datetime import date

import pytest
from django.utils.translation import override

from lms.web.periods import in_words

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


@pytest.mark.parametrize(
    ("first", "last", "spanish", "english"),
    [
        (FIRST, LAST, "del 1 al 30 de noviembre de 2026", "from 1 to 30 November 2026"),
        (
            date(2026, 10, 9),
            LAST,
            "del 9 de octubre al 30 de noviembre de 2026",
            "from 9 October to 30 November 2026",
        ),
        (
            date(2025, 11, 1),
            LAST,
            "del 1 de noviembre de 2025 al 30 de noviembre de 2026",
            "from 1 November 2025 to 30 November 2026",
        ),
        (LAST, LAST, "el 30 de noviembre de 2026", "on 30 November 2026"),
        (FIRST, None, "desde el 1 de noviembre de 2026", "since 1 November 2026"),
        (None, LAST, "hasta el 30 de noviembre de 2026", "until 30 November 2026"),
        (None, None, "", ""),
    ],
)
def test_period_is_said_with_its_month_and_year_once(first, last, spanish, english):
    for language, said in (("es", spanish), ("en", english)):
        with override(language):
            assert in_words(first, last) == said
