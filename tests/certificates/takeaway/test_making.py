"""A worker makes a file once, whole, within its owner's sight, or says why not."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from certificates.models import ReportFile, ReportLine
from certificates.takeaway import actions, keeping, making
from certificates.takeaway.making import note_export
from lms.audit.models import Event
from lms.mail.models import Letter
from lms.mail.tasks import send_letters
from lms.people.models import Mandate
from tests.factories import PersonFactory

COLUMNS = ["name", "state"]


@pytest.fixture
def asked(ines, lines, at):
    return actions.ask_for_file(
        ines, query={}, columns=COLUMNS, format="csv-plain", language="en", at=at
    )


def make(file, at):
    making.make(str(file.uuid), clock=lambda: at)
    file.refresh_from_db()
    return file


def table(file):
    with keeping.storage().open(file.name) as content:
        return list(csv.reader(StringIO(content.read().decode(), newline="")))


def test_a_file_waits_for_a_worker(asked, ines, at):
    asked.refresh_from_db()

    assert DBTaskResult.objects.filter(pk=asked.task).count() == 1
    assert (asked.people, asked.rows, asked.needs_second) == (3, 3, False)
    assert list(asked.mandates.all()) == list(ines.mandates.all())


def test_a_file_holds_the_columns_that_were_asked_for(asked, at):
    file = make(asked, at)

    rows = table(file)
    assert [row[:2] for row in rows] == [
        ["name", "state"],
        ["Ana Lucía Ruiz Morales", "in progress"],
        ["Berta 1 Cruz", "in progress"],
        ["Berta 2 Cruz", "in progress"],
    ]
    assert {len(row) for row in rows} == {3}
    assert (file.done, file.rows) == (3, 3)
    assert file.until_at == at + timedelta(hours=24)


def test_a_file_is_one_line_in_the_log_with_everybody_in_it(asked, ines, lines, at):
    file = make(asked, at)

    (event,) = Event.objects.filter(kind=Event.Kind.EXPORT)
    assert event == file.event
    assert event.actor == ines
    assert event.fields == ["name", "state"]
    assert set(event.subjects.all()) == {line.person for line in lines}


def test_its_owner_is_told_by_a_link_and_no_data(asked, ines, now):
    make(asked, now)

    send_letters.func()

    (letter,) = mail.outbox
    assert letter.to == [ines.email]
    assert "/es/reports/completion/downloads/" in letter.body
    assert "Ana" not in letter.body + letter.subject


def test_made_twice_it_is_one_file(asked, at):
    first = make(asked, at)
    again = make(asked, at + timedelta(minutes=5))

    assert again.name == first.name
    assert Event.objects.filter(kind=Event.Kind.EXPORT).count() == 1
    assert Letter.objects.count() == 1


def test_of_two_workers_one_hands_over(asked, at):
    """The other one was slower: its file goes, and its line in the log with it."""
    with keeping.in_the_making() as draft:
        draft.write(b"slow")
        make(asked, at)
        making.finish(
            asked, draft, whom={asked.owner_id}, columns=COLUMNS, clock=lambda: at
        )

    asked.refresh_from_db()
    assert keeping.names() == [asked.name]
    assert Event.objects.filter(kind=Event.Kind.EXPORT).count() == 1


def test_nothing_is_left_of_a_worker_that_failed(asked, at):
    ReportFile.objects.update(format="gone")

    with pytest.raises(KeyError):
        make(asked, at)

    assert list(keeping.making().iterdir()) == []
    assert ReportFile.objects.downloadable(at=at).count() == 0


def test_without_its_mandate_there_is_no_file(asked, ines, at):
    Mandate.objects.filter(holder=ines).update(ended_at=at, ended_reason="Oficio 9")

    file = make(asked, at)

    assert (file.trouble, file.failed_at, file.name) == ("mandate-over", at, "")


def test_a_file_that_grew_over_the_limit_is_not_made(asked, at, settings):
    settings.REPORT_PEOPLE_LIMIT = 2

    assert make(asked, at).trouble == "grown"


def test_a_file_that_is_too_much_for_the_day_is_not_made(asked, ines, at, settings):
    settings.REPORT_PEOPLE_LIMIT = 3
    note_export(ines, whom={PersonFactory().pk}, columns=["name"], at=at)

    file = make(asked, at)

    assert (file.trouble, file.name, keeping.names()) == ("crowd", "", [])
    assert Event.objects.filter(kind=Event.Kind.EXPORT).count() == 1


def test_a_file_to_which_a_second_person_said_yes_is_made(asked, ines, at, settings):
    settings.REPORT_PEOPLE_LIMIT = 3
    note_export(ines, whom={PersonFactory().pk}, columns=["name"], at=at)
    ReportFile.objects.update(needs_second=True, approved_at=at)

    assert make(asked, at).trouble == ""


def test_a_file_is_made_of_what_is_so_then(asked, line, at):
    line(PersonFactory(legal_name="Zoila Cruz"))

    file = make(asked, at)

    assert table(file)[-1][0] == "Zoila Cruz"
    assert file.rows == 4


def test_a_question_that_cannot_be_asked_any_more(asked, at):
    ReportFile.objects.update(asked={"course": "gone"})

    assert make(asked, at).trouble == "stale"


def test_a_report_of_nobody_is_a_file_too(asked, at):
    ReportLine.objects.all().delete()

    assert len(table(make(asked, at))) == 1


def test_progress_is_told_now_and_then(asked, monkeypatch):
    monkeypatch.setattr(making, "TOLD_EVERY", 0)

    making.progress(asked)(2)

    asked.refresh_from_db()
    assert asked.done == 2
