"""The small form of the drill: every output says what plain loops over rows say."""

import shutil
from datetime import UTC, datetime

import pytest
import time_machine
from django.db.models import F

from certificates.models import ReportLine
from certificates.recount.answers import Recount
from certificates.recount.comparing import Comparison
from certificates.recount.drill import compare, draw, findings, settle
from certificates.recount.rows import read_rows
from certificates.reports.filters import Asked
from lms.demo.region import JUDICIARY
from lms.models import User
from lms.people.models import Institution
from tests.factories import make_edition

NOW = datetime(2026, 11, 2, 18, tzinfo=UTC)
QUESTIONS = 6
ALL = Asked(group="institution")


@pytest.fixture
def told(course_page):
    """Return what the drill finds in a region; the clock stands still."""
    with time_machine.travel(NOW, tick=False):
        make_edition(course_page)
        settle()
        draw()
        yield compare(QUESTIONS, at=NOW)


def of_all(asked=ALL):
    reader = User.objects.get(email="top@reader.example")
    recount = Recount(read_rows(), drawn_at=NOW)
    return Comparison(recount, reader.pk, asked, at=NOW, language="es")


def test_outputs_hold_what_loops_over_rows_hold(told):
    assert [one for one in findings(told, QUESTIONS) if not one.holds] == []

    one = of_all()
    assert len(one.right.rows) > QUESTIONS
    if shutil.which("pdftotext"):
        assert list(one.of_pdf()) == []

    # An institution is asked for with those below it.
    top = Institution.objects.get(code=JUDICIARY)
    below = of_all(Asked(institution=top.pk))
    assert list(below.differences()) == []
    assert len({row["institution"] for row in below.right.rows}) > 1

    # What would be wrong would be seen, in every output.
    ReportLine.objects.filter(confirmed=True).update(minutes=F("minutes") + 1)
    outputs = {difference.split(":")[0] for difference in one.differences()}
    assert outputs == {"query", "csv", "csv-plain", "json", "xlsx", "paper"}

    ReportLine.objects.update(institution=None)
    found = {difference.split(":")[0] for difference in one.differences()}
    assert found == outputs | {"figures", "counted apart", "groups"}


def test_a_comparison_of_nothing_holds_nothing(db):
    told = {"questions": 6, "rows": 0, "empty": 6, "differences": []}

    found = findings(told | {"lines": 0, "obligations": 0}, 6)

    assert [one.what for one in found if not one.holds] == ["some rows were compared"]


def test_lines_too_few_or_too_many_are_no_agreement(db):
    told = {"questions": 6, "rows": 9, "empty": 0, "differences": []}

    found = findings(told | {"lines": 8, "obligations": 9}, 6)

    assert [one.what for one in found if not one.holds] == ["lines"]
