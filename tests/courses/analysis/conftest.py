"""People who took a final test of four questions, and an editor who looks at it."""

from datetime import timedelta
from itertools import cycle, product

import pytest
from django.contrib.auth.models import Group

from courses.editors import ensure_editors
from courses.models import Attempt, AttemptItem, Tally
from tests.courses.gain.conftest import tested  # noqa: F401 - a fixture
from tests.factories import NOON, PersonFactory

CODES = ("A1", "A9", "B1", "B9")


@pytest.fixture
def elena(db):
    person = PersonFactory(email="elena@example.org", is_staff=True)
    person.groups.add(Group.objects.get(name="Editors"))
    ensure_editors().user_set.add(person)
    return person


def takes(tested, person, *, answer="b", days=5, language="es", **right):  # noqa: F811
    """Let somebody hand in a final test, one question a minute; return the attempt."""
    enrolment = tested.enrol(person)
    points = dict.fromkeys(CODES, 1) | right
    attempt = tested.answer(enrolment, tested.final, days=days, **points)
    attempt.language = language
    attempt.save(update_fields=["language"])
    for place, item in enumerate(attempt.items.order_by("position"), start=1):
        item.answer = [answer if item.points else "a"]
        item.answered_at = attempt.started_at + timedelta(minutes=place)
        item.save(update_fields=["answer", "answered_at"])
    return attempt


def crowd(tested, number, **facts):  # noqa: F811
    """Let as many take it; every second one misses one question."""
    miss = cycle([{}, {"A9": 0}])
    people = PersonFactory.create_batch(number, track="judge")
    return [takes(tested, one, **next(miss), **facts) for one in people]


def items_of(attempts):
    return AttemptItem.objects.filter(attempt__in=attempts)


@pytest.fixture
def counted(tested):  # noqa: F811
    """Forty people in Spanish and twenty in English; half of each miss one question."""
    takes(tested, PersonFactory(track="judge"))
    Attempt.objects.update(counted_at=NOON)
    for language, people in (("es", 20), ("en", 10)):
        for total, code in product((3, 4), CODES):
            is_right = total == 4 or code != "A9"
            Tally.objects.create(
                activity=tested.final,
                version=tested.questions[code].versions.get(),
                language=language,
                track="judge",
                total=total,
                out_of=4,
                answer="b" if is_right else "a",
                points=is_right,
                people=people,
                timed=people,
                seconds=60 * people,
            )
    return tested
