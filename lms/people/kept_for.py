"""How long is what kept, and what becomes of it then? The table on the privacy page.

What it says of people is done by `lms.people.retention`, once a night.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.mail.rules import KEPT_GIVEN_UP, KEPT_SENT, TRIED_FOR
from lms.people import rules
from lms.queue.rules import KEEP_DEAD, KEEP_DONE
from lms.tokens.rules import KEPT as TOKENS_KEPT

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table, in words."""

    what: str
    kept_for: str
    then: str


def in_days(limit: timedelta) -> str:
    return ngettext("%(days)d day", "%(days)d days", limit.days) % {"days": limit.days}


def hours_of(*, staff: bool) -> dict[str, int]:
    """Return the two limits of a session, the first one in minutes as well."""
    idle, most = rules.idle_limit(staff=staff), rules.most_limit(staff=staff)
    return {
        "idle": idle // HOUR,
        "idle_minutes": idle // MINUTE,
        "most": most // HOUR,
    }


def end_of_session(*, staff: bool) -> str:
    """Say when a session of such a person ends by itself."""
    if staff:
        sentence = _(
            "A session ends by itself after %(idle_minutes)d minutes without use, and "
            "%(most)d hours after the sign-in at the latest."
        )
    else:
        sentence = _(
            "A session ends by itself after %(idle)d hours without use, and %(most)d "
            "hours after the sign-in at the latest."
        )
    return sentence % hours_of(staff=staff)


