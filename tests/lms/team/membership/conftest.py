"""The cohort that Tomás trains, and whom its rules are about."""

import pytest

from lms.models import (
    Cohort,
)
from tests.factories import (
    InstitutionFactory,
)


@pytest.fixture
def cohort(tomas):
    return Cohort.objects.get()


@pytest.fixture
def court(judiciary):
    """A court below the judiciary."""
    return InstitutionFactory(parent=judiciary, name_en="Court of Quetzaltenango")


@pytest.fixture
def place(cohort):
    return f"/en/team/cohorts/{cohort.uuid}/rules/"


@pytest.fixture
def trainer(client, tomas):
    client.force_login(tomas)
    return client
