"""A mail server is silent, or refuses: nobody waits, and each letter arrives once.

Real sockets; the drill `letters` does the same with real processes.
"""

from collections import Counter
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from lms.mail.models import Letter
from lms.mail.outage_drill import Spell, findings
from lms.mail.sending import MOST_TROUBLES, send_chunk
from lms.mail.server import GOOD, REFUSING, SILENT, mail_server
from tests.factories import PASSWORD
from tests.working import work_off

SMTP = "django.core.mail.backends.smtp.EmailBackend"
RESET, SIGN_UP = "/es/account/password/reset/", "/es/account/signup/"
MINUTE = timedelta(minutes=1)
SIGNING_UP = {
    "legal_name": "Néstor Pérez",
    "password1": "cuatro palabras sueltas",
    "institution": "other-GT",
    "institution_typed": "Juzgado Primero",
    "track": "judge",
    "language": "es",
    "consent": "on",
}


@pytest.fixture(autouse=True)
def register():
    """The real one, with every template of ours."""


@pytest.fixture(params=[SILENT, REFUSING])
def server(request, settings):
    """A mail server that is of no use at first."""
    with mail_server(request.param) as server:
        options = {"host": "127.0.0.1", "port": server.port, "timeout": 0.3}
        settings.MAILERS = {"default": {"BACKEND": SMTP, "OPTIONS": options}}
        yield server


def sent_from(moment):
    """Send all that is due from that moment on, as the minutes go by."""
    for minutes in range(0, 12, 2):
        at = moment + minutes * MINUTE
        while send_chunk(clock=lambda at=at: at):
            pass


def test_nobody_waits_and_each_letter_arrives_once(db, ana, server):
    strangers = [f"p{number}@example.org" for number in range(6)]
    answers = [Client().post(RESET, {"email": to}) for to in [ana.email, *strangers]]
    answers.append(Client().post(SIGN_UP, SIGNING_UP | {"email": "n@example.org"}))
    assert {answer.status_code for answer in answers} == {302}
    assert server.calls == 0  # not by a request

    work_off()
    assert 0 < server.calls <= len(answers)
    assert server.arrived == []
    server.mood = GOOD
    sent_from(timezone.now())

    everybody = [ana.email, *strangers, "n@example.org"]
    assert Counter(server.arrived) == Counter(everybody)
    assert not Letter.objects.waiting().exists()
    assert not Letter.objects.exclude(sealed="").exists()


def test_what_was_done_stays_done(db, ana, client, server):
    """Each of these wrote to somebody within the request, and failed with the mail."""
    client.force_login(ana)
    client.post("/es/account/reauthenticate/", {"password": PASSWORD})
    word = "otras cuatro palabras"

    changed = client.post(
        "/es/account/password/change/",
        {"oldpassword": PASSWORD, "password1": word, "password2": word},
    )
    added = client.post(
        "/es/account/email/", {"action_add": "", "email": "ruiz@example.org"}
    )
    closed = client.post("/es/account/my-data/close/", {"email": ana.email})

    assert [page.status_code for page in (changed, added, closed)] == [302] * 3
    ana.refresh_from_db()
    assert ana.check_password(word)
    assert ana.closed_at
    assert server.calls == 0


def test_a_silent_server_is_not_asked_anew_for_every_letter(db, settings):
    with mail_server(SILENT) as server:
        options = {"host": "127.0.0.1", "port": server.port, "timeout": 0.1}
        settings.MAILERS = {"default": {"BACKEND": SMTP, "OPTIONS": options}}
        for number in range(10):
            Client().post(RESET, {"email": f"p{number}@example.org"})
            work_off()

        assert DBTaskResult.objects.successful().count() == 20
        assert server.calls == MOST_TROUBLES


def test_drill_tells_a_slow_answer_a_lost_letter_and_a_double_one():
    def told(*, slowest=0.1, arrived=("a", "b")):
        spells = [
            Spell(GOOD, ["a"], [302], 0.1),
            Spell(SILENT, ["b"], [302], slowest),
        ]
        found = findings(spells, list(arrived))
        return [one.what for one in found if not one.holds]

    assert told() == []
    assert told(slowest=20) == ["more than 4 times as slow"]
    assert told(arrived=["a"]) == ["letters that arrived", "addresses that got one"]
    assert told(arrived=["a", "b", "b"]) == ["letters that arrived"]
