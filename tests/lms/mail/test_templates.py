"""Every mail: plain, neutral, without addresses of others, in both languages."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

ROOT = Path(settings.BASE_DIR) / "templates"
MAILS = sorted(
    str(path.relative_to(ROOT))
    for folder in ("account/email", "mfa/email", "mail")
    for path in (ROOT / folder).glob("*_subject.txt")
)
# Whoever owns the address may have no account, and so no language.
OFFER = "mail/mandate_offer_subject.txt"
TO_ANYBODY = {OFFER, "mail/invitation_subject.txt"}
# They hold a code, or say what happened and whom to write to.
WITHOUT_LINKS = {
    "account/email/email_confirmation_signup_subject.txt",
    "account/email/email_confirmation_subject.txt",
    "mail/account_closed_subject.txt",
    "mail/account_erased_subject.txt",
    "mail/escalation_subject.txt",
    "mail/mandate_code_subject.txt",
    "mail/support_moved_subject.txt",
}
HOME = "https://campus.example"
FACTS = {
    "site_name": "Campus",
    "code": "1234-5678",
    "url": f"{HOME}/es/",
    "email": "ana@example.org",
    "from_email": "ana@example.org",
    "to_email": "ruiz@example.org",
    "deleted_email": "ruiz@example.org",
    "timestamp": timezone.now(),
    "ip": "192.0.2.1",
    "user_agent": "Mozilla/5.0",
    "sign_in_url": f"{HOME}/es/account/login/",
    "sign_up_url": f"{HOME}/es/account/signup/",
    "reset_url": f"{HOME}/es/account/password/reset/",
    "password_reset_url": f"{HOME}/es/account/password/reset/key/x/",
    "url_es": f"{HOME}/es/join/x/",
    "url_en": f"{HOME}/en/join/x/",
    "until_es": "30 de noviembre",
    "until_en": "30 November",
    "day": "30-11-2026",
    "number": 3,
    "digest": {"people": 30, "help": 6, "soon": 2},
}


def write(subject, language):
    text = subject.replace("_subject.txt", "_message.txt")
    if not (ROOT / text).exists():
        text = subject.replace("_subject.txt", ".txt")
    with translation.override(language):
        return render_to_string(subject, FACTS), render_to_string(text, FACTS)


@pytest.mark.parametrize("mail", MAILS)
def test_mail_is_neutral_and_links_only_home(mail):
    subject, text = write(mail, "es")

    assert len(subject.strip().splitlines()) == 1
    assert "Campus" in text
    links = re.findall(r"https?://\S+", text)
    assert [link for link in links if not link.startswith(HOME)] == []
    assert bool(links) is (mail not in WITHOUT_LINKS)
    for private in ("@example.org", "192.0.2.1", "Mozilla", "trata", "violencia"):
        assert private not in subject + text


@pytest.mark.parametrize("mail", [mail for mail in MAILS if mail not in TO_ANYBODY])
def test_mail_is_written_in_both_languages(mail):
    spanish, english = write(mail, "es"), write(mail, "en")

    assert spanish[0] != english[0]
    assert "No responda a este mensaje" in spanish[1]
    assert "Do not answer this message" in english[1]
    shared = set(spanish[1].splitlines()) & set(english[1].splitlines())
    assert all(
        not line or "http" in line or line in {"--", "1234-5678", "30-11-2026"}
        for line in shared
    )


def test_offer_is_one_letter_in_both_languages_at_once():
    letter = write(OFFER, "es")

    assert letter == write(OFFER, "en")
    for said in letter:
        assert re.search("ofrecen? una tarea", said)
        assert re.search("offere?d?s? (you )?a task", said)
