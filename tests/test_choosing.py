"""A landing leaves out only what another one runs; nothing is skipped unawares."""

from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connection

from tests import choosing


@pytest.mark.parametrize("parts", [choosing.PARTS, choosing.PARTS_IN_A_BROWSER])
def test_every_name_has_its_turn_within_five_landings_or_ten(parts):
    names = [f"tests/x.py::test[{number}]" for number in range(199)]

    assert {choosing.part_of(name, parts) for name in names} == set(range(parts))


@pytest.mark.parametrize(
    ("path", "package"),
    [
        ("lms/team/views/codes.py", "lms/team"),
        ("templates/team/join_code.html", "lms/team"),
        ("courses/inperson/views.py", "courses/inperson"),
        ("tests/lms/team/test_codes.py", "lms/team"),
    ],
)
def test_what_is_touched_is_the_package_whose_code_or_templates_are(path, package):
    found = choosing.packages_in([path, "README.md"])

    assert found & set(choosing.packages_of_addresses().values()) == {package}


def test_what_lies_beneath_all_touches_all():
    every = set(choosing.packages_of_addresses().values())

    assert choosing.packages_in(["templates/base.html"]) >= every
    assert choosing.packages_in(["README.md"]).isdisjoint(every)


@pytest.mark.parametrize(
    ("file", "read"),
    [
        ("screens/test_records.py", True),
        ("certificates/views/test_public.py", True),
        ("lms/mandates/test_screens.py", True),
        ("access/test_canaries.py", False),
        ("lms/mandates/test_actions.py", False),
    ],
)
def test_what_reads_words_is_told_by_its_place(file, read):
    assert choosing.reads_words(settings.BASE_DIR / "tests" / file) is read


@pytest.mark.parametrize(
    ("file", "touched", "turn", "waits"),
    [
        ("lms/team/test_codes.py", set(), False, True),
        ("lms/team/test_codes.py", {"lms/team"}, False, False),
        ("lms/team/test_codes.py", {"lms"}, True, False),
        ("lms/team/test_actions.py", set(), False, False),
        ("lms/people/test_scope_edges.py", set(), False, False),
        ("lms/team/conftest.py", set(), False, False),
        ("lms/test_cells.py", {"lms"}, False, False),
        ("upgrade/test_old_data.py", set(), False, False),
    ],
)
def test_what_asks_no_database_waits_unless_its_package_was_touched(
    file, touched, turn, waits
):
    path = settings.BASE_DIR / "tests" / file

    found = choosing.waits_for_sql(path, in_turn=lambda *of: turn, touched=touched)

    assert found is waits


class Item(SimpleNamespace):
    """A test as it was collected, of a sweep or not."""

    sweep = journey = None

    def get_closest_marker(self, name):
        return getattr(self, name)


def of_a_sweep(*about, on=None, **facts):
    sweep = pytest.mark.sweep(*about, **({"on": on} if on else {})).mark
    return [Item(nodeid=f"a[{n}]", sweep=sweep, **facts) for n in range(60)]


def even(name, parts):
    return choosing.part_of(name, parts) % 2 == 0


def test_a_part_of_a_sweep_waits_and_nothing_else():
    rest = [Item(nodeid=f"b[{n}]") for n in range(60)]

    waiting = choosing.those_that_wait(
        of_a_sweep() + rest, in_turn=even, touched={"lms/team"}
    )

    assert waiting == [one for one in of_a_sweep() if not even(one.nodeid, 5)]
    assert 10 < len(waiting) < 50


def test_a_sweep_of_what_was_touched_runs_whole():
    items = of_a_sweep(callspec=SimpleNamespace(params={"name": "join"}))
    touched = {choosing.packages_of_addresses()["join"]}

    assert choosing.those_that_wait(items, in_turn=even, touched=touched) == []


def test_what_walks_in_a_browser_waits_for_more_landings():
    asked = []

    choosing.those_that_wait(
        of_a_sweep(journey=True),
        in_turn=lambda name, parts: asked.append(parts),
        touched=set(),
    )

    assert set(asked) == {choosing.PARTS_IN_A_BROWSER}


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_what_waits_on_one_database_alone_runs_on_the_other(vendor):
    items = of_a_sweep(on=vendor)

    waiting = choosing.those_that_wait(items, in_turn=lambda *of: False, touched=set())

    assert waiting == (items if connection.vendor == vendor else [])


def test_what_belongs_together_runs_or_waits_together():
    items = of_a_sweep("courses/loader", "fixtures/courses")

    def wait(touched, turn):
        return choosing.those_that_wait(
            items, in_turn=lambda *of: turn, touched={touched}
        )

    assert wait("fixtures/courses", turn=False) == []
    assert wait("lms/team", turn=True) == []
    assert wait("lms/team", turn=False) == items


@pytest.mark.parametrize(
    ("reason", "outcome"),
    [("COPY is PostgreSQL's", "skipped"), ("zbarimg is not installed", "failed")],
)
def test_who_skips_for_no_listed_reason_fails(reason, outcome):
    report = SimpleNamespace(
        skipped=True, outcome="skipped", longrepr=("a.py", 1, f"Skipped: {reason}")
    )

    choosing.fail_if_skipped_unawares(report)

    assert report.outcome == outcome
