"""Letters of one template, drawn as each test says."""

import pytest

from lms.mail import drawing

FACTS = {"url": "https://campus.example/es/"}


@pytest.fixture(autouse=True)
def register(monkeypatch):
    """A register with one template; its letters are drawn by `plain`."""
    register = {"account_unused": "tests.lms.mail.conftest.plain"}
    monkeypatch.setattr(drawing, "REGISTER", register)
    return register


def plain(letter):
    return FACTS | letter.facts
