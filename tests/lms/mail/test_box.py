import threading

import pytest
from django.core.mail import EmailMessage

from lms.mail import box


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MAILBOX_DIR = tmp_path / "mail"
    return settings.MAILBOX_DIR


def put(subject="Su código", text="1234-5678", **headers):
    message = EmailMessage(
        subject, text, "campus@example.org", ["ana@example.org"], headers=headers
    )
    return box.MailboxBackend().send_messages([message])


def test_message_is_read_as_it_was_sent():
    assert put("Su código · ñ", "Línea uno\n\nhttp://127.0.0.1:8000/es/\n") == 1

    (letter,) = box.letters()
    assert (letter.subject, letter.to) == ("Su código · ñ", "ana@example.org")
    assert letter.text == "Línea uno\n\nhttp://127.0.0.1:8000/es/\n"
    assert box.letter(letter.name) == letter


def test_newest_message_comes_first():
    for number in range(3):
        put(f"Mensaje {number}")

    subjects = [letter.subject for letter in box.letters()]
    assert subjects == ["Mensaje 2", "Mensaje 1", "Mensaje 0"]


def test_processes_that_write_at_once_lose_nothing(folder):
    writers = [threading.Thread(target=put) for _writer in range(20)]

    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert len(box.letters()) == 20
    assert list(folder.glob("*.part")) == []


def test_message_that_comes_again_is_kept_once_as_it_first_came(folder):
    again = {"Message-ID": "<one@campus.example>"}
    put("La primera", **again)
    put("Otra")
    put("La primera, otra vez", **again)

    assert [letter.subject for letter in box.letters()] == ["Otra", "La primera"]
    assert len(list(folder.iterdir())) == 2


def test_message_of_an_older_box_is_still_read(folder):
    folder.mkdir()
    name = "01790000000000000000-12345678"
    (folder / f"{name}.eml").write_bytes(b"Subject: Antes\nTo: ana@example.org\n\nx\n")

    assert box.letter(name).subject == "Antes"


def test_empty_box_has_no_messages():
    assert box.letters() == []


@pytest.mark.parametrize("name", ["", "nothing", "../settings", "0" * 20 + "-12345678"])
def test_unknown_name_is_no_message(name):
    assert box.letter(name) is None
