"""What is an administrator asked to do, and where is each of it done?"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.support.acts import ACTS

HEADINGS = {act.slug: act.heading for act in ACTS}


@dataclass(frozen=True, slots=True)
class Job:
    """One job, and the name of its address; "" where an account is opened first."""

    heading: Any
    says: Any
    url_name: str = ""


JOBS = [
    Job(
        HEADINGS["mailbox"],
        _("A link moves the account to the address that the person has now."),
    ),
    Job(
        HEADINGS["second-step"],
        _("It is removed, and the person sets a new one after the password."),
    ),
    Job(
        HEADINGS["sessions"],
        _("Of somebody who lost a device or left one open: it is signed out."),
    ),
    Job(HEADINGS["name"], _("As the next certificate is to bear it.")),
    Job(
        _("Make one of two accounts"),
        _("Courses and certificates come together; a second administrator decides."),
    ),
    Job(
        HEADINGS["mandate"],
        _("Whoever changed office sees nobody from the next page on."),
    ),
    Job(
        HEADINGS["close"],
        _("Nobody signs in to it any more, and nothing that was recorded is lost."),
    ),
    Job(HEADINGS["reopen"], _("For somebody who comes back.")),
    Job(
        _("Who holds which mandate"),
        _("By country: who sees people there, since when, and who granted it."),
        "holders",
    ),
    Job(
        _("Mandates"),
        _("Offer the mandate of the regional secretariat to an address."),
        "mandates",
    ),
    Job(
        _("Approvals"),
        _("What needs two persons waits there for the second one."),
        "approvals",
    ),
    Job(
        _("Forget somebody without an account"),
        _("What is kept by an address that was written to is emptied."),
        "support_by_address",
    ),
    Job(
        _("Failed tasks"),
        _("Letters and files that were given up: look why, and try them again."),
        "failed_tasks:index",
    ),
]
