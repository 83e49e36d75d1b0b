"""Template words: icons beside words, lengths of time."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from lms.templatetags.campus import duration, duration_months


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (1, "1 minute"),
        (25, "25 minutes"),
        (60, "1 hour"),
        (80, "1 h 20 min"),
        (180, "3 hours"),
    ],
)
def test_duration_is_said_in_words(minutes, said):
    with override("en"):
        assert duration(minutes) == said


@pytest.mark.parametrize(
    ("months", "said"),
    [(1, "1 month"), (18, "18 months"), (12, "1 year"), (24, "2 years")],
)
def test_validity_is_said_in_years_when_they_come_out_even(months, said):
    with override("en"):
        assert duration_months(months) == said


def test_icon_is_drawn_inline_and_hidden_from_screen_readers():
    drawn = Template('{% icon "check" %}').render(Context())

    assert drawn.startswith('<svg class="icon" aria-hidden="true"')
    assert "style" not in drawn
