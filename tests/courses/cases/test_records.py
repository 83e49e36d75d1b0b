"""What cases keep: read by their learner, exported to them, forgotten with them."""

import pytest
from django.utils.translation import override

from courses.cases.actions import decide, start_run
from courses.cases.kept import lines
from courses.cases.records import decisions, runs
from courses.models import CaseDecision, CaseRun
from lms.people.records import Leaver, erase_records
from tests.courses.cases.small import key


@pytest.fixture
def run(taking, case, at):
    run = start_run(taking, activity=case, role="judge", at=at)
    decide(run, step="1", option=key("1c"), reasons="Mis motivos", language="es", at=at)
    return run


def test_a_person_exports_their_runs_and_reasons(ana, run, at):
    with override("en"):
        found = runs(ana, "en")

    assert found == [
        {
            "title": "Caso (en)",
            "number": 1,
            "role": "judge",
            "begun": at,
            "ended": at,
            "critical error": None,
            "percent": 0,
        }
    ]
    assert decisions(ana, "es") == [
        {
            "case": "Caso",
            "step": "Paso 1",
            "decision": "Decidir 1c",
            "reasons": "Mis motivos",
            "at": at,
        }
    ]


def test_nobody_exports_those_of_another(bruno, run):
    assert runs(bruno, "es") == []
    assert decisions(bruno, "es") == []


def test_decisions_go_with_their_person(ana, run, at):
    """As answers do; what they were worth stays."""
    erase_records(Leaver(person=ana, addresses=frozenset(), at=at))

    assert not CaseDecision.objects.exists()
    assert CaseRun.objects.get().score == 0


def test_runs_and_reasons_are_in_nobody_elses_sight(tomas, ana, run):
    assert not CaseRun.objects.visible_to(tomas).exists()
    assert CaseRun.objects.visible_to(ana).exists()
    assert not CaseDecision.objects.visible_to(tomas).exists()
    assert CaseDecision.objects.visible_to(ana).exists()


def test_kept_counts_runs_and_decisions(ana, bruno, run):
    (kept,) = lines(ana, "es")

    assert len(kept.values) == 2
    assert lines(bruno, "es") == []
