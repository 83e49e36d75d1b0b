"""Days that no report can be about, typed or from a stale bookmark: words, no error."""

import pytest
from django.utils import timezone

from certificates.reports.forms import ReportForm

pytestmark = pytest.mark.django_db
DAYS = ("valid_on", "from_on", "until_on")


@pytest.mark.parametrize("name", DAYS)
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1999-12-31"])
def test_far_day_is_refused_in_words(client, ines, name, day):
    client.force_login(ines)

    answer = client.get("/en/reports/completion/", {name: day})

    assert answer.status_code < 500
    assert "Write a date between 2000 and 2100." in answer.content.decode()


@pytest.mark.parametrize("day", ["2000-01-01", "2100-12-31"])
def test_last_days_that_are_taken_make_a_report(client, ines, day):
    client.force_login(ines)
    asked = {"valid_on": day, "from_on": day, "until_on": day, "standing": "valid"}

    answer = client.get("/en/reports/completion/", asked)

    assert answer.status_code == 200
    form = ReportForm(asked, viewer=ines, at=timezone.now())
    assert form.is_valid(), form.errors
