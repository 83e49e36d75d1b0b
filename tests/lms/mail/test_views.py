import pytest

from lms.mail import box


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MAILBOX_DIR = tmp_path
    return tmp_path


@pytest.fixture
def letter(folder):
    box.drop(
        b"Subject: Hello <b>\nTo: ana@example.org\n\nSee http://127.0.0.1/x <i>\n",
        message_id="<one@campus.example>",
    )
    return box.letters()[0]


@pytest.mark.urls("tests.lms.mail.demo_urls")
def test_mailbox_lists_messages_and_opens_them(client, db, letter):
    listed = client.get("/demo/mail/").content.decode()
    shown = client.get(f"/demo/mail/{letter.name}/").content.decode()

    assert f'<a href="/demo/mail/{letter.name}/?lang=es">Hello &lt;b&gt;</a>' in listed
    assert "&lt;i&gt;" in shown
    assert 'href="http://127.0.0.1/x"' in shown


@pytest.mark.urls("tests.lms.mail.demo_urls")
def test_unknown_message_is_not_found(client, db):
    assert client.get("/demo/mail/nothing/", follow=True).status_code == 404


def test_mailbox_exists_in_the_demo_alone(client, db, letter):
    assert client.get("/demo/mail/", follow=True).status_code == 404
