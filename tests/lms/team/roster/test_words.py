"""Every word that a list is answered with has a sentence."""

import ast
from pathlib import Path

import pytest
from django.utils.translation import override

from lms.team import roster
from lms.team.roster.reading import BEGINNINGS, OTHER_ARCHIVES
from lms.team.roster.words import ERRORS, SENTENCES, UNREADABLE, on_their_way, sentence

FOLDER = Path(roster.__file__).parent


def said(name: str) -> set[str]:
    """Return the words that the package gives to a function of that name."""
    return {
        node.args[0].value
        for path in FOLDER.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == name
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def test_every_word_has_a_sentence():
    assert said("Unreadable") | {*BEGINNINGS.values(), *OTHER_ARCHIVES.values()} <= set(
        UNREADABLE
    )
    assert said("found") <= set(SENTENCES)
    assert len(ERRORS) == 8


@pytest.mark.parametrize("word", SENTENCES)
def test_every_sentence_can_be_said(word):
    facts = dict.fromkeys(
        ("megabytes", "most", "columns", "row", "rows", "column", "sheets"), 1
    )
    texts = {"name": "100 %", "typed": "%(x)s", "what": "name"}

    assert "%(m" not in sentence({"is": word, **facts, **texts})


def test_invitations_are_counted():
    with override("en"):
        assert on_their_way(1) == "1 invitation is on its way."
        assert on_their_way(28) == "28 invitations are on their way."
