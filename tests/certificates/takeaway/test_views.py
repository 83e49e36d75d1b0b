"""Taking the report away: at once, later, whole or in parts; and keeping it."""

import csv
import json
from datetime import timedelta
from io import BytesIO, StringIO

import openpyxl
import pytest
import time_machine
from django.urls import reverse

from certificates.models import ReportFile, SavedReport, Schedule
from certificates.reports.columns import COLUMNS
from certificates.takeaway import actions, handing, keeping, making, rules
from certificates.takeaway.formats import FORMATS
from certificates.takeaway.forms import ScheduleForm
from certificates.takeaway.reading import read
from lms.approvals.models import Approval
from lms.audit.models import Event
from lms.mail.models import Letter
from lms.people.models import User
from lms.refusals import Refused
from tests.factories import MandateFactory, PersonFactory

pytestmark = pytest.mark.usefixtures("lines", "now")
BASE = "/en/reports/completion/"


@pytest.fixture
def client(client, ines):
    client.force_login(ines)
    return client


def whole(answer):
    return answer.getvalue()


@pytest.fixture
def ready(ines, at):
    """Return a file of Inés's that a worker made."""
    file = actions.ask_for_file(
        ines, query={}, columns=["name"], format="csv-plain", language="en", at=at
    )
    making.make(str(file.uuid), clock=lambda: at)
    file.refresh_from_db()
    return file


def address(file):
    return f"{BASE}downloads/{file.uuid}/"


def test_a_small_csv_comes_at_once(client, ines, lines):
    answer = client.get(f"{BASE}take/csv/?state=in-progress")

    table = list(csv.reader(StringIO(whole(answer).decode("utf-8-sig"), newline="")))
    assert answer["Content-Disposition"] == (
        'attachment; filename="completion-report-2026-11-02-1200.csv"'
    )
    assert len(table[0]) == len(COLUMNS) + 1
    assert table[0][-1] == "As of"
    assert [row[0] for row in table[1:]] == [
        "Ana Lucía Ruiz Morales",
        "Berta 1 Cruz",
        "Berta 2 Cruz",
    ]
    (event,) = Event.objects.filter(kind=Event.Kind.EXPORT)
    assert event.actor == ines
    assert event.subjects.count() == 3


def test_whoever_asks_for_the_headers_alone_takes_nobody_away(client, ines, lines):
    answer = client.head(f"{BASE}take/csv/")

    assert answer.headers["Content-Type"].startswith("text/csv")
    assert not Event.objects.filter(kind=Event.Kind.EXPORT).exists()


def test_a_small_workbook_comes_at_once(client):
    answer = client.get(f"{BASE}take/xlsx/")

    page = openpyxl.load_workbook(BytesIO(whole(answer))).active
    assert page["A1"].value == "Completion report"
    assert page.max_column == len(COLUMNS)


def test_the_rows_are_those_in_sight(client, hugo):
    client.force_login(hugo)

    answer = client.get(f"{BASE}take/json/")

    assert json.loads(whole(answer))["rows"] == []


@pytest.mark.parametrize("kind", ["csv", "pdf"])
def test_what_takes_long_is_asked_for_on_a_page(client, kind, monkeypatch):
    monkeypatch.setattr(rules, "MOST_AT_ONCE", 2)

    answer = client.get(f"{BASE}take/{kind}/?track=judge")

    assert answer["Location"] == f"{BASE}take/?track=judge&kind={kind}"


def test_there_is_no_other_kind_of_file(client):
    assert client.get(f"{BASE}take/exe/").status_code == 404


@pytest.mark.parametrize("path", ["take/csv/", "take/", "saved/new/"])
def test_a_stale_question_leads_to_the_report_which_says_so(client, path):
    answer = client.get(f"{BASE}{path}?course=gone", follow=True)

    assert answer.redirect_chain[-1][0] == f"{BASE}?course=gone"
    assert "is not in the list" in answer.text


def test_columns_are_chosen_on_a_page(client):
    page = client.get(f"{BASE}take/?state=in-progress")
    assert "3 rows about 3 people" in page.text
    assert "State: in progress" in page.text

    answer = client.post(f"{BASE}take/", {"format": "json", "columns": ["name"]})

    assert json.loads(whole(answer))["rows"][1] == {"name": "Berta 1 Cruz"}


