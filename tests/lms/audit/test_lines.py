"""How a line of the log reads to the person it is about."""

import pytest
from django.utils.translation import override

from lms.audit.actions import record_event
from lms.audit.lines import line_of
from lms.audit.models import Event


@pytest.fixture
def read(ana, at):
    """Return a function that records an event about Ana and reads it as she does."""

    def as_ana(actor, kind=Event.Kind.LOOK, **facts):
        event = record_event(
            kind,
            actor=actor,
            subjects=[ana],
            at=at,
            **{"purpose": "certificate", "fields": ["name"]} | facts,
        )
        return line_of(event, reader=ana)

    return as_ana


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("", "somebody without an account"),
        ("ana", "you"),
        ("bruno", "somebody with an account"),
        ("admin", "somebody who works for the platform"),
    ],
)
def test_line_says_in_which_role_and_never_who(read, request, who, words):
    actor = who and request.getfixturevalue(who)

    with override("en"):
        line = read(actor or None)

    assert line.who == words
    if actor:
        assert actor.legal_name not in str(line)
        assert actor.email not in str(line)


def test_line_names_the_mandate_that_stood_at_that_moment(read, tomas, at):
    tomas.mandates.update(
        from_on=at.date(),
        until_on=at.date(),
        granted_at=at,
        approved_at=at,
        accepted_at=at,
    )
    with override("en"):
        assert read(tomas).who == "National trainer"

    tomas.mandates.update(ended_at=at, ended_reason="over")
    with override("en"):
        assert read(tomas).who == "somebody with an account"


def test_line_says_what_was_done_and_shown(read, at):
    with override("en"):
        line = read(None, Event.Kind.CHECK, fields=["name", "country"])

    assert (line.at, line.kind, line.purpose, line.fields) == (
        at,
        "Name checked against a certificate",
        "certificate",
        "name, country",
    )


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("ana", "Change"),
        ("tomas", "Change"),
        ("", "Change"),
        ("admin", "Change by staff"),
    ],
)
def test_what_no_staff_changed_is_a_change_and_no_more(read, request, who, words):
    actor = who and request.getfixturevalue(who)

    with override("en"):
        line = read(actor or None, Event.Kind.CHANGE)

    assert line.kind == words


def test_answer_of_a_superior_is_no_change_by_staff(read):
    with override("en"):
        line = read(None, Event.Kind.DECISION, purpose="course approved")

    assert (line.kind, line.purpose, line.who) == (
        "Decision of the superior",
        "course approved",
        "whoever opened the link that your superior got",
    )


def test_line_is_in_the_readers_language(read):
    with override("es"):
        line = read(None)

    assert (line.kind, line.purpose, line.fields) == (
        "Consulta",
        "certificado",
        "nombre",
    )
