"""The lines of the report for programs: whose, which, in pages, and written down."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from certificates.lines.drawing import draw_all
from certificates.models import ReportLine
from certificates.reports.columns import ALL, COLUMNS, values_of
from certificates.reports.filters import Asked
from certificates.reports.query import lines_of
from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.mandates.actions import end
from tests.factories import (
    AffiliationFactory,
    CohortFactory,
    EnrolmentFactory,
    MandateFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db
LINES = "/api/v1/report/lines"


def asked(program, **query):
    answer = program.get(LINES, query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def people_of(answer):
    return {line["person"] for line in answer["lines"]}


def uuids(people):
    return {str(person.uuid) for person in people}


def walked(program, meanwhile=lambda number: None, **query):
    """Read every page, and do something after each; return all lines as they came."""
    lines, cursor = [], {}
    for number in range(50):
        page = asked(program, **query, **cursor)
        lines += page["lines"]
        if page["next"] is None:
            return lines
        cursor = {"cursor": page["next"]}
        meanwhile(number)
    raise AssertionError("the pages do not end")


def test_lines_are_those_of_the_one_query(program, ines, ours, now):
    answer = asked(program, lang="en")

    lines = lines_of(ines, Asked(sort="changed"), at=timezone.now())
    rows = values_of(lines, ALL, language="en", for_machines=True)
    assert [tuple(line[key] for key in ALL) for line in answer["lines"]] == [
        tuple(str(v) if hasattr(v, "isoformat") else v for v in row) for row in rows
    ]
    assert people_of(answer) == uuids(ours)
    assert answer["filters"] == {}
    assert answer["next"] is None
    assert answer["as_of"][:19] == now.isoformat()[:19]


def test_line_has_the_keys_of_machines(program, ours, judiciary, course, now):
    line = asked(program, fields="state")["lines"][0]

    assert line == {
        "id": line["id"],
        "changed_at": line["changed_at"],
        "person": line["person"],
        "institution_code": judiciary.code,
        "course_code": course.code,
        "cohort_id": None,
        "state": "in-progress",
    }


def test_before_lines_were_ever_drawn_there_are_none(program):
    assert asked(program) == {
        "as_of": None,
        "filters": {},
        "lines": [],
        "next": None,
    }
    assert Event.objects.filter(kind=Event.Kind.EXPORT).count() == 0


def test_token_sees_one_mandate_whatever_its_holder_has(
    ines, program_of, ours, honduran, enrolled, now
):
    other = MandateFactory(holder=ines, country="HN")
    theirs = enrolled(honduran, 2, country="HN")
    draw_all(at=now)

    guatemala = program_of(ines.mandates.exclude(pk=other.pk).get())
    honduras = program_of(other)

    assert people_of(asked(guatemala)) == uuids(ours)
    assert people_of(asked(honduras)) == uuids(theirs)
    assert guatemala.get(LINES, {"country": "HN"}).status_code == 422
    assert (
        honduras.get(LINES, {"institution": "gt-organismo-judicial"}).status_code == 422
    )
    assert asked(honduras, institution=honduran.code)["lines"] != []


def test_shielded_and_unconfirmed_people_are_in_no_line(
    program, judiciary, enrolled, ours, now
):
    enrolled(judiciary, 1, shielded=True)
    [unconfirmed] = enrolled(judiciary, 1)
    unconfirmed.affiliations.update(confirmed_at=None, confirmed_by=None)
    draw_all(at=now)

    assert ReportLine.objects.count() == 5
    assert people_of(asked(program)) == uuids(ours)


def test_nothing_is_seen_after_the_mandate_ended(program, ines, ours, admin):
    cursor = asked(program, limit=1)["next"]

    end(ines.mandates.get(), by=admin, reason="Cambio de puesto", at=timezone.now())

    assert program.get(LINES, {"cursor": cursor}).status_code == 401


@pytest.mark.parametrize("limit", [1, 2, 3, 500])
def test_pages_hold_each_line_once(program, ours, limit):
    lines = walked(program, limit=limit)

    assert len(lines) == 3
    assert {line["person"] for line in lines} == uuids(ours)


def test_what_is_drawn_between_pages_loses_and_doubles_nothing_that_stayed(
    program, judiciary, enrolled, ours, now
):
    """One line changes after each page, and one is made."""
    changed, made = [], []

    def meanwhile(number):
        at = now + timedelta(seconds=number + 1)
        if number < 3:
            made.extend(enrolled(judiciary, 1))
            draw_all(at=at)
            line = ReportLine.objects.order_by("changed_at", "pk").first()
            ReportLine.objects.filter(pk=line.pk).update(changed_at=at)
            changed.append(str(line.person.uuid))

    lines = [line["person"] for line in walked(program, meanwhile, limit=1)]

    stayed = (uuids(ours) | uuids(made)) - set(changed)
    assert stayed
    assert [lines.count(person) for person in stayed] == [1] * len(stayed)
    assert set(lines) == uuids(ours) | uuids(made)


def test_changed_since_brings_what_changed_at_that_moment_or_later(
    program, judiciary, enrolled, ours, now
):
    first = asked(program)["as_of"]
    later = now + timedelta(seconds=10)
    new = enrolled(judiciary, 1)
    draw_all(at=later)

    assert people_of(asked(program, changed_since=first)) == uuids(ours + new)
    moment = later.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    assert people_of(asked(program, changed_since=moment)) == uuids(new)
    after = (later + timedelta(seconds=1)).isoformat()
    assert asked(program, changed_since=after)["lines"] == []


@pytest.mark.parametrize(
    ("filters", "number"),
    [
        ({"country": "GT"}, 3),
        ({"institution": "gt-organismo-judicial"}, 3),
        ({"track": "judge"}, 3),
        ({"track": "opi"}, 0),
        ({"state": "in-progress"}, 3),
        ({"state": "completed"}, 0),
        ({"standing": "none", "valid_on": "2026-11-30"}, 3),
        ({"from_on": "2020-01-01", "until_on": "2021-01-01"}, 0),
        ({"dated": "enrolled", "from_on": "2020-01-01"}, 3),
    ],
)
def test_filters_narrow_and_are_said_again(program, ours, filters, number):
    answer = asked(program, **filters)

    assert len(answer["lines"]) == number
    assert answer["filters"] == filters


def test_cohort_is_named_by_its_key(program, ours):
    cohort = CohortFactory(members=ours[:1])
    ours[0].report_lines.update(cohort=cohort)

    answer = asked(program, cohort=str(cohort.uuid))

    assert people_of(answer) == uuids(ours[:1])
    assert answer["lines"][0]["cohort_id"] == str(cohort.uuid)
    assert answer["filters"] == {"cohort": str(cohort.uuid)}


def test_question_names_no_more_people_than_a_file_without_a_second_person(
    program, ours, settings
):
    settings.REPORT_PEOPLE_LIMIT = 2

    answer = program.get(LINES, {"limit": 1})

    assert (answer.status_code, answer.json()["code"]) == (403, "too-many-people")
    assert Event.objects.filter(kind=Event.Kind.EXPORT).count() == 0
    settings.REPORT_PEOPLE_LIMIT = 3
    assert len(walked(program, limit=1)) == 3


def take_away(ines, number):
    """Let so many people leave in the hands of Inés, in a file."""
    record_event(
        Event.Kind.EXPORT,
        actor=ines,
        purpose="file of the completion report",
        subjects=PersonFactory.create_batch(number),
        at=timezone.now(),
    )


def test_question_counts_with_the_files_of_the_day(program, ines, ours, settings):
    settings.REPORT_PEOPLE_LIMIT = 4
    take_away(ines, 1)
    assert len(asked(program)["lines"]) == 3
    take_away(ines, 1)

    answer = program.get(LINES)

    assert (answer.status_code, answer.json()["code"]) == (403, "too-many-people")


def test_each_page_counts_those_who_left_meanwhile(program, ines, ours, settings):
    settings.REPORT_PEOPLE_LIMIT = 4
    cursor = asked(program, limit=1)["next"]
    take_away(ines, 3)

    answer = program.get(LINES, {"cursor": cursor, "limit": 1})

    assert (answer.status_code, answer.json()["code"]) == (403, "too-many-people")
    assert Event.objects.filter(kind=Event.Kind.EXPORT).count() == 2


def test_cursor_of_one_question_is_none_of_another(program, ours):
    cursor = asked(program, limit=1, track="judge")["next"]

    answer = program.get(LINES, {"cursor": cursor})

    assert answer.status_code == 422
    assert [wrong["code"] for wrong in answer.json()["errors"]] == ["other-question"]
    assert asked(program, cursor=cursor, track="judge", limit=500)["next"] is None


def test_edition_is_named_within_its_course(program, ours, edition, course):
    both = {"course": course.code, "edition": edition.label}

    assert len(asked(program, **both)["lines"]) == 3
    assert asked(program, **both)["filters"] == both
    alone = program.get(LINES, {"edition": edition.label})
    assert [wrong["field"] for wrong in alone.json()["errors"]] == ["course"]
    other = program.get(LINES, both | {"edition": "1999-1 v1"})
    assert [wrong["field"] for wrong in other.json()["errors"]] == ["edition"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"country": "XX"}, "country"),
        ({"country": ""}, "country"),
        ({"country": "HN"}, "country"),
        ({"institution": "hn-poder-judicial"}, "institution"),
        ({"institution": "a\0"}, "institution"),
        ({"cohort": str(uuid4())}, "cohort"),
        ({"cohort": "x"}, "cohort"),
        ({"course": "NONE"}, "course"),
        ({"edition": "x"}, "edition"),
        ({"state": "asleep"}, "state"),
        ({"valid_on": "30/11/2026"}, "valid_on"),
        ({"valid_on": "9999-12-31"}, "valid_on"),
        ({"from_on": "0"}, "from_on"),
        ({"from_on": "2026-02-30"}, "from_on"),
        ({"from_on": "2026-12-01", "until_on": "2026-11-30"}, "until_on"),
        ({"changed_since": "1764000000"}, "changed_since"),
        ({"changed_since": "2026-11-30T12:00:00"}, "changed_since"),
        ({"changed_since": "0001-01-01T00:00:00+14:00"}, "changed_since"),
        ({"limit": "0"}, "limit"),
        ({"limit": "501"}, "limit"),
        ({"limit": "1.0"}, "limit"),
        ({"fields": "name,secret"}, "fields"),
        ({"fields": ""}, "fields"),
        ({"fields": "person_pk"}, "fields"),
        ({"cursor": "WzFd"}, "cursor"),
        ({"lang": "fr"}, "lang"),
        ({"sort": "name"}, "sort"),
        ({"group": "course"}, "group"),
        ({"institucion": "gt-organismo-judicial"}, "institucion"),
    ],
)
def test_what_is_not_possible_is_refused_by_name(program, honduran, query, field):
    answer = program.get(LINES, query)

    assert answer.status_code == 422
    assert [wrong["field"] for wrong in answer.json()["errors"]] == [field]
    assert Event.objects.filter(kind=Event.Kind.EXPORT).count() == 0


def test_each_page_is_written_down_for_those_who_were_read(program, ines, ours):
    walked(program, limit=2, fields="name,state,name")

    events = Event.objects.filter(kind=Event.Kind.EXPORT).order_by("pk")
    assert [event.actor for event in events] == [ines, ines]
    assert [event.fields for event in events] == [["name", "state"]] * 2
    assert [event.subjects.count() for event in events] == [2, 1]
    assert {p for event in events for p in event.subjects.all()} == set(ours)


def test_holder_is_no_subject_of_their_own_reading(
    program, ines, ours, judiciary, edition, now
):
    AffiliationFactory(person=ines, institution=judiciary, confirmed=True)
    EnrolmentFactory(learner=ines, edition=edition)
    draw_all(at=now)

    assert str(ines.uuid) in people_of(asked(program))
    event = Event.objects.get(kind=Event.Kind.EXPORT)
    assert set(event.subjects.all()) == set(ours)


def test_a_line_costs_as_many_queries_as_three(program, ours):
    asked(program, limit=1)
    with CaptureQueriesContext(connection) as one:
        asked(program, limit=1)
    with CaptureQueriesContext(connection) as three:
        asked(program, limit=3)

    assert len(one) == len(three)


def test_fields_are_every_column_of_the_report(program, ours):
    line = asked(program)["lines"][0]

    assert set(COLUMNS) <= set(line)
    assert "person_pk" not in line


def test_a_limit_of_five_digits_is_answered_like_one_of_four(program, honduran):
    four, five = (
        program.get(LINES, {"limit": limit}).json()["errors"]
        for limit in ("9999", "10000")
    )

    assert five == four
