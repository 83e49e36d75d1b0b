"""The completion report on screen: what it says, to whom, and what is written down."""

import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from django.utils.translation import gettext, override

from certificates.models import LinesDrawn
from certificates.reports.views.completion import FIELDS, PERSON, REPORT
from courses.models import Completion
from lms.audit.models import Event
from lms.models import Affiliation
from tests.certificates.reports.storing import a_line
from tests.factories import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
PATH = {"es": "/es/reports/completion/", "en": "/en/reports/completion/"}


@pytest.fixture
def line(ana, edition, judiciary):
    return a_line(ana, edition, judiciary, total=3, done=1)


@pytest.fixture
def confirmed(ana, ines, at):
    """The institution says that Ana belongs to it, which lines are drawn from."""
    Affiliation.objects.filter(person=ana).update(confirmed_by=ines, confirmed_at=at)


@pytest.fixture
def as_ines(client, ines):
    client.force_login(ines)
    return client


def page(client, language="en", **asked):
    answer = client.get(PATH[language], asked)
    assert answer.status_code == 200
    return answer.content.decode()


def of_person(person, language="en"):
    return f"{PATH[language]}people/{person.uuid}/"


def test_ines_sees_who_takes_which_course(as_ines, line, ana):
    text = page(as_ines)

    assert "Ana Lucía Ruiz Morales" in text
    assert "C1 · 2026-1 v1" in text
    assert "1 of 3" in text
    assert of_person(ana) in text


def test_on_a_telephone_a_card_says_name_state_and_due_day_and_folds_the_rest(
    as_ines, line
):
    *_other, row = re.findall(r"<tbody>(.*?)</tbody>", page(as_ines), re.S)

    shown = re.findall(r'<td>(?:<b class="cell-head">)?([^<]+)', row)
    folded = re.findall(r'<td class="[^"]*fold">(?:<b class="cell-head">)([^<]+)', row)

    assert shown == ["State", "Due on"]
    assert folded == [
        "Institution and profession",
        "Course and cohort",
        "Progress",
        "Last activity",
        "Score",
        "Certificate",
    ]
    assert '<details class="unfold"><summary>See the rest<b class="hidden"> ' in row


def test_it_says_as_of_when_the_lines_hold(as_ines, line, at):
    assert "The report has not been calculated yet." in page(as_ines)

    LinesDrawn.objects.create(as_of=at)

    assert "As of 2 November 2026" in page(as_ines)


@pytest.mark.parametrize("language", ["es", "en"])
def test_before_anybody_takes_a_course_it_says_so(as_ines, language):
    with override(language):
        said = gettext(
            "Nobody of your institutions takes a course yet, or nobody has confirmed "
            "that they belong."
        )

    assert escape(said) in page(as_ines, language)


def test_the_list_says_by_what_the_report_is_grouped(as_ines, line):
    chosen = '<option value="institution" selected>'
    assert chosen in page(as_ines)
    assert chosen not in page(as_ines, group="")


def test_where_nobody_fits_each_filter_can_be_left_out(as_ines, line):
    text = page(as_ines, state="late", track="judge", group="")

    assert "Nobody fits what you ask for." in text
    assert "Ana Lucía" not in text
    assert f'href="{PATH["en"]}?track=judge"' in text
    assert f'href="{PATH["en"]}?state=late"' in text


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize(
    "stale",
    [
        {"institution": "999999"},
        {"institution": "abc"},
        {"cohort": "00000000-0000-4000-8000-000000000099"},
        {"cohort": "abc"},
        {"country": "HN"},
        {"edition": "999999"},
        {"course": "GONE"},
        {"state": "asleep"},
        {"sort": "shoe-size"},
        {"from_on": "yesterday"},
        {"from_on": "2026-12-31", "until_on": "2026-01-01"},
        {"group": "track", "then": "track"},
        {"other_from": "2026-01-01"},
    ],
    ids=lambda stale: "-".join(stale.values()),
)
def test_a_stale_bookmark_is_answered_in_words_and_with_no_line(
    as_ines, line, stale, language
):
    text = page(as_ines, language, **stale)

    with override(language):
        assert f"<title>{gettext('Error:')} " in text
    assert "Ana Lucía" not in text
    assert Event.objects.filter(kind=Event.Kind.LOOK).count() == 0


