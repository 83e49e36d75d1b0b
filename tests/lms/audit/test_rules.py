"""What a digest covers, and what is unusual."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from lms.audit.rules import Facts, event_digest, is_unusual, seal_digest

AT = datetime(2026, 11, 2, 18, 0, 0, 123456, tzinfo=UTC)
LOOK = Facts(
    kind="look",
    at=AT,
    actor=7,
    purpose="certificate page",
    fields=["name", "country"],
    subjects=[1, 2],
)
LINK = {
    "previous": "a" * 64,
    "number": 3,
    "at": AT,
    "count": 2,
    "entries": [(1, "b" * 64), (2, "c" * 64)],
    "key": "key",
}


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "export"},
        {"at": AT + timedelta(microseconds=1)},
        {"actor": 8},
        {"actor": None},
        {"purpose": "certificate  page"},
        {"fields": ["name"]},
        {"fields": ["country", "name"]},
        {"fields": ["name,country"]},
        {"subjects": [1]},
        {"subjects": [1, 2, 3]},
        {"subjects": [12]},
    ],
)
def test_event_digest_changes_with_whatever_the_event_says(change):
    assert event_digest(replace(LOOK, **change), key="key") != event_digest(
        LOOK, key="key"
    )


def test_event_digest_is_the_same_for_the_same_moment_and_people():
    in_guatemala = AT.astimezone(timezone(timedelta(hours=-6)))
    same = replace(LOOK, at=in_guatemala, subjects=[2, 1])

    assert event_digest(same, key="key") == event_digest(LOOK, key="key")


def test_digests_depend_on_the_key():
    assert event_digest(LOOK, key="key") != event_digest(LOOK, key="other")
    assert seal_digest(**LINK) != seal_digest(**LINK | {"key": "other"})


@pytest.mark.parametrize(
    "change",
    [
        {"previous": ""},
        {"number": 4},
        {"at": AT + timedelta(microseconds=1)},
        {"count": 1},
        {"entries": [(1, "b" * 64)]},
        {"entries": [(1, "b" * 64), (3, "c" * 64)]},
        {"entries": [(1, "c" * 64), (2, "b" * 64)]},
    ],
)
def test_seal_digest_changes_with_whatever_the_link_holds(change):
    assert seal_digest(**LINK | change) != seal_digest(**LINK)


def test_seal_digest_does_not_depend_on_the_order_of_reading():
    turned = LINK | {"entries": LINK["entries"][::-1]}

    assert seal_digest(**turned) == seal_digest(**LINK)


@pytest.mark.parametrize(
    ("people", "usual", "unusual"),
    [
        (200, 0, False),
        (201, 0, True),
        (201, 201, True),
        (19, 1, False),
        (20, 6, True),
        (20, 7, False),
        (30, 10, False),
        (31, 10, True),
        (150, 0, False),
    ],
)
def test_unusual_is_too_many_for_anybody_or_for_this_person(people, usual, unusual):
    assert is_unusual(people, usual=usual) is unusual
