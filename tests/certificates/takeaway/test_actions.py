"""Asking for files, agreeing to them, saving and scheduling; and how that ends."""

import os
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from certificates.models import ReportFile, SavedReport, Schedule
from certificates.takeaway import actions, keeping, making
from lms.approvals.actions import decide
from lms.approvals.models import Approval
from lms.mail.models import Letter
from lms.mail.tasks import send_letters
from lms.people.models import Mandate, User
from lms.queue.exceptions import GAVE_UP
from lms.refusals import Refused
from tests.factories import MandateFactory, PersonFactory

pytestmark = pytest.mark.usefixtures("lines", "now")
GUATEMALA = ZoneInfo("America/Guatemala")
SATURDAY = datetime(2026, 11, 7, 3, tzinfo=GUATEMALA)
MONDAY = datetime(2026, 11, 9, 7, tzinfo=GUATEMALA)
A_DAY = timedelta(days=1)


def ask(owner, at, **facts):
    usual = {"query": {}, "columns": ["name"], "format": "xlsx", "language": "es"}
    return actions.ask_for_file(owner, **usual | facts, at=at)


def make(file, at):
    making.make(str(file.uuid), clock=lambda: at)
    file.refresh_from_db()
    return file


@pytest.fixture
def large(settings):
    settings.REPORT_PEOPLE_LIMIT = 2


@pytest.fixture
def saved(ines, at):
    return actions.save_report(
        ines,
        mandate=ines.mandates.get(),
        name="Los de siempre",
        query={"state": "late"},
        columns=["name", "gone"],
        at=at,
    )


def schedule_of(saved, at, *people, **facts):
    usual = {"every": "week", "day": 4, "format": "csv"}
    return actions.schedule_report(saved, **usual | facts, recipients=people, at=at)


@pytest.fixture
def colleague(judiciary):
    person = PersonFactory(legal_name="Julia Sic")
    MandateFactory(holder=person, institution=judiciary)
    return person


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        ({"query": {"course": "gone"}}, ["stale"]),
        ({"query": {"institution": "9999"}}, ["stale"]),
    ],
)
def test_what_cannot_be_asked_for_is_refused(ines, at, facts, reasons):
    with pytest.raises(Refused) as refused:
        ask(ines, at, **facts)

    assert refused.value.reasons == reasons
    assert ReportFile.objects.count() == 0


def test_whoever_holds_no_mandate_gets_no_file(ana, at):
    with pytest.raises(Refused) as refused:
        ask(ana, at)

    assert refused.value.reasons == ["no-mandate"]


def test_a_large_file_needs_a_reason(ines, at, large):
    with pytest.raises(Refused) as refused:
        ask(ines, at, reason=" ")

    assert refused.value.reasons == ["reason-missing"]


def test_a_large_file_waits_for_a_second_person(ines, at, large):
    file = ask(ines, at, reason="Informe al Congreso")

    approval = Approval.objects.get()
    assert (approval.subject, approval.asked_by) == (file.uuid, ines)
    assert file.task is None
    assert make(file, at).ready_at is None


def sent():
    """Send what is posted by now, as a worker does; return the letters."""
    Letter.objects.update(next_at=timezone.now(), due_at=timezone.now())
    send_letters.call()
    return mail.outbox


def test_who_may_be_the_second_one_gets_a_letter_without_a_name(
    ines, lucia, colleague, hugo, at, large
):
    ask(ines, at, reason="Informe al Congreso")

    letters = sent()

    assert {to for letter in letters for to in letter.to} == {
        lucia.email,
        colleague.email,
    }
    for letter in letters:
        assert "/approvals/" in letter.body
        assert ines.legal_name not in letter.body
        assert "Congreso" not in letter.body


def test_who_asked_for_nothing_is_written_to_in_office_hours(
    saved, ines, lucia, at, large
):
    schedule = schedule_of(saved, at, ines)
    ask(ines, SATURDAY, reason="Informe al Congreso")
    actions.stop_schedule(schedule, why="stale", at=SATURDAY)

    dues = Letter.objects.order_by("template").values_list("template", "due_at")

    assert list(dues) == [("report_second", MONDAY), ("report_stopped", MONDAY)]


def test_nobody_is_told_of_a_file_that_was_decided_meanwhile(
    ines, lucia, colleague, at, large
):
    ask(ines, at, reason="Informe al Congreso")
    decide(Approval.objects.get(), approve=True, by=lucia, at=at)

    assert sent() == []


def test_a_large_file_is_made_once_another_one_agrees(ines, lucia, at, large):
    file = ask(ines, at, reason="Informe al Congreso")

    decide(Approval.objects.get(), approve=True, by=lucia, at=at)

    file.refresh_from_db()
    assert file.approved_at == at
    assert DBTaskResult.objects.filter(pk=file.task).exists()
    assert make(file, at).ready_at == at


