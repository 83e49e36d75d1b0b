"""What is an administrator asked to do, and where is each of it done?"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.people.models import User
from lms.support.actions import MERGE
from lms.support.acts import ACTS, acts_for

HEADINGS = {act.slug: act.heading for act in ACTS}


@dataclass(frozen=True, slots=True)
class Job:
    """One job, and the name of its address; "" where an account is opened first.

    It then has the slug of what is done to that account.
    """

    heading: Any
    says: Any
    url_name: str = ""
    slug: str = ""


def _on_an_account(slug: str, says: Any) -> Job:
    return Job(HEADINGS[slug], says, slug=slug)


JOBS = [
    _on_an_account(
        "mailbox",
        _("A link moves the account to the address that the person has now."),
    ),
    _on_an_account(
        "second-step",
        _("It is removed, and the person sets a new one after the password."),
    ),
    _on_an_account(
        "sessions",
        _("Of somebody who lost a device or left one open: it is signed out."),
    ),
    _on_an_account("name", _("As the next certificate is to bear it.")),
    Job(
        _("Make one of two accounts"),
        _("Courses and certificates come together; a second administrator decides."),
        slug=MERGE,
    ),
    _on_an_account(
        "mandate",
        _("Whoever changed office sees nobody from the next page on."),
    ),
    _on_an_account(
        "close",
        _("Nobody signs in to it any more, and nothing that was recorded is lost."),
    ),
    _on_an_account("reopen", _("For somebody who comes back.")),
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


def job_called(slug: str) -> Job | None:
    """Return the job on an account that has that slug; None: there is none."""
    return next((job for job in JOBS if slug and job.slug == slug), None)


def fits(job: Job, person: User) -> bool:
    """Whether that account is one on which the job can be done today."""
    return job.slug == MERGE or job.slug in {act.slug for act in acts_for(person)}
