"""Telling a person something by mail, in plain text and in their language."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from lms.mail.held import refuse_while_held
from lms.people.models import User

HEADERS = {"Auto-Submitted": "auto-generated"}


def send(person: User, template: str, context: dict[str, Any]) -> None:
    """Send `mail/<template>.txt` to the person's primary address.

    Subject and text are neutral: whoever looks over a shoulder learns neither a name
    nor a course. An account that may not sign in gets no mail.
    """
    if person.is_active:
        send_to(person.email, person.language, template, context)


def send_to(
    address: str, language: str, template: str, context: dict[str, Any]
) -> None:
    """Send to an address whose account may be closed, or gone, by now."""
    refuse_while_held(timezone.now())
    with override(language):
        subject, text = write(template, context)
    EmailMessage(subject, text, to=[address], headers=HEADERS).send()


def write(template: str, context: dict[str, Any]) -> tuple[str, str]:
    """Return subject and text of `mail/<template>.txt` in the active language."""
    facts = {"site_name": settings.SITE_NAME} | context
    subject = render_to_string(f"mail/{template}_subject.txt", facts)
    text = render_to_string(f"mail/{template}.txt", facts)
    return " ".join(subject.split()), text.strip() + "\n"


def from_here(path: str) -> str:
    """Return the full address of one of our pages, whatever host a request named."""
    return settings.SITE_URL.rstrip("/") + path
