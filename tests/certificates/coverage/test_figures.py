"""The figures of the region: posts at work by country, in one query and a bit."""

import pytest

from certificates.coverage.figures import figures_by_country
from certificates.coverage.posts import Figures
from tests.certificates.coverage.building import ON, a_post, certify, holds, of
from tests.factories import NOON, InstitutionFactory

pytestmark = pytest.mark.django_db


def test_each_country_has_its_figures(judiciary, edition, ines, hugo, post):
    abroad = InstitutionFactory(country="HN")
    a_post(abroad, edition.course, hugo)
    a_post(abroad, edition.course, hugo, retired_at=NOON)
    person = of(judiciary)
    holds(person, post)
    certify(person, edition, on=ON, until=None)

    assert figures_by_country(on=ON) == {
        "GT": Figures(covered=1),
        "HN": Figures(unnamed=1),
    }
