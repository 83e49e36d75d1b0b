"""Why is there no file, what became of one, and why did a schedule stop?"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from certificates.takeaway.rules import State

REFUSALS: dict[str, Any] = {
    "stale": _(
        "What the report asks for has left your sight or is not in the list any more: "
        "an institution, a cohort or a course. Open the report and choose again."
    ),
    "mandate-over": _(
        "The mandate by which you saw these people has ended. Nothing was made."
    ),
    "no-mandate": _("You hold no ministry mandate any more. Nothing was made."),
    "too-long": _(
        "A PDF has room for 4000 cells. Choose fewer columns, narrow the report, or "
        "take the XLSX."
    ),
    "grown": _(
        "The report names more people by now than were counted when it was asked for. "
        "Ask for it again."
    ),
    "crowd": _(
        "With what you took away today, the file names so many people that a second "
        "person has to agree. Ask for it again, and write why it is needed."
    ),
    "reason-missing": _(
        "Write why the file is needed: the second person decides by it."
    ),
    "broken": _(
        "Something went wrong five times. Ask for it again, or take another kind of "
        "file; if it happens again, write to people support."
    ),
    "name-taken": _("You have saved a report under this name. Choose another name."),
    "other-scope": _(
        "One of those chosen holds no mandate of the same scope any more. Choose again."
    ),
    "over": _("The file is not awaited any more. There is nothing to approve."),
}
STATES = {
    State.WAITING: _("waits for a second person"),
    State.REFUSED: _("refused by the second person"),
    State.MAKING: _("in the making"),
    State.READY: _("ready"),
    State.FAILED: _("could not be made"),
    State.OVER: _("over: the file was deleted"),
}
STOPPED = {
    "by-owner": _("You stopped it."),
    "mandate-over": _(
        "The mandate by which the people in it were seen has ended. Whoever holds one "
        "now can schedule the report anew."
    ),
    "nobody-left": _("None of its recipients holds a mandate of this scope any more."),
    "stale": _(
        "What it asks for cannot be asked any more, or is too long for its kind of "
        "file. Open the report, choose again and schedule it anew."
    ),
}
WEEKDAYS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
