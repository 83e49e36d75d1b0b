"""Every output of the completion report says what plain loops over rows say."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from certificates.lines.drawing import draw_all
from certificates.recount.answers import Recount
from certificates.recount.asking import questions
from certificates.recount.comparing import Comparison
from certificates.recount.obligations import site_day
from certificates.recount.rows import read_rows
from certificates.region.history import tell_history
from lms.demo.cast import call_the_cast
from lms.demo.region import people_the_region
from lms.models import User
from lms.people.institutions import load_institutions
from tests.factories import make_edition

NOW = datetime(2026, 11, 2, 18, tzinfo=UTC)
QUESTIONS = 12


@pytest.fixture
def region(course_page):
    """The region that `manage.py seed` fills, with its lines drawn."""
    with time_machine.travel(NOW, tick=False):
        make_edition(course_page)
        load_institutions(settings.BASE_DIR / "fixtures" / "institutions.csv")
        call_the_cast("a-first-password", at=NOW)
        people_the_region(at=NOW)
        tell_history(at=NOW, seed=7)
        draw_all(at=NOW)
        yield Recount(read_rows(), drawn_at=NOW)


def test_outputs_hold_what_loops_over_rows_hold(region):
    asked = list(questions(region, number=QUESTIONS, seed=6, on=site_day(NOW)))
    differences, rows = [], 0

    for number, (viewer, question) in enumerate(asked):
        browser = Client()
        browser.force_login(User.objects.get(pk=viewer))
        one = Comparison(region, viewer, question, at=NOW, language="es")
        rows += len(one.right.rows)
        differences += [f"{number} {question} {d}" for d in one.differences(browser)]

    assert differences == []
    assert rows > 100
