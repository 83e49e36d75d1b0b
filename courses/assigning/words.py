"""How is it said where an assignment stands, and why something was refused?"""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.assigning.rules import State, Superior
from courses.assigning.standing import Standing
from lms.people.zones import day_of

STATES = {
    State.NOT_OPEN_YET: gettext_lazy("not open yet"),
    State.WAITS_FOR_COURSE: gettext_lazy("waits for another course"),
    State.WAITS_FOR_SUPERIOR: gettext_lazy("waits for the superior"),
    State.OPEN: gettext_lazy("open"),
    State.DUE_SOON: gettext_lazy("due soon"),
    State.LATE: gettext_lazy("date passed"),
    State.DONE: gettext_lazy("done"),
}
# Each sentence with the field it belongs to; None: to the form as a whole.
SENTENCES = {
    "cohort-archived": (
        None,
        gettext_lazy("The cohort is archived. Nothing is changed in it any more."),
    ),
    "cohort-over": (
        None,
        gettext_lazy("The last day of the cohort is over. Change that day first."),
    ),
    "course-not-open": (
        "course",
        gettext_lazy("This course has no open edition. Choose another one."),
    ),
    "already-assigned": (
        "course",
        gettext_lazy("The cohort takes this course already. Choose another one."),
    ),
    "assignment-withdrawn": (
        None,
        gettext_lazy("Somebody took the course out of the programme. Go back to it."),
    ),
    "first-is-not-there": (
        "after",
        gettext_lazy("That course is not in the programme any more. Choose another."),
    ),
    "first-comes-later": (
        "after",
        gettext_lazy("That course comes later in the programme. Choose another one."),
    ),
    "due-in-two-ways": (
        "due_after_days",
        gettext_lazy("Give a day or a number of days, not both."),
    ),
    "opens-after-the-cohort": (
        "opens_on",
        gettext_lazy("The cohort is over by then. Choose an earlier day."),
    ),
    "due-in-the-past": ("due_on", gettext_lazy("Choose today or a later day.")),
    "due-after-the-cohort": (
        "due_on",
        gettext_lazy("The cohort is over by then. Choose an earlier day."),
    ),
    "due-before-it-opens": (
        "due_on",
        gettext_lazy("It would be due before it opens. Choose a later day."),
    ),
    "due-too-late": (
        "due_on",
        gettext_lazy("The cohort is closed by then. Choose an earlier day."),
    ),
    "nothing-different": (
        "due_on",
        gettext_lazy("Choose a day, or give extra attempts or minutes."),
    ),
    "not-a-member": (
        None,
        gettext_lazy("This person is not in the cohort any more."),
    ),
    "own-exception": (
        None,
        gettext_lazy(
            "Nobody gives themselves days, attempts or minutes. Ask another trainer."
        ),
    ),
    "own-address": (
        "address",
        gettext_lazy("This address is yours. Write that of your superior."),
    ),
}


def say(form, reasons: list[str]) -> None:
    """Put the sentences to the fields they are about."""
    for reason in reasons:
        field, sentence = SENTENCES[reason]
        form.add_error(field if field in form.fields else None, sentence)


def hint(one: Standing, *, first: str, at: datetime) -> str:
    """Return what a learner should know about it in a sentence; "" when nothing.

    `first` is the title of the course it waits for. What is late is said without blame.
    """
    match one.state:
        case State.NOT_OPEN_YET:
            return _("Opens on %(day)s.") % {"day": _day(one.assignment.opens_on)}
        case State.WAITS_FOR_COURSE:
            return _("You start it once you completed %(course)s.") % {"course": first}
        case State.WAITS_FOR_SUPERIOR:
            return _about_the_superior(one)
        case State.LATE:
            return _("The date has passed. You can still finish.")
        case State.DUE_SOON:
            return _in_days(one, at)
        case _:
            return ""


def _in_days(one: Standing, at: datetime) -> str:
    left = (one.due_on - day_of(at, zone=one.assignment.cohort.zone)).days
    if not left:
        return _("It is due today.")
    return ngettext(
        "It is due in %(count)s day.", "It is due in %(count)s days.", left
    ) % {"count": left}


def _about_the_superior(one: Standing) -> str:
    match one.superior:
        case Superior.SHIELDED:
            return _(
                "Your superior has to approve it, and nobody is asked about shielded "
                "people. You shielded yourself after it was assigned: end your shield, "
                "and start. If your trainer shields you, your superior is not asked."
            )
        case Superior.UNCONFIRMED:
            return _("Your trainer has to confirm the address of your superior first.")
        case Superior.REFUSED:
            return _("Your superior did not approve it: %(reason)s") % {
                "reason": one.request.reason
            }
        case Superior.ASKED:
            return _("Your superior was asked on %(day)s and has until %(until)s.") % {
                "day": _day(one.request.asked_at),
                "until": _day(one.request.until_on),
            }
        case Superior.UNANSWERED:
            return _(
                "Your superior did not answer in time. Start, and they are asked again."
            )
        case Superior.UNNAMED:
            return _("Your superior has to approve it first. Start, and say who it is.")
        case _not_asked:
            return _(
                "Your superior has to approve it first. Start, and they are asked."
            )


def _day(when) -> str:
    return date_format(when, "DATE_FORMAT")
