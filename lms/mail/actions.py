"""What does a letter say, in plain text and in one language?

Subject and text are neutral: whoever looks over a shoulder learns neither a name nor a
course.
"""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

ALLAUTHS = ("account/", "mfa/")  # letters that it asks for stand under its own names


def write(template: str, context: dict[str, Any]) -> tuple[str, str]:
    """Return subject and text of `mail/<template>.txt` in the active language."""
    facts = {"site_name": settings.SITE_NAME} | context
    subject, text = (render_to_string(name, facts) for name in files_of(template))
    return " ".join(subject.split()), text.strip() + "\n"


def files_of(template: str) -> tuple[str, str]:
    """Return the names of the templates of a subject and of a text."""
    if template.startswith(ALLAUTHS):
        return f"{template}_subject.txt", f"{template}_message.txt"
    return f"mail/{template}_subject.txt", f"mail/{template}.txt"


def from_here(path: str) -> str:
    """Return the full address of one of our pages, whatever host a request named."""
    return settings.SITE_URL.rstrip("/") + path
