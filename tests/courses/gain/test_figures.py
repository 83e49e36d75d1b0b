"""What is shown of whom: nothing of few, nothing that tells what few answered."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from courses.gain import facts
from courses.gain.chart import chart_of
from courses.gain.figures import figures_of, figures_of_everybody
from courses.gain.rules import percent
from courses.gain.tables import table_of
from courses.models import Activity, Attempt
from lms.people.choices import Track
from tests.courses.gain.conftest import add_edition
from tests.factories import NOON, PersonFactory

pytestmark = pytest.mark.django_db
KNEW, MISSED = {"A1": 1, "B1": 1}, {"A1": 0, "B1": 0}


def figures(tested, track="", language="en"):
    return figures_of(
        facts.all_attempts(),
        course=tested.edition.course,
        track=track,
        until=NOON,
        language=language,
    )


def shown(found):
    return {one.title: one.gain and one.gain.percents[:3] for one in found.objectives}


def test_gain_by_objective_in_the_order_of_the_course(tested):
    tested.many(6, before=MISSED, after=KNEW)
    tested.many(4, before=MISSED, after={"A1": 0, "B1": 1})

    found = figures(tested)

    assert shown(found) == {"1. Module B": (0, 100, 100), "2. Module A": (0, 60, 60)}
    assert [one.gain.people for one in found.objectives] == [10, 10]
    assert (found.together.people, found.together.percents[:3]) == (10, (0, 80, 80))


def test_nine_people_are_too_few(tested):
    tested.many(9, before=MISSED, after=KNEW)

    found = figures(tested)

    assert shown(found) == {"1. Module B": None, "2. Module A": None}
    assert (found.together, found.items) == (None, [])
    assert (found.judged, found.unjudged) == (0, 2)


def test_all_together_are_hidden_beside_a_hidden_objective(tested):
    tested.many(10, before=MISSED, after={"B1": 1})
    tested.many(3, before=MISSED, after=KNEW)

    found = figures(tested)

    assert shown(found) == {"1. Module B": (0, 100, 100), "2. Module A": None}
    assert found.together is None


def test_a_track_is_hidden_where_it_would_tell_of_a_smaller_one(tested):
    for track, number in {Track.JUDGE: 20, Track.OPI: 12, Track.OTHER: 2}.items():
        tested.many(number, before=MISSED, after=KNEW, track=track)

    people = {
        track: [
            one.gain and one.gain.people for one in figures(tested, track).objectives
        ]
        for track in ("", *Track.values)
    }

    assert people == {
        "": [34, 34],
        "judge": [20, 20],
        "prosecutor": [],
        "opi": [None, None],
        "other": [None, None],
    }
    assert figures(tested, "prosecutor").together is None


def test_questions_below_sixty_percent_the_least_known_first(tested):
    after = [
        {"A1": 1, "A9": int(n < 5), "B9": int(n < 6), "B1": int(n < 2)}
        for n in range(10)
    ]
    for one in after:
        tested.both(PersonFactory(), before=MISSED, after=one)

    found = figures(tested)

    assert [
        (item.question.code, item.module, item.lesson, item.share.percents[0])
        for item in found.items
    ] == [
        ("B1", "1. Module B", "1.1 Lesson B", 20),
        ("A9", "2. Module A", "2.1 Lesson A", 50),
    ]
    assert (found.judged, found.unjudged) == (4, 0)


def add_finals_alone(tested, number, **right):
    for person in PersonFactory.create_batch(number):
        tested.answer(tested.enrol(person), tested.final, days=20, **right)


@pytest.mark.parametrize(("others", "people"), [(3, 10), (10, 20)])
def test_questions_do_not_tell_what_few_without_a_pretest_answered(
    tested, others, people
):
    tested.many(10, before={"A1": 0}, after={"A1": 0, "A9": 0})
    add_finals_alone(tested, others, A1=0, A9=0)

    counted = {item.question.code: item.share.people for item in figures(tested).items}

    assert counted == {"A1": people, "A9": 10 + others}


def test_only_questions_of_the_track_are_counted(tested):
    tested.many(10, before={"A1": 0}, after={"A1": 1})
    tested.many(10, before={"B1": 0}, after={"B1": 1}, track=Track.OPI)

    found = figures(tested, Track.OPI)

    assert (found.judged, found.unjudged) == (1, 0)
    assert shown(found) == {"1. Module B": (0, 100, 100)}


def test_titles_are_those_of_the_newest_edition(tested):
    tested.many(10, before=MISSED, after=KNEW)
    newest = add_edition(tested.edition.course, "2026-2")
    for place, row in enumerate(reversed(tested.edition.activities.all()), start=1):
        row.pk, row.edition, row.position, row.number = (
            None,
            newest,
            place,
            f"{place}.1",
        )
        row.module_titles = {"es": row.module_titles["es"] + " nuevo"}
        row.save()

    assert list(shown(figures(tested))) == ["1. Módulo A nuevo", "2. Módulo B nuevo"]


def test_figures_are_those_of_plain_python(crowd):
    """Means of people, reckoned from their rows without any of our words."""
    found = {one.title: one.gain.percents[:3] for one in figures(crowd).objectives}

    for letter, title in (("B", "1. Module B"), ("A", "2. Module A")):
        means = []
        for kind in (Activity.Kind.PRETEST, Activity.Kind.FINAL):
            shares = []
            for attempt in Attempt.objects.filter(activity__kind=kind):
                points = [
                    item.points
                    for item in attempt.items.all()
                    if item.version.question.code in {f"{letter}1", f"{letter}2"}
                ]
                shares.append(sum(points) / len(points))
            means.append(percent(sum(shares) / len(shares)))
        assert found[title] == (*means, means[1] - means[0])


def test_as_many_queries_for_three_people_as_for_one(tested):
    counts = []
    for _ in (1, 3):
        tested.many(1 if not counts else 2, before=MISSED, after=KNEW)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            figures(tested)
        counts.append(len(queries))

    assert counts == [4, 4]


def test_file_says_what_the_screen_says(tested):
    tested.many(10, before=MISSED, after={"B1": 1, "A1": 0})
    tested.many(3, before={"A1": 1}, after={"A1": 0}, track=Track.OPI)

    with override("en"):
        heading, *lines = table_of(
            figures(tested), course="Trata", track="Todas", as_of=NOON
        )

    asked = ["Trata", "Todas", NOON.date()]
    assert all(len(line) == len(heading) for line in lines)
    assert [line[:8] + line[10:] for line in lines] == [
        ["objective", "1. Module B", "", "", "10–19", 0, 100, 100, *asked],
        ["objective", "2. Module A", "", "", "10–19", 23, 0, -23, *asked],
        ["all objectives", "", "", "", "10–19", 23, 38, 15, *asked],
        [
            "question of the final test",
            "2. Module A",
            "A1",
            "2.1 Lesson A",
            "10–19",
            "",
            0,
            "",
            *asked,
        ],
    ]


def test_file_is_of_the_day_that_the_screen_says(tested):
    tested.many(10, before=MISSED, after=KNEW)
    midnight = datetime(2026, 11, 2, tzinfo=UTC)  # of Monday there, Sunday here

    _heading, *lines = table_of(figures(tested), course="T", track="", as_of=midnight)

    assert {line[-1] for line in lines} == {date(2026, 11, 1)}


def test_file_has_no_figure_of_few(tested):
    tested.many(9, before=MISSED, after=KNEW)

    with override("en"):
        _heading, *lines = table_of(figures(tested), course="T", track="", as_of=NOON)

    assert [line[4:10] for line in lines] == [["fewer than 10", "", "", "", "", ""]] * 2


def test_chart_has_a_point_for_each_percentage(tested):
    tested.many(10, before=MISSED, after=KNEW)

    chart = chart_of(figures(tested).gains)

    assert chart.marks == [(0, 12), (25, 106), (50, 200), (75, 294), (100, 388)]
    assert [(row.from_x, row.to_x, row.y) for row in chart.rows] == [
        (12, 388, 60),
        (12, 388, 104),
    ]
    assert chart.height > 104


def test_everybody_is_reckoned_once_a_day(tested):
    tested.many(10, before=MISSED, after=KNEW)
    asked = {"course": tested.edition.course, "until": NOON, "language": "en"}

    first = figures_of_everybody(**asked, track="")
    with CaptureQueriesContext(connection) as queries:
        again = figures_of_everybody(**asked, track="")
    of_a_track = figures_of_everybody(**asked, track="opi")

    assert (again, len(queries)) == (first, 0)
    assert first.together.people == 10
    assert of_a_track.objectives == []