def test_a_large_file_that_was_refused_is_never_made(ines, lucia, at, large):
    file = ask(ines, at, reason="Informe al Congreso")

    decide(Approval.objects.get(), approve=False, by=lucia, at=at, reason="No")

    assert make(file, at).turned_down_at == at
    assert file.ready_at is None
    with pytest.raises(Refused):
        actions.agree(file, at=at)


def test_a_large_file_that_grew_after_the_yes_is_not_made(ines, lucia, line, at, large):
    file = ask(ines, at, reason="Informe al Congreso")
    decide(Approval.objects.get(), approve=True, by=lucia, at=at)
    line(PersonFactory(legal_name="Zoila Cruz"))

    assert make(file, at).trouble == "grown"


def test_who_may_be_the_second_one(ines, lucia, colleague, hugo, tomas, at, large):
    file = ask(ines, at, reason="Informe al Congreso")
    on = at.date()

    def may(person):
        files = ReportFile.objects.all().agreeable_to(person, on=on)
        return files.contains(file)

    assert [may(p) for p in (lucia, colleague, hugo, tomas)] == [
        True,
        True,
        False,
        False,
    ]


def test_nobody_below_agrees_to_a_file_of_the_country(lucia, ines, at, large):
    file = ask(lucia, at, reason="Informe al Congreso")

    files = ReportFile.objects.all().agreeable_to(ines, on=at.date())

    assert not files.contains(file)
    with pytest.raises(Refused) as refused:
        decide(Approval.objects.get(), approve=True, by=ines, at=at)
    assert refused.value.reasons == ["not-yours"]


def test_a_saved_report_keeps_what_there_is(saved, ines):
    assert saved.asked == {"state": "late"}
    assert saved.columns == ["name"]
    assert list(SavedReport.objects.own(ines)) == [saved]


def test_a_name_is_used_once(saved, ines, at):
    with pytest.raises(Refused) as refused:
        actions.save_report(
            ines, mandate=saved.mandate, name=saved.name, query={}, columns=[], at=at
        )

    assert refused.value.reasons == ["name-taken"]


def test_a_schedule_is_for_those_of_the_same_scope(saved, ines, lucia, at):
    with pytest.raises(Refused) as refused:
        schedule_of(saved, at, ines, lucia)

    assert refused.value.reasons == ["other-scope"]
    assert Schedule.objects.count() == 0


def test_a_schedule_asks_for_a_file_for_each_recipient(saved, ines, colleague, at):
    schedule = schedule_of(saved, at, ines, colleague)
    friday = datetime(2026, 11, 6, 6, tzinfo=GUATEMALA)
    assert schedule.next_at == friday

    assert actions.run_due(at=friday - timedelta(minutes=1)) == 0
    assert actions.run_due(at=friday) == 1
    assert actions.run_due(at=friday) == 0

    files = ReportFile.objects.order_by("owner")
    assert [file.owner for file in files] == [ines, colleague]
    assert {file.schedule for file in files} == {schedule}
    schedule.refresh_from_db()
    assert schedule.next_at == friday + timedelta(days=7)


def told(*files):
    """Return when the letter about each file may go out, and until when it stays."""
    dues = dict(Letter.objects.values_list("event", "due_at"))
    return [(dues[f"report-file:{one.uuid}"], one.until_at) for one in files]


def test_a_file_somebody_asks_for_at_night_is_told_of_at_once(ines, at):
    file = make(ask(ines, SATURDAY), SATURDAY)

    assert told(file) == [(SATURDAY, SATURDAY + A_DAY)]


def test_a_schedules_letter_keeps_to_office_hours_and_so_does_its_day(saved, ines, at):
    schedule = schedule_of(saved, at, ines)
    Schedule.objects.update(next_at=SATURDAY)
    actions.run_due(at=SATURDAY)

    file = make(schedule.files.get(), SATURDAY)

    assert told(file) == [(MONDAY, MONDAY + A_DAY)]


def test_who_has_a_schedule_made_now_is_told_at_once_and_nobody_else_is(
    saved, ines, colleague, at
):
    schedule = schedule_of(saved, at, ines, colleague)
    actions.run_now(schedule, at=SATURDAY)

    files = [make(file, SATURDAY) for file in schedule.files.order_by("owner")]

    assert [file.owner for file in files] == [ines, colleague]
    assert told(*files) == [(SATURDAY, SATURDAY + A_DAY), (MONDAY, MONDAY + A_DAY)]


def test_who_lost_the_mandate_gets_no_file(saved, ines, colleague, at):
    schedule = schedule_of(saved, at, ines, colleague)
    colleague.mandates.update(ended_at=at, ended_reason="Oficio 9")

    actions.run_due(at=schedule.next_at)

    assert [file.owner for file in ReportFile.objects.all()] == [ines]