@pytest.mark.parametrize("name", ["from_on", "until_on", "valid_on"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_at_the_ends_of_time_are_refused_in_words(as_ines, line, name, day):
    assert "Give a day between 2000 and 2100." in page(as_ines, **{name: day})


def test_two_periods_stand_side_by_side(as_ines, line):
    text = page(
        as_ines,
        from_on="2026-01-01",
        until_on="2026-12-31",
        other_from="2025-01-01",
        other_until="2025-12-31",
    )

    assert "Other period" in text
    assert "<li>Enrolled: from 1 January to 31 December 2026</li>" in text
    assert "<li>Compared with: from 1 January to 31 December 2025</li>" in text


@pytest.mark.parametrize("who", ["ana", "bruno", "tomas", "sofia", "admin"])
def test_who_holds_no_mandate_of_a_ministry_finds_nothing(client, line, who, request):
    client.force_login(request.getfixturevalue(who))

    assert client.get(PATH["en"]).status_code == 404
    assert client.get(of_person(line.person)).status_code == 404


def test_hugo_sees_nobody_of_guatemala(client, line, hugo):
    client.force_login(hugo)

    assert "Ana Lucía" not in page(client)
    assert client.get(of_person(line.person)).status_code == 404


def test_a_visitor_signs_in_first(client, line):
    assert client.get(PATH["en"]).status_code == 302


def test_a_mandate_that_ended_is_gone_with_the_next_request(as_ines, ines, line, at):
    page(as_ines)

    ines.mandates.update(ended_at=at, ended_reason="over")

    assert as_ines.get(PATH["en"]).status_code == 404
    assert as_ines.get(of_person(line.person)).status_code == 404


def test_who_was_shown_is_written_down(as_ines, ines, line, ana, at):
    page(as_ines)

    event = Event.objects.get(kind=Event.Kind.LOOK)
    assert (event.actor, event.purpose, event.at) == (ines, REPORT, at)
    assert event.fields == FIELDS
    assert list(event.subjects.all()) == [ana]


def test_who_was_looked_at_alone_is_written_down(as_ines, ines, line, ana, confirmed):
    assert as_ines.get(of_person(ana)).status_code == 200

    event = Event.objects.get(kind=Event.Kind.LOOK)
    assert (event.actor, event.purpose) == (ines, PERSON)
    assert list(event.subjects.all()) == [ana]


def test_the_page_of_a_person_says_what_they_take_and_what_is_left(
    as_ines, ana, edition, judiciary, confirmed
):
    a_line(ana, edition, judiciary)

    answer = as_ines.get(of_person(ana))

    (row,) = answer.context["rows"]
    text = answer.content.decode()
    assert "Trafficking in persons" in text
    assert (row.line.done, row.line.total) == (0, len(row.progress.missing))
    assert f"0 of {row.line.total} required activities" in text


def test_the_page_of_a_person_is_of_now_in_all_its_parts(
    as_ines, line, ana, activities, confirmed, at
):
    LinesDrawn.objects.create(as_of=at - timedelta(minutes=1))
    Completion.objects.create(
        enrolment=line.enrolment,
        activity=activities["lesson-1"],
        at=at - timedelta(seconds=30),
        language="es",
    )

    answer = as_ines.get(of_person(ana))

    (row,) = answer.context["rows"]
    assert answer.context["as_of"] == at
    left = len(row.progress.missing)
    assert (row.line.done, row.line.total) == (1, 1 + left)
    assert row.line.changed_at == at


def test_nobody_out_of_sight_is_drawn_by_looking(client, line, hugo, confirmed):
    client.force_login(hugo)

    assert client.get(of_person(line.person)).status_code == 404

    line.refresh_from_db()
    assert line.done == 1


def test_who_moved_a_moment_ago_is_out_of_sight_at_once(
    as_ines, ines, line, ana, confirmed, at
):
    Affiliation.objects.filter(person=ana).update(confirmed_by=None, confirmed_at=None)

    assert as_ines.get(of_person(ana)).status_code == 404


def test_shielded_people_are_named_nowhere(as_ines, ana, line, bruno, edition):
    a_line(bruno, edition, line.institution)
    ana.shielded = True
    ana.save()

    text = page(as_ines)

    assert "Bruno" in text
    assert "Ana Lucía" not in text
    assert str(ana.uuid) not in text
    assert "Shielded people are not counted." in text
    assert as_ines.get(of_person(ana)).status_code == 404


def test_who_is_not_confirmed_is_named_nowhere(as_ines, ana, line):
    type(line).objects.update(confirmed=False)

    text = page(as_ines)

    assert "Ana Lucía" not in text
    assert "1 person whose post nobody has confirmed" in text
    assert as_ines.get(of_person(ana)).status_code == 404


def test_pages_hold_fifty_lines(as_ines, edition, judiciary):
    for number in range(51):
        person = PersonFactory(legal_name=f"Persona {number:02}")
        a_line(person, edition, judiciary, name=f"persona {number:02}")

    assert "Persona 49" in page(as_ines)
    assert "Persona 50" not in page(as_ines)
    assert "Persona 50" in page(as_ines, page="2")


def queries(client, path):
    caches["pages"].clear()
    with CaptureQueriesContext(
        connection,
    ) as context:
        assert client.get(path).status_code == 200
    return len(context)


def test_three_lines_cost_as_much_as_one(as_ines, line, edition, judiciary, at):
    LinesDrawn.objects.create(as_of=at)
    page(as_ines)
    before = queries(as_ines, PATH["en"])

    for _one in range(2):
        a_line(PersonFactory(), edition, judiciary)

    assert queries(as_ines, PATH["en"]) == before


def test_a_person_of_three_lines_costs_as_much_as_of_one(
    as_ines, line, ana, edition, judiciary, confirmed, at
):
    as_ines.get(of_person(ana))
    before = queries(as_ines, of_person(ana))

    for days in (1, 2):
        a_line(
            ana,
            edition,
            judiciary,
            enrolled_at=at - timedelta(days=days),
            withdrawn_at=at,
        )
    as_ines.get(of_person(ana))  # as before: they are drawn, and then looked at

    assert queries(as_ines, of_person(ana)) == before


def test_each_number_of_people_says_whom_it_counts(as_ines, line):
    apart = "also counts those without any course"
    together = "counts only those who take a course or were assigned one"

    assert apart in page(as_ines)
    for path in ("/en/reports/", "/en/reports/people/"):
        assert together in as_ines.get(path).text
