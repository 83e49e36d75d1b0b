"""Lines of the report of Guatemala's judiciary, and the moment at which it is read."""

import pytest
import time_machine

from certificates.models import LinesDrawn, ReportLine
from certificates.takeaway import keeping
from lms.folding import folded_text
from tests.factories import EnrolmentFactory, MandateFactory, PersonFactory


@pytest.fixture(autouse=True)
def nothing_kept():
    """No file of one test is there in the next."""
    yield
    for name in keeping.names():
        keeping.delete(name)


@pytest.fixture
def now(at):
    """Let it be noon on 2 November 2026, for screens too."""
    with time_machine.travel(at, tick=False):
        yield at


@pytest.fixture
def line(edition, judiciary, at):
    """Return a function that makes a line about a person of the judiciary."""
    LinesDrawn.objects.create(as_of=at)

    def make(person, **facts):
        enrolment = EnrolmentFactory(learner=person, edition=edition)
        return ReportLine.objects.create(
            **{
                "person": person,
                "name": folded_text(person.legal_name),
                "course": edition.course,
                "edition": edition,
                "enrolment": enrolment,
                "institution": judiciary,
                "institution_at_end": judiciary,
                "confirmed": True,
                "country": "GT",
                "track": person.track,
                "language": person.language,
                "enrolled_at": at,
                "total": 4,
                "changed_at": at,
            }
            | facts
        )

    return make


@pytest.fixture
def lines(line, ana):
    """Ana, and two more judges."""
    others = [PersonFactory(legal_name=f"Berta {n} Cruz") for n in (1, 2)]
    return [line(person) for person in [ana, *others]]


@pytest.fixture
def lucia(db):
    """Lucía reads the reports of the whole of Guatemala."""
    person = PersonFactory(email="lucia@example.org", legal_name="Lucía Paz Ordóñez")
    MandateFactory(holder=person)
    return person