def test_a_schedule_ends_with_the_mandate_of_its_owner_and_says_so(
    saved, ines, colleague, at
):
    schedule = schedule_of(saved, at, ines, colleague)
    ines.mandates.update(ended_at=at, ended_reason="Oficio 9")

    actions.run_due(at=schedule.next_at)

    schedule.refresh_from_db()
    assert schedule.stopped_why == "mandate-over"
    assert ReportFile.objects.count() == 0
    Letter.objects.update(next_at=at, due_at=at)
    send_letters.func()
    (letter,) = mail.outbox
    assert letter.to == [ines.email]
    assert "mandate" in letter.body or "mandato" in letter.body


def test_a_schedule_without_recipients_stops(saved, colleague, at):
    schedule = schedule_of(saved, at, colleague)
    colleague.mandates.update(ended_at=at, ended_reason="Oficio 9")

    actions.run_due(at=schedule.next_at)

    schedule.refresh_from_db()
    assert schedule.stopped_why == "nobody-left"


def test_a_schedule_whose_question_is_stale_stops(saved, ines, at):
    schedule = schedule_of(saved, at, ines)
    SavedReport.objects.update(asked={"course": "gone"})

    actions.run_due(at=schedule.next_at)

    schedule.refresh_from_db()
    assert schedule.stopped_why == "stale"


def test_a_schedule_is_made_before_its_day_and_keeps_its_day(saved, ines, at):
    schedule = schedule_of(saved, at, ines)
    day = schedule.next_at

    assert actions.run_now(schedule, at=at) is True

    schedule.refresh_from_db()
    assert ReportFile.objects.get().schedule == schedule
    assert schedule.next_at == day


def test_a_stopped_schedule_is_not_made_now(saved, ines, at):
    schedule = schedule_of(saved, at, ines)
    actions.stop_schedule(schedule, why="by-owner", at=at)

    assert actions.run_now(schedule, at=at) is False
    assert not ReportFile.objects.exists()


def test_its_owner_stops_a_schedule_without_a_letter(saved, ines, at):
    schedule = schedule_of(saved, at, ines)

    assert actions.stop_schedule(schedule, why="by-owner", at=at) is True
    assert actions.stop_schedule(schedule, why="by-owner", at=at) is False
    assert Letter.objects.count() == 0


def test_a_file_outlives_the_schedule_that_asked_for_it(saved, ines, at):
    schedule = schedule_of(saved, at, ines)
    actions.run_due(at=schedule.next_at)

    actions.forget_report(saved)

    assert Schedule.objects.count() == 0
    assert ReportFile.objects.get().schedule is None


def test_what_was_given_up_says_that_it_could_not_be_made(ines, at):
    file = ask(ines, at)
    file.refresh_from_db()
    DBTaskResult.objects.filter(pk=file.task).update(
        status="FAILED", exception_class_path=GAVE_UP
    )

    assert actions.give_up_what_failed(at=at) == 1
    assert actions.give_up_what_failed(at=at) == 0

    file.refresh_from_db()
    assert (file.trouble, file.failed_at) == ("broken", at)


def test_a_file_goes_when_its_day_is_over(ines, at):
    file = make(ask(ines, at), at)

    assert actions.delete_what_is_over(at=at + timedelta(hours=23)) == 0
    assert actions.delete_what_is_over(at=at + timedelta(hours=24)) == 1

    file.refresh_from_db()
    assert file.name == ""
    assert keeping.names() == []


def test_a_file_goes_with_its_mandate(ines, at):
    file = make(ask(ines, at), at)
    ines.mandates.update(ended_at=at, ended_reason="Oficio 9")

    assert actions.delete_what_is_over(at=at) == 1
    file.refresh_from_db()
    assert file.name == ""


def test_a_file_goes_when_somebody_in_it_is_shielded(ines, ana, at):
    make(ask(ines, at), at)
    User.objects.filter(pk=ana.pk).update(shielded=True)

    assert actions.delete_what_is_over(at=at) == 1


def test_what_is_told_of_a_file_goes_after_a_month(ines, at):
    make(ask(ines, at), at)
    later = at + timedelta(days=30)
    assert actions.forget_old(at=later) == 0  # its file first

    actions.delete_what_is_over(at=later)

    assert actions.forget_old(at=later - timedelta(seconds=1)) == 0
    assert actions.forget_old(at=later) == 1


def test_what_killed_workers_left_is_swept_up(ines, at):
    kept = make(ask(ines, at), at)
    stray = keeping.storage().save("reports/stray", ContentFile(b"half"))
    draft = keeping.making() / "draft"
    draft.write_bytes(b"half")
    old = (at - timedelta(days=1, minutes=1)).timestamp()
    os.utime(draft, (old, old))

    assert keeping.sweep(at=at) == 1
    assert keeping.sweep(at=at + timedelta(days=2)) == 1

    assert not keeping.storage().exists(stray)
    assert keeping.storage().exists(kept.name)
    assert not draft.exists()


def test_a_mandate_that_is_not_over_keeps_its_files(ines, at):
    file = make(ask(ines, at), at)

    assert ReportFile.objects.own(ines).downloadable(at=at).contains(file)
    assert Mandate.objects.filter(report_files=file).count() == 1
