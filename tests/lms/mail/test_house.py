"""One place hands messages to a mail server: whoever writes a letter posts it."""

import ast
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
SENDS = "lms/mail/sending.py"
ALLOWED = {
    SENDS: ["import django.core.mail", "import django.core.mail.backends.base"],
    "lms/mail/answers.py": ["import smtplib"],  # its kinds of trouble
    "lms/mail/box.py": ["import django.core.mail.backends.base"],  # the demo's server
}
SOURCES = sorted(
    str(path.relative_to(ROOT))
    for floor in ("certificates", "courses", "lms")
    for path in (ROOT / floor).rglob("*.py")
)
MAIL = ("django.core.mail.", "smtplib.", "wagtail.admin.mail.")
WORDS = {"email_user", "mail_admins", "mail_managers", "send_mail", "send_mass_mail"}


def mails(source: str) -> list[str]:
    """Return how a source reaches for a mail server: imports, and calls that send.

    `x.send()` with nothing to send is a message's own; signals and pipes send things.
    """
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.ImportFrom(module=str(name)) if is_of_mail(name):
                found.append(f"import {name}")
            case ast.Import(names=names):
                found += [f"import {a.name}" for a in names if is_of_mail(a.name)]
            case ast.Call(func=ast.Attribute(attr="send"), args=[], keywords=[]):
                found.append("send()")
            case ast.Name(id=word) if word in WORDS:
                found.append(word)
            case ast.Attribute(attr=word) if word in WORDS - {"send_mail"}:
                found.append(word)
    return found


def is_of_mail(name: str) -> bool:
    return f"{name}.".startswith(MAIL)


def test_no_source_sends_mail_itself():
    found = {name: mails((ROOT / name).read_text()) for name in SOURCES}

    assert {name: how for name, how in found.items() if how} == ALLOWED


def test_the_walk_finds_what_it_looks_for():
    for source in (
        "EmailMessage(subject, text, to=[address]).send()",
        "from django.core.mail import send_mail",
        "import django.core.mail",
        "send_mail(subject, text, None, [address])",
        "person.email_user(subject, text)",
    ):
        assert mails(source), source
    assert mails("signed_out.send(sender=User, person=person)") == []
    assert mails("report.send(said)") == []
    assert mails("get_adapter().send_mail(template, address, {})") == []
