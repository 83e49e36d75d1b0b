"""What may be done to the account that is open, and how is it said before and after?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from lms.people.models import User
from lms.people.second_factor import works_with_people
from lms.support import actions
from lms.support.accounts import mandates_of
from lms.support.forms import (
    ActForm,
    CheckedForm,
    CorrectNameForm,
    EndMandateForm,
    MailboxForm,
)


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its words, what it asks, what it does, and to whom it may be done.

    `run(person, by, reason, at, …)` does it; `check`, with the same facts, says before
    why not. `changes` is for the log when a second administrator is asked; without it,
    one is enough whoever it is about.
    """

    slug: str
    heading: Any
    text: Any
    button: Any
    done: Any
    run: Callable
    fits: Callable[[User], bool]
    form: type = ActForm
    danger: bool = False
    changes: str = ""
    check: Callable | None = None

    def needs_second(self, person: User) -> bool:
        """Whether it opens, shuts or renames what shows somebody other people.

        Or what writes for everybody: an editor is one by a group, marked or not.
        """
        at_work = works_with_people(person) or person.groups.exists()
        return bool(self.changes) and at_work


def is_open(person: User) -> bool:
    return person.is_active


def has_second_step(person: User) -> bool:
    rows = Authenticator.objects.filter(user=person)
    return person.is_active and rows.exists()


def has_a_mandate(person: User) -> bool:
    return mandates_of(person, on=timezone.localdate()).exists()


def may_be_reopened(person: User) -> bool:
    is_whole = person.erased_at is None and person.merged_into_id is None
    return is_whole and person.closed_at is not None


ACTS = [
    Act(
        "mailbox",
        _("The mailbox is lost"),
        _(
            "A link goes to the new address. Whoever follows it chooses a password, "
            "and from then on the account has only that address: the others open "
            "nothing any more. They are told now that somebody asked."
        ),
        _("Send the link"),
        _("The link is on its way to the new address. Nothing else has changed yet."),
        actions.move_mailbox,
        is_open,
        MailboxForm,
        changes=gettext_noop("e-mail"),
        check=actions.check_address,
    ),
    Act(
        "second-step",
        _("The second step is lost"),
        _(
            "The app, the keys and the recovery codes of the account stop working, and "
            "it is signed out everywhere. The person signs in with the password and "
            "sets a new second step at the next screen that asks for one."
        ),
        _("Remove the second step"),
        _("The account has no second step and is signed out everywhere."),
        actions.remove_second_step,
        has_second_step,
        CheckedForm,
        danger=True,
        changes=gettext_noop("second step"),
    ),
    Act(
        "sessions",
        _("End the sessions"),
        _("The account is signed out in every browser. Its password stays the same."),
        _("Sign out everywhere"),
        _("The account is signed out everywhere."),
        actions.end_sessions,
        is_open,
    ),
    Act(
        "name",
        _("Correct the name"),
        _("The next certificate is issued with this name."),
        _("Save the name"),
        _("The name has been corrected."),
        actions.rename,
        is_open,
        CorrectNameForm,
        changes=gettext_noop("name"),
    ),
    Act(
        "mandate",
        _("End one mandate"),
        _(
            "It ends at once and cannot be taken up again; whoever held it sees "
            "nothing more from their next page on."
        ),
        _("End the mandate"),
        _("The mandate has ended."),
        actions.end_mandate,
        has_a_mandate,
        EndMandateForm,
        danger=True,
    ),
    Act(
        "close",
        _("Close the account"),
        _(
            "Nobody can sign in to it, and its mandates end. What was recorded is "
            "kept, and the account can be opened again."
        ),
        _("Close the account"),
        _("The account is closed."),
        actions.close,
        is_open,
        danger=True,
        changes=gettext_noop("closing of the account"),
    ),
    Act(
        "reopen",
        _("Open the account again"),
        _("The person can sign in again. Mandates that ended do not come back."),
        _("Open the account again"),
        _("The account is open again."),
        actions.reopen,
        may_be_reopened,
        changes=gettext_noop("opening of a closed account"),
    ),
]


def acts_for(person: User) -> list[Act]:
    return [act for act in ACTS if act.fits(person)]
