"""What everybody comes to see by following links and searching: nobody foreign."""

import pytest

from certificates.canary_drill import ACTORS, walk

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]
MOST = 160
# Written down by hand from the design, not taken from the drill.
HOLDERS = [
    "tomas",
    "rosa",
    "hector",
    "ines",
    "lucia",
    "gloria",
    "hugo",
    "sofia",
    "olga",
]
ADDRESSES = dict.fromkeys(["ana", "pedro", *HOLDERS], "mail grant")
ACCEPTED = dict.fromkeys(HOLDERS, "mail grant name last")
NAMES = dict.fromkeys(HOLDERS, "mail grant name last sort")
SIGHT = {
    "nobody": {},
    "ana": {"ana": "all", "tomas": "cohort name last"},
    "bruno": {"bruno": "all"},
    "tomas": {"tomas": "all", "ana": "all"},
    "rosa": {"rosa": "all", "marta": "all"},
    "hector": {"hector": "all", "carla": "all"},
    "ines": {"ines": "all", "ana": "all", "nora": "all", "pedro": "all"},
    "sofia": ADDRESSES | ACCEPTED | {"sofia": "all"},
    "elena": {"elena": "all"},
    "alma": ADDRESSES | NAMES | {"alma": "all", "bruno": "all"},
}


def beyond_sight(who, seen):
    """Return what was seen and must not be."""
    allowed = {name: fields.split() for name, fields in SIGHT[who].items()}
    return [
        (name, field, path)
        for name, field, path in seen
        if not {field, "all"} & set(allowed.get(name, []))
    ]


@pytest.mark.parametrize("who", ACTORS)
def test_nobody_comes_to_see_a_person_out_of_sight(who, people):
    told = walk(who, MOST, alike=4)

    assert len(told["asked"]) > 40
    assert told["failed"] == []
    assert beyond_sight(who, told["seen"]) == []
    assert bool(told["seen"]) is (who != "nobody")