def test_a_pdf_is_made_by_a_worker_and_shown_as_in_the_making(client):
    given = {"format": "pdf", "columns": ["name", "state"]}

    page = client.post(f"{BASE}take/?kind=pdf", given, follow=True)

    assert page.redirect_chain == [(f"{BASE}downloads/", 302)]
    assert "The file is in the making." in page.text
    assert "0 of 3 rows" in page.text
    assert '<meta http-equiv="refresh" content="5">' in page.text


def test_what_is_too_long_for_paper_says_what_to_do(client, monkeypatch):
    given = {"format": "pdf", "columns": list(COLUMNS)}
    kind = making.FORMATS["pdf"]
    monkeypatch.setattr(type(kind), "most_rows", lambda self, columns: 2)

    page = client.post(f"{BASE}take/", given)

    assert page.status_code == 422
    assert "Choose fewer columns" in page.text


@pytest.mark.parametrize("given", [{}, {"format": "exe", "columns": ["password"]}])
def test_an_empty_form_is_refused(client, given):
    page = client.post(f"{BASE}take/", given)

    assert page.status_code == 422
    assert "There is a problem" in page.text
    assert set(page.context["form"].errors) == {"format", "columns"}
    assert not ReportFile.objects.exists()


def test_many_people_need_a_reason_and_a_second_person(client, settings):
    settings.REPORT_PEOPLE_LIMIT = 2
    given = {"format": "xlsx", "columns": ["name"]}

    refused = client.post(f"{BASE}take/", given)
    asked = client.post(f"{BASE}take/", given | {"reason": "Congreso"}, follow=True)

    assert refused.status_code == 422
    assert "waits for a second person" in asked.text
    assert Approval.objects.get().reason == "Congreso"


@pytest.fixture
def four(settings, line):
    """A limit of three people a day, three judges, and a prosecutor."""
    settings.REPORT_PEOPLE_LIMIT = 3
    return line(PersonFactory(legal_name="Zoila Cruz", track="prosecutor"))


def test_small_files_of_a_day_are_large_together(client, four, ines, at):
    judges = client.get(f"{BASE}take/csv/?track=judge")
    prosecutor = f"{BASE}take/csv/?track=prosecutor"

    page = client.get(prosecutor, follow=True)

    assert judges.status_code == 200
    assert "So many people in one day leave the platform only if" in page.text
    with time_machine.travel(at + timedelta(hours=13), tick=False):  # tomorrow
        client.force_login(ines)
        assert "Zoila Cruz" in whole(client.get(prosecutor)).decode()


def test_of_two_files_at_once_the_second_one_counts_the_first(client, four, ines, at):
    """Both were read while nobody had left; one of them is written first."""
    first, second = (
        read(ines, {"track": track}, at=at) for track in ("judge", "prosecutor")
    )
    assert (first.people_today(), second.people_today()) == (3, 1)
    handing.at_once(first, FORMATS["csv"], ["name"])

    with pytest.raises(Refused) as refused:
        handing.at_once(second, FORMATS["csv"], ["name"])

    assert refused.value.reasons == ["crowd"]
    assert Event.objects.filter(kind=Event.Kind.EXPORT).count() == 1


def test_the_second_person_reads_figures_and_no_name(client, settings, lucia, ana):
    settings.REPORT_PEOPLE_LIMIT = 2
    given = {"format": "xlsx", "columns": ["name"], "reason": "Congreso"}
    client.post(f"{BASE}take/?track=judge", given)
    client.force_login(lucia)

    page = client.get(reverse("approval", args=[Approval.objects.get().uuid]))

    assert "A file of the completion report about 3 people" in page.text
    assert "Judge" in page.text
    assert ana.legal_name not in page.text
    assert page.text.count("Approve") > 0


def test_whoever_may_not_agree_does_not_find_it(client, settings, hugo):
    settings.REPORT_PEOPLE_LIMIT = 2
    given = {"format": "xlsx", "columns": ["name"], "reason": "Congreso"}
    client.post(f"{BASE}take/", given)
    client.force_login(hugo)

    approval = Approval.objects.get().uuid

    assert client.get(reverse("approval", args=[approval])).status_code == 404
    assert "Nothing waits for you." in client.get(reverse("approvals")).text


def test_a_ministry_finds_its_approvals_from_every_page(client):
    assert f'href="{reverse("approvals")}"' in client.get(reverse("reports")).text


def test_a_file_that_is_forgotten_still_has_an_approval(client, settings, ines):
    settings.REPORT_PEOPLE_LIMIT = 2
    given = {"format": "xlsx", "columns": ["name"], "reason": "Congreso"}
    client.post(f"{BASE}take/", given)
    ReportFile.objects.all().delete()

    page = client.get(reverse("approvals"))

    assert "A large file of the completion report" in page.text


