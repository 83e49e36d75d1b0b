"""What the tests of the audit log share: a way to look, and a sealed log."""

from datetime import timedelta

import pytest

from lms.audit.actions import record_event, seal
from lms.audit.models import Event
from tests.factories import NOON

MINUTE = timedelta(minutes=1)


@pytest.fixture
def look(tomas):
    """Return a function by which Tomás, or somebody else, looks at people."""

    def at_people(
        *subjects, actor=tomas, at=NOON, kind=Event.Kind.LOOK, purpose="test"
    ):
        return record_event(
            kind,
            actor=actor,
            purpose=purpose,
            subjects=subjects,
            fields=["name"],
            at=at,
        )

    return at_people


@pytest.fixture
def links(look, ana, bruno, carla):
    """Three seals: over two events, one, and one."""
    look(ana)
    look(ana, bruno)
    first = seal(at=NOON)
    look(carla)
    second = seal(at=NOON + MINUTE)
    look(bruno, carla)
    return [first, second, seal(at=NOON + 2 * MINUTE)]
