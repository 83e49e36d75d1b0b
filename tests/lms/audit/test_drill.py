"""A small form of the drill: every edit of a sealed log is found."""

import pytest

from lms.audit.drill import EDITS, drill

pytestmark = pytest.mark.django_db


def test_every_kind_of_edit_is_found():
    findings = drill(None, len(EDITS), seed=1)

    assert [finding for finding in findings if not finding.holds] == []


def test_edits_of_rows_that_chance_picks_are_found():
    findings = drill(None, 5)

    assert [finding for finding in findings if not finding.holds] == []
