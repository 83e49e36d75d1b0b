"""An editor of questions, signed in."""

import pytest

from courses.editors import ensure_editors
from tests.factories import PersonFactory


@pytest.fixture
def elena(client, db):
    person = PersonFactory(email="elena@example.org", is_staff=True)
    ensure_editors().user_set.add(person)
    client.force_login(person)
    return person
