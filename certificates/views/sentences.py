"""What the check answers, in sentences."""

from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LARGEST_FILE = 2 * 1024 * 1024
LONGEST_NAME = 200

PROBLEMS = {
    "name-missing": _("Write the name that is on the paper."),
    "name-too-long": _("Write the name in 200 characters or fewer."),
    "link-missing": _("Paste the link that the holder gave you."),
    "file-missing": _("Choose the PDF file of the certificate."),
    "file-too-large": _("Choose a file of 2 MB or less; a certificate weighs less."),
    "file-of-another-kind": _("Choose a PDF file: this one is of another kind."),
}

TOO_OFTEN = {
    "certificate-checks-too-often": _(
        "This certificate was checked five times within the hour. Try again in an hour."
    ),
    "address-checks-too-often": _(
        "Many checks came from your connection within a minute. Try again in a minute."
    ),
}


@dataclass(frozen=True, slots=True)
class Found:
    """What a check found, and how it is drawn; `about` is the form that asked."""

    about: str
    tone: str
    icon: str
    word: Promise
    note: Promise | str


NAME_MATCHES = Found(
    "name",
    "ok",
    "circle-check",
    _("The name matches"),
    _("“%(name)s” is the name of this certificate."),
)
NAME_DIFFERS = Found(
    "name",
    "bad",
    "circle-x",
    _("The name does not match"),
    _(
        "“%(name)s” is not the name of this certificate. "
        "Check the spelling on the paper."
    ),
)
FILE_IS_THE_SAME = Found(
    "file",
    "ok",
    "circle-check",
    _("The file is the one that was issued"),
    _("Not a byte of it was changed."),
)
FILE_DIFFERS = Found(
    "file",
    "bad",
    "circle-x",
    _("The file is not the one that was issued"),
    _(
        "A certificate that was scanned, printed to PDF or saved again differs too: "
        "ask for the file as it was downloaded, or check the name."
    ),
)
FILE_IS_NOT_READY = Found(
    "file",
    "warn",
    "clock",
    _("The file is still being made"),
    _("Try again in a few minutes."),
)
LINK_IS_OVER = Found(
    "link",
    "warn",
    "clock",
    _("This link no longer shows the name"),
    _(
        "Such a link lasts seven days, and its holder can withdraw it sooner. "
        "Ask the holder for a new one."
    ),
)


def about_name(found: Found, name: str) -> Found:
    """Return the finding with the name that was typed."""
    return replace(found, note=found.note % {"name": name})
