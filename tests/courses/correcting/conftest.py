"""Two editors, and learners who answered a question whose key is wrong."""

import pytest

from courses.correcting import actions
from courses.editors import ensure_editors
from courses.models import QuestionVersion
from tests.courses.answering import begin, hand_in
from tests.factories import NOON, EnrolmentFactory, PersonFactory, right_answer


def editor(email: str):
    person = PersonFactory(email=email, is_staff=True)
    ensure_editors().user_set.add(person)
    return person


@pytest.fixture
def elena(db):
    return editor("elena@example.org")


@pytest.fixture
def pablo(db):
    return editor("pablo@example.org")


@pytest.fixture
def final(edition):
    return edition.activities.get(activity__kind="final").activity


@pytest.fixture
def version(final):
    """The single choice of the final test: its key says "b", and "c" is right."""
    return QuestionVersion.objects.get(question__code="C1-F-single")


def answers(**otherwise):
    """Return how somebody answers: right by the key, but for these kinds."""

    def answer(item):
        kind = item.version.document["type"]
        return otherwise[kind] if kind in otherwise else right_answer(item)

    return answer


@pytest.fixture
def taken(edition, final):
    """Let somebody hand in the final test, answering the single choice like this."""

    def take(single: str, *, pass_mark=80, **others):
        person = PersonFactory(track="judge")
        enrolment = EnrolmentFactory(learner=person, edition=edition)
        attempt = begin(enrolment, final)
        attempt.pass_mark = pass_mark
        attempt.save()
        return hand_in(attempt, answers(single=[single], **others))

    return take


@pytest.fixture
def proposed(version, elena):
    return actions.propose_key(
        version, correct=["c"], reason="Protocolo, art. 3", by=elena, at=NOON
    )
