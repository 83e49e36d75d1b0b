"""What fits a choice, what a source names, and when a question is a draft."""

from datetime import timedelta

import pytest

from courses.itembank import rules
from tests.factories import NOON, document

LATER = NOON + timedelta(days=1)


@pytest.mark.parametrize(
    ("source", "norms"),
    [
        ("", []),
        ("Protocolo de Palermo, art. 3", ["Protocolo de Palermo"]),
        (
            "Protocolo, arts. 2-3; OIM, Manual (2007), pág. 4",
            ["Protocolo", "OIM, Manual (2007)"],
        ),
        ("Protocolo, art. 3; Protocolo, art. 9", ["Protocolo"]),
    ],
)
def test_a_source_names_norms_whatever_the_article(source, norms):
    assert rules.norms_in(source) == norms


@pytest.mark.parametrize(
    ("retired_at", "state"),
    [(None, "asked"), (NOON, "draft"), (LATER, "retired")],
)
def test_a_draft_was_never_asked(retired_at, state):
    assert rules.state_of(retired_at=retired_at, begun_at=NOON) == state


@pytest.mark.parametrize("kind", ["single", "matching"])
def test_a_language_is_missing_when_any_part_lacks_it(kind):
    whole = document(kind)
    half = document(kind)
    side = half["options"]["right"] if kind == "matching" else half["options"]
    side[0]["en"] = ""

    assert rules.lacking(whole, ["es", "en"]) == []
    assert rules.lacking(half, ["es", "en"]) == ["en"]
    assert rules.lacking(whole | {"feedback": {"es": "x"}}, ["es", "en"]) == ["en"]
    assert rules.lacking(document("short"), ["es", "en"]) == []


def test_what_is_asked_is_read_in_every_language():
    said = rules.asks_of(document("matching"), ["es", "en"])

    assert "Pregunta matching Hecho uno Hecho dos Acto Medio" in said
    assert said.endswith("Medio  (en)")
    assert "explicación" not in said


@pytest.mark.parametrize(
    ("facility", "word"),
    [(None, "unknown"), (0.2, "hard"), (0.25, "middle"), (0.96, "easy")],
)
def test_measured_difficulty_has_the_bounds_of_the_analysis(facility, word):
    assert rules.ease_of(facility) == word


def test_counts_say_what_another_choice_of_the_same_heading_would_find():
    found = {
        1: {"kind": ["single"], "use": ["final"], "norm": ["A", "B"]},
        2: {"kind": ["multiple"], "use": ["final"], "norm": ["A"]},
        3: {"kind": ["single"], "use": ["practice"], "norm": []},
        4: {"kind": ["multiple"], "use": ["practice"], "norm": ["A"]},
    }
    chosen = {"kind": "single", "use": "final"}

    counts = rules.counts_of(found, chosen)

    assert rules.admitted(found, chosen) == [1]
    assert counts["kind"] == {"single": 1, "multiple": 1}
    assert counts["use"] == {"final": 1, "practice": 1}
    assert counts["norm"] == {"A": 1, "B": 1}
    assert rules.without(chosen, ["use"]) == {"kind": "single"}
