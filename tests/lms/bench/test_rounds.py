"""What an operation costs beside doing nothing."""

from lms.bench.rounds import Operation, rows


def operation(name, costs, **limits):
    return Operation(name, iter(()), a_slice=1, costs=costs, **limits)


def test_the_median_of_the_ratios_of_each_round_decides():
    nothing = operation("nothing", [1.0, 2.0, 4.0])
    lesson = operation("lesson", [2.0, 5.0, 40.0], at_most=2.5, queries=3)

    told, judged = rows(nothing, [lesson])

    assert told.holds is None
    assert judged.cells == (
        "lesson",
        "3",
        "2.00  5.00  40.00",
        "2.00  2.50  10.00",
        "≤ 2.5",
    )
    assert judged.holds is True


def test_what_costs_more_than_it_may_does_not_hold():
    nothing = operation("nothing", [1.0, 1.0, 1.0])
    lesson = operation("lesson", [2.4, 2.6, 2.6], at_most=2.5)

    assert rows(nothing, [lesson])[1].holds is False