def test_downloads_say_what_became_of_each(client, ready):
    page = client.get(f"{BASE}downloads/")

    assert address(ready) in page.text
    assert "ready" in page.text
    assert "http-equiv" not in page.text


@pytest.mark.parametrize("more", [0, 2])
def test_downloads_take_as_many_queries_for_one_as_for_three(
    client, ines, ready, at, more, django_assert_num_queries
):
    for _ in range(more):
        actions.ask_for_file(
            ines, query={}, columns=["name"], format="csv", language="en", at=at
        )

    with django_assert_num_queries(6):
        client.get(f"{BASE}downloads/")


def test_why_a_file_could_not_be_made_is_said(client, ready, ines, at):
    ReportFile.objects.update(
        ready_at=None,
        until_at=None,
        event=None,
        name="",
        failed_at=at,
        trouble="broken",
    )

    page = client.get(f"{BASE}downloads/")

    assert "could not be made" in page.text
    assert "Ask for it again" in page.text


def test_a_file_is_handed_out_whole(client, ready):
    answer = client.get(address(ready))

    content = whole(answer)
    assert answer.status_code == 200
    assert len(content) == ready.size == int(answer["Content-Length"])
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["ETag"] == f'"{ready.digest[:32]}"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8"


def test_a_broken_download_goes_on_where_it_broke(client, ready):
    first = client.get(address(ready), headers={"Range": "bytes=0-9"})
    rest = client.get(
        address(ready), headers={"Range": "bytes=10-", "If-Range": first["ETag"]}
    )

    assert (first.status_code, rest.status_code) == (206, 206)
    assert rest["Content-Range"] == f"bytes 10-{ready.size - 1}/{ready.size}"
    assert whole(first) + whole(rest) == whole(client.get(address(ready)))


def test_a_file_that_is_missing_is_a_sentence(client, ready, admin):
    keeping.delete(ready.name)

    answer = client.get(address(ready))

    assert answer.status_code == 503
    assert "This file is missing on our side" in answer.text
    assert Letter.objects.get(template="trouble").person == admin


def test_of_another_file_the_whole_is_handed_out(client, ready):
    answer = client.get(
        address(ready), headers={"Range": "bytes=10-", "If-Range": '"other"'}
    )

    assert answer.status_code == 200
    assert len(whole(answer)) == ready.size


def test_beyond_the_end_there_is_nothing(client, ready):
    answer = client.get(address(ready), headers={"Range": f"bytes={ready.size}-"})

    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{ready.size}"


@pytest.mark.parametrize("who", ["hugo", "lucia", "ana"])
def test_a_file_is_its_owners_alone(client, ready, who, request):
    client.force_login(request.getfixturevalue(who))

    assert client.get(address(ready)).status_code == 404


def test_without_the_mandate_the_file_is_gone_at_once(client, ines, ready, at):
    MandateFactory(holder=ines, country="HN")
    ines.mandates.filter(country="GT").update(ended_at=at, ended_reason="Oficio 9")

    assert client.get(address(ready)).status_code == 404
    ready.refresh_from_db()
    assert ready.name == ""


def test_with_somebody_shielded_in_it_the_file_is_gone_at_once(client, ready, ana):
    User.objects.filter(pk=ana.pk).update(shielded=True)

    page = client.get(f"{BASE}downloads/")
    assert address(ready) not in page.text
    assert client.get(address(ready)).status_code == 404
    ready.refresh_from_db()
    assert ready.name == ""


def test_half_a_file_is_never_handed_out(client, ready):
    ReportFile.objects.update(ready_at=None, until_at=None, event=None, name="")

    assert client.get(address(ready)).status_code == 404


@pytest.fixture
def saved(client):
    client.post(
        f"{BASE}saved/new/?track=judge", {"name": "Jueces", "columns": ["name"]}
    )
    return SavedReport.objects.get()


def test_a_report_is_saved_under_a_name(client, saved, ines):
    page = client.get(f"{BASE}saved/")

    assert (saved.owner, saved.asked, saved.mandate) == (
        ines,
        {"track": "judge"},
        ines.mandates.get(),
    )
    assert f'href="{BASE}?track=judge"' in page.text


@pytest.mark.parametrize("path", ["saved/new/?next=schedule", "take/?kind=xlsx"])
def test_all_columns_are_taken_unless_somebody_wants_to_choose(client, path, lines):
    main = client.get(BASE + path).text.partition("<main")[2]

    before, _folded, columns = main.partition("<details>")
    total = len(COLUMNS)
    assert f"<summary>Columns: {total} of {total}</summary>" in columns
    assert columns.partition("</details>")[0].count(" checked") == total
    assert 'name="columns"' not in before


