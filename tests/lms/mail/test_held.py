"""A copy sends no mail until it is let; then what is still true goes out, once."""

from datetime import timedelta
from io import StringIO
from shutil import copytree
from uuid import uuid4

import pytest
from allauth.account.adapter import get_adapter
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse

from lms.audit.models import Event
from lms.belonging.tasks import tell_lifted
from lms.mail import drawing, held
from lms.mail.held import hold, mail_held, settle
from lms.mail.models import Installation, Letter
from lms.mail.outbox import letter_to, post
from lms.mail.releasing import release
from lms.mail.sending import send_chunk
from lms.mail.tasks import send_letters
from tests.factories import PersonFactory
from tests.working import work_off

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """The folder of an installation that was never started."""
    settings.STATE_DIR = tmp_path / "here"
    return settings.STATE_DIR


@pytest.fixture
def known(db, at):
    """An installation that has been at work."""
    settle(at=at)


@pytest.fixture
def copy(known, at):
    """A copy of it, restored at noon."""
    hold(at=at)


def write(person, at, *, event="test:1", **more):
    post([letter_to(person, event=event, template="account_unused", at=at, **more)])
    return Letter.objects.get(event=event)


def send(at):
    """Send all that is due at that moment, and return to whom."""
    mail.outbox.clear()
    while send_chunk(clock=lambda: at):
        pass
    return [message.to[0] for message in mail.outbox]


def test_new_installation_sends_and_knows_its_folder_from_then_on(ana, at, folder):
    write(ana, at)

    send_letters.func()

    assert len(mail.outbox) == 1
    assert str(Installation.objects.get().identity) in held.file().read_text()
    assert (held.file().stat().st_mode & 0o027, mail_held(at)) == (0, None)
    settle(at=at)
    assert (Installation.objects.count(), mail_held(at)) == (1, None)


def test_database_without_its_folder_is_a_copy(known, ana, at, folder):
    write(ana, at)
    held.file().unlink()

    assert mail_held(at) is not None
    assert send(at) == []
    settle(at=at)
    assert not held.file().exists()
    assert Installation.objects.get().held_since == at


def test_database_in_the_folder_of_another_is_a_copy(known, at):
    held.write(uuid4())

    settle(at=at)

    assert mail_held(at)


def test_folder_copied_with_its_database_leads_to_another_address(
    known, at, monkeypatch, settings, tmp_path
):
    copytree(settings.STATE_DIR, tmp_path / "copy")
    settings.STATE_DIR = tmp_path / "copy"
    assert mail_held(at) is None

    monkeypatch.setattr(held, "place", lambda: "db2.example:5432/campus")

    assert mail_held(at)


def test_what_was_found_out_stays_so_until_it_is_let_go(known, at):
    kept = held.file().read_text()
    held.file().unlink()
    settle(at=at)

    held.file().write_text(kept)

    assert mail_held(at)


def test_copy_says_since_when_in_the_language_of_the_reader(copy, at):
    assert mail_held(at + 3 * HOUR) == (
        "No sale ningún correo: esto es una copia, y lo sabemos desde hace 3\xa0horas."
    )


def test_letters_wait_and_nothing_of_them_runs_out(copy, ana, at):
    letter = write(ana, at - DAY)
    later = at + 10 * DAY

    assert [send(moment) for moment in (at, at + DAY, later)] == [[], [], []]
    letter.refresh_from_db()
    assert (letter.tries, letter.given_up_at) == (0, None)

    release(discard=False, at=later)

    assert send(later) == ["ana@example.org"]
    assert send(later + HOUR) == []
    letter.refresh_from_db()
    assert (letter.tries, letter.due_at) == (1, later)


def test_letter_that_rests_between_tries_rests_on(copy, ana, at):
    letter = write(ana, at)
    Letter.objects.filter(pk=letter.pk).update(next_at=at + 4 * HOUR)

    release(discard=False, at=at + HOUR)

    assert send(at + HOUR) == []
    assert send(at + 4 * HOUR) == ["ana@example.org"]


def test_what_is_moot_by_then_is_not_sent(copy, ana, at):
    letter = write(ana, at)
    ana.is_active = False
    ana.save()

    release(discard=False, at=at + DAY)

    assert send(at + DAY) == []
    letter.refresh_from_db()
    assert letter.trouble == "moot"


def test_what_was_written_before_the_copy_is_dropped_on_demand(copy, ana, bruno, at):
    before = write(ana, at - HOUR, event="test:before")
    write(bruno, at + HOUR, event="test:after")

    released = release(discard=True, at=at + 2 * HOUR)

    assert (released.waiting, released.discarded) == (1, 1)
    assert send(at + 2 * HOUR) == ["bruno@example.org"]
    before.refresh_from_db()
    assert (before.given_up_at, before.trouble) == (at + 2 * HOUR, "held")


def test_released_copy_is_an_installation_of_its_own(copy, at):
    before = Installation.objects.get().identity

    release(discard=False, at=at)

    after = Installation.objects.get()
    assert (after.held_since, after.identity != before) == (None, True)
    assert mail_held(at) is None
    settle(at=at)
    assert mail_held(at) is None
    event = Event.objects.get()
    assert (event.kind, event.purpose) == ("change", "mail released")


@pytest.mark.django_db(transaction=True)
def test_what_a_task_asks_for_waits_as_well(at, monkeypatch):
    path = "lms.belonging.tasks.shield_changed"
    monkeypatch.setitem(drawing.REGISTER, "shield_lifted", path)
    person = PersonFactory(email="ana@example.org")
    hold(at=at)
    tell_lifted.enqueue(person.pk)
    work_off()
    assert mail.outbox == []

    release(discard=False, at=at)
    send_letters.func()

    assert [message.to for message in mail.outbox] == [["ana@example.org"]]


def test_codes_of_a_copy_wait_until_they_run_out(copy, at):
    get_adapter().send_mail("account/email/unknown_account", "ana@example.org", {})
    send_letters.func()

    assert mail.outbox == []


def run(**options):
    out = StringIO()
    call_command("release_mail", stdout=out, **options)
    return out.getvalue()


def test_command_says_when_no_mail_is_held(known):
    assert run(yes=True) == "No mail is held.\n"


def test_command_asks_before_it_lets_go(copy, ana, at):
    write(ana, at)

    with pytest.raises(CommandError, match=r"1 letters wait\. Say --yes"):
        run()

    assert mail_held(at)
    assert run(yes=True) == "1 letters go out from now on, 0 were dropped.\n"
    assert mail_held(at) is None


def test_command_drops_what_was_written_before(copy, ana, at):
    write(ana, at - HOUR)

    assert run(yes=True, discard=True) == (
        "0 letters go out from now on, 1 were dropped.\n"
    )


def test_administrators_read_on_the_list_of_failed_tasks_that_mail_is_held(
    copy, client, admin
):
    client.force_login(admin)
    sentence = "No sale ningún correo"

    assert sentence in client.get(reverse("failed_tasks:index")).content.decode()

    release(discard=False, at=Installation.objects.get().held_since)
    assert sentence not in client.get(reverse("failed_tasks:index")).content.decode()
