"""The figures of the report for programs: the same as on screen, and nobody's name."""

import pytest
from django.utils import timezone

from certificates.lines.drawing import draw_all
from certificates.reports.figures import totals_of
from certificates.reports.filters import Asked
from lms.audit.models import Event
from tests.factories import CohortFactory, InstitutionFactory, MandateFactory

pytestmark = pytest.mark.django_db
TOTALS = "/api/v1/report/totals"


def asked(program, **query):
    answer = program.get(TOTALS, query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_totals_are_those_of_the_report(program, ines, ours):
    found = asked(program)

    figures = totals_of(ines, Asked(), at=timezone.now()).figures
    assert found["figures"] == {
        "lines": 3,
        "people": 3,
        "owed": 3,
        "completed": 0,
        "in_progress": 3,
        "late": 0,
        "not_begun": 0,
        "withdrawn": 0,
        "valid": 0,
        "soon": 0,
    }
    assert found["figures"]["lines"] == figures.lines
    assert found["valid_on"] == str(timezone.localdate())
    assert (found["other"], found["groups"], found["filters"]) == (None, [], {})
    assert (found["unconfirmed"], found["erased"]) == (0, 0)


def test_totals_name_nobody_and_are_no_look(program, ours):
    answer = program.get(TOTALS, {"group": "institution"})

    assert answer.json()["figures"]["people"] == len(ours) > 0
    for person in ours:
        assert person.legal_name not in answer.content.decode()
    assert Event.objects.filter(kind=Event.Kind.EXPORT).count() == 0


def test_shielded_people_change_no_figure(program, judiciary, enrolled, ours, now):
    before = asked(program)
    enrolled(judiciary, 6, shielded=True)
    draw_all(at=now)

    found = asked(program)

    assert "shielded" not in found
    assert found | {"as_of": None} == before | {"as_of": None}


@pytest.mark.parametrize(
    ("group", "word"),
    [
        ("country", "GT"),
        ("institution", "gt-organismo-judicial"),
        ("track", "judge"),
        ("cohort", None),
        ("course", "course"),
        ("edition", "edition"),
        ("language", "es"),
        ("state", "in-progress"),
        ("standing", "none"),
    ],
)
def test_groups_are_called_as_the_filters_call_them(
    program, ours, course, edition, group, word
):
    words = {"course": course.code, "edition": edition.label}

    [found] = asked(program, group=group, lang="en")["groups"]

    assert found["by"] == {group: words.get(word, word)}
    assert found["figures"]["lines"] == 3
    assert len(found["labels"]) == 1


def test_groups_by_two_and_beside_another_period(ines, program_of, ours, enrolled, now):
    below = InstitutionFactory(code="gt-juzgado", parent=None)
    country = program_of(MandateFactory(holder=ines))
    enrolled(below, 2)
    draw_all(at=now)

    found = asked(
        country,
        group="institution",
        then="track",
        from_on="2020-01-01",
        other_from="2010-01-01",
        other_until="2010-12-31",
    )

    assert [(one["by"], one["figures"]["lines"]) for one in found["groups"]] == [
        ({"institution": "gt-organismo-judicial", "track": "judge"}, 3),
        ({"institution": "gt-juzgado", "track": "judge"}, 2),
    ]
    assert [one["other"]["lines"] for one in found["groups"]] == [0, 0]
    assert found["other"]["lines"] == 0


def test_cohorts_are_called_by_their_key(program, ours, edition, now):
    cohort = CohortFactory(members=ours[:1])
    line = ours[0].report_lines.get()
    line.cohort = cohort
    line.save()

    found = asked(program, group="cohort")["groups"]

    keys = {one["by"]["cohort"]: one["figures"]["lines"] for one in found}
    assert keys == {str(cohort.uuid): 1, None: 2}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"group": "name"}, "group"),
        ({"group": "course", "then": "course"}, "then"),
        ({"other_from": "2026-01-01"}, "from_on"),
        ({"limit": "3"}, "limit"),
    ],
)
def test_what_is_not_possible_is_refused_by_name(program, query, field):
    answer = program.get(TOTALS, query)

    assert answer.status_code == 422
    assert [wrong["field"] for wrong in answer.json()["errors"]] == [field]