def test_a_name_that_is_taken_is_said(client, saved):
    page = client.post(f"{BASE}saved/new/", {"name": "Jueces", "columns": ["name"]})

    assert page.status_code == 422
    assert "Choose another name." in page.text


def test_with_two_mandates_one_is_chosen(client, ines, lines):
    other = MandateFactory(holder=ines, country="HN")
    given = {"name": "Jueces", "columns": ["name"]}

    assert client.post(f"{BASE}saved/new/", given).status_code == 422
    client.post(f"{BASE}saved/new/", given | {"mandate": str(other.uuid)})

    assert SavedReport.objects.get().mandate == other


def test_saving_may_go_on_to_a_schedule(client):
    answer = client.post(
        f"{BASE}saved/new/?next=schedule", {"name": "Jueces", "columns": ["name"]}
    )

    saved = SavedReport.objects.get()
    assert answer["Location"] == f"{BASE}saved/{saved.uuid}/schedule/"


def test_a_report_is_scheduled_for_those_of_the_same_scope(
    client, saved, ines, judiciary, lucia
):
    julia = PersonFactory(legal_name="Julia Sic")
    MandateFactory(holder=julia, institution=judiciary)
    page = client.get(f"{BASE}saved/{saved.uuid}/schedule/")
    assert julia.legal_name in page.text
    assert lucia.legal_name not in page.text
    given = {"every": "month", "monthday": "5", "format": "xlsx"}
    people = [str(person.uuid) for person in (ines, julia)]

    page = client.post(
        f"{BASE}saved/{saved.uuid}/schedule/",
        given | {"recipients": people},
        follow=True,
    )

    assert "It is made on November 5, 2026" in page.text or "5 " in page.text
    schedule = Schedule.objects.get()
    assert (schedule.every, schedule.day, schedule.format) == ("month", 5, "xlsx")
    assert "Every month, on day 5, as XLSX" in page.text
    looks = Event.objects.filter(purpose="recipients of a report")
    assert {person for event in looks for person in event.subjects.all()} == {julia}


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"every": "month"},
        {"every": "month", "monthday": "29"},
        {"every": "week", "weekday": "9"},
        {"every": "week", "weekday": "1", "format": "csv", "recipients": ["me"]},
    ],
)
def test_a_schedule_that_cannot_be_is_refused(client, saved, given):
    page = client.post(f"{BASE}saved/{saved.uuid}/schedule/", given)

    assert page.status_code == 422
    assert Schedule.objects.count() == 0


@pytest.mark.parametrize(("number", "refused"), [(20, False), (21, True)])
def test_a_report_goes_to_twenty_people_at_most(number, refused):
    holders = MandateFactory.build_batch(number)
    given = {
        "every": "month",
        "monthday": "5",
        "format": "csv",
        "recipients": [str(one.holder.uuid) for one in holders],
    }

    form = ScheduleForm(given, holders=holders)

    assert ("recipients" in form.errors) is refused


def test_a_schedule_is_stopped_and_says_so(client, saved, ines):
    client.post(
        f"{BASE}saved/{saved.uuid}/schedule/",
        {
            "every": "week",
            "weekday": "0",
            "format": "csv",
            "recipients": [str(ines.uuid)],
        },
    )
    schedule = Schedule.objects.get()

    page = client.post(f"{BASE}schedules/{schedule.uuid}/stop/", follow=True)

    assert "You stopped it." in page.text


def test_a_saved_report_is_deleted(client, saved):
    client.post(f"{BASE}saved/{saved.uuid}/delete/")

    assert SavedReport.objects.count() == 0


def test_what_others_saved_is_not_there(client, saved, hugo):
    client.force_login(hugo)

    assert client.get(f"{BASE}saved/{saved.uuid}/schedule/").status_code == 404
    assert client.post(f"{BASE}saved/{saved.uuid}/delete/").status_code == 404
    assert "Jueces" not in client.get(f"{BASE}saved/").text


def test_every_button_is_on_the_report(client):
    page = client.get(f"{BASE}?track=judge&page=1")

    for path in ("take/csv/", "take/xlsx/", "take/", "saved/new/"):
        assert f'href="{BASE}{path}?track=judge' in page.text
    for path in ("saved/", "downloads/"):
        assert f'href="{BASE}{path}"' in page.text