def table() -> list[Rule]:
    """Return what is kept how long, in the active language."""
    return [
        Rule(
            _("An account whose address nobody confirmed"),
            in_days(rules.SIGN_UP_KEPT),
            _("It is deleted."),
        ),
        Rule(
            _("A sign-up that waits for its code"),
            _("An hour"),
            _("Then it opens nothing; within two days its trace is deleted."),
        ),
        Rule(
            _("An account that nobody signs in to"),
            _("%(years)d years, and %(days)d days more after a notice by e-mail")
            % {
                "years": rules.UNUSED_AFTER.days // 365,
                "days": rules.ERASED_AFTER.days,
            },
            _("It is erased. One sign-in keeps it; holders of a mandate keep theirs."),
        ),
        Rule(
            _("A closed account"),
            _("Until you ask for it to be erased"),
            _("Name, addresses and answers go; what others rely on names you no more."),
        ),
        Rule(
            _("Certificates and the log of looks"),
            _("For good"),
            _("After an erasure they no longer name you."),
        ),
        Rule(
            _("A session"),
            _("%(idle)d hours without use, %(most)d hours at the latest")
            % hours_of(staff=False),
            _("It ends; its trace is deleted within a day."),
        ),
        Rule(
            _("A session of somebody whose work shows them other people"),
            _("%(idle_minutes)d minutes without use, %(most)d hours at the latest")
            % hours_of(staff=True),
            _("It ends; its trace is deleted within a day."),
        ),
        Rule(
            _("Answers that came after the end of their session"),
            _("%(minutes)d minutes") % {"minutes": rules.TYPED_KEPT // MINUTE},
            _(
                "They are deleted, and as soon as somebody else signs in by that "
                "browser. While they wait they are encrypted."
            ),
        ),
        Rule(
            _("When each choice of a test came in, and by which browser"),
            _("%(days)d days after the test was handed in")
            % {"days": rules.OPERATIONS_KEPT.days},
            _("It is deleted. The answers themselves stay with the test."),
        ),
        Rule(
            _("A page of reasons that you wrote, and the comments on it"),
            _(
                "%(days)d days after it was handed in; a draft, %(draft)d days after "
                "it was saved last"
            )
            % {
                "days": rules.REASONS_KEPT.days,
                "draft": rules.REASON_DRAFTS_KEPT.days,
            },
            _(
                "They are deleted; what level each line got stays. While they are kept "
                "they are encrypted."
            ),
        ),
        Rule(
            _("A note or a mark of yours on a lesson"),
            _("%(days)d days after you changed it last")
            % {"days": rules.NOTES_KEPT.days},
            _("It is deleted. While it is kept it is encrypted, and only you read it."),
        ),
        Rule(
            _(
                "Counts of sign-in tries, of messages asked for and of links that show "
                "a name, and rooms opened for signing in"
            ),
            in_days(rules.ROOMS_KEPT),
            _(
                "They are deleted. Of a network address, a browser or an e-mail they "
                "hold only a mark."
            ),
        ),
        Rule(
            _("A list of people for a cohort that was read and not accepted"),
            _("%(hours)d hours") % {"hours": rules.ROSTERS_KEPT // HOUR},
            _("It is deleted. Accepted, it is emptied at once."),
        ),
        Rule(
            _("A file of a report that somebody took away"),
            _("%(hours)d hours; that there was one, %(days)d days")
            % {
                "hours": rules.REPORT_FILES_KEPT // HOUR,
                "days": rules.REPORTS_TOLD_OF.days,
            },
            _("It is deleted, and at once when its owner's mandate ends."),
        ),
        Rule(
            _("A roster of duty posts that was read and not loaded"),
            _("%(hours)d hours") % {"hours": rules.ROSTERS_KEPT // HOUR},
            _("It is deleted. Loaded, it is emptied at once."),
        ),
        Rule(
            _("Which duty post you held, and when"),
            _("Until you ask for it to be erased"),
            _("It is deleted."),
        ),
        Rule(
            _("Tasks of the platform that are done"),
            _("%(done)d days; %(dead)d days if they failed")
            % {"done": KEEP_DONE.days, "dead": KEEP_DEAD.days},
            _("They are deleted."),
        ),
        Rule(
            _("Tasks and mails that bring a code or a link to a new password"),
            in_days(timedelta(days=1)),
            _("They are deleted, with the address."),
        ),
        Rule(
            _("That we wrote you a mail, and when"),
            _("%(sent)d days; %(given_up)d days if it could not be sent")
            % {"sent": KEPT_SENT.days, "given_up": KEPT_GIVEN_UP.days},
            _("It is deleted. What the mail said is not kept."),
        ),
        Rule(
            _(
                "A code or a link of a mail that waits to be sent, and where the last "
                "mail of an erased account goes"
            ),
            _("Until it is sent, %(days)d days at the most") % {"days": TRIED_FOR.days},
            _("It is deleted. While it waits it is encrypted."),
        ),
        Rule(
            _("Requests that nobody decided"),
            _("%(days)d days after they ran out") % {"days": rules.UNDECIDED_KEPT.days},
            _("They are deleted."),
        ),
        Rule(
            _("Another name that you asked your institution for"),
            in_days(rules.UNDECIDED_KEPT),
            _("It is deleted; a name that was changed stays with your changes."),
        ),
        Rule(
            _("Invitations to a cohort"),
            _("%(days)d days after they were answered or ran out")
            % {"days": rules.INVITATIONS_KEPT.days},
            _("The address and what a list said of you go; that there was one stays."),
        ),
        Rule(
            _("That a rule of a cohort invited you, and you did not come"),
            _("Until the cohort is over"),
            _("The address goes. It is kept so that you are asked once."),
        ),
        Rule(
            _("Offers of a mandate that nobody accepted"),
            _("%(days)d days after they were declined or ended")
            % {"days": rules.OFFERS_KEPT.days},
            _("The address and the reason go; that there was one stays."),
        ),
        Rule(
            _("The name and the e-mail of a superior whom somebody named"),
            _(
                "%(days)d days after the learner’s time in the cohort is over; of a "
                "question, %(days)d days after it was answered or ran out"
            )
            % {"days": rules.SUPERIORS_KEPT.days},
            _("They go. Without an account, people support empties them earlier."),
        ),
        Rule(
            _("An address of your account that you gave up"),
            _("Until you ask for it to be erased"),
            _(
                "Only a mark of it is kept, from which nobody can read it: with it, an "
                "erasure finds what was written under it."
            ),
        ),
        Rule(
            _("A token with which a program read reports in your name"),
            _("%(days)d days after it was over") % {"days": TOKENS_KEPT.days},
            _("It is deleted; what it read stays in the log."),
        ),
        Rule(
            _("Why people support opened an account"),
            _("%(years)d years") % {"years": rules.VISITS_KEPT.days // 365},
            _("It is deleted; that they did stays in the log."),
        ),
    ]
