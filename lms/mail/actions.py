"""Telling a person something by mail, in plain text and in their language."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import override

from lms.people.models import User

HEADERS = {"Auto-Submitted": "auto-generated"}


def send(person: User, template: str, context: dict[str, Any]) -> None:
    """Send `mail/<template>.txt` to the person's primary address.

    Subject and text are neutral: whoever looks over a shoulder learns neither a name
    nor a course. An account that may not sign in gets no mail.
    """
    if not person.is_active:
        return
    with override(person.language):
        facts = {"site_name": settings.SITE_NAME} | context
        subject = render_to_string(f"mail/{template}_subject.txt", facts)
        text = render_to_string(f"mail/{template}.txt", facts)
    EmailMessage(
        " ".join(subject.split()),
        text.strip() + "\n",
        to=[person.email],
        headers=HEADERS,
    ).send()


def from_here(path: str) -> str:
    """Return the full address of one of our pages, whatever host a request named."""
    return settings.SITE_URL.rstrip("/") + path
