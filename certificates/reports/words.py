"""How reports put states, standings, groups and filters into words."""

from django.utils.translation import gettext_lazy as _

from certificates.lines.rules import State
from certificates.rules import Standing

STATES = {
    State.NOT_BEGUN.value: _("not begun"),
    State.IN_PROGRESS.value: _("in progress"),
    State.LATE.value: _("late"),
    State.COMPLETED.value: _("completed"),
    State.WITHDRAWN.value: _("withdrawn"),
}
STANDINGS = {
    "none": _("no certificate"),
    Standing.VALID.value: _("valid"),
    Standing.EXPIRED.value: _("expired"),
    Standing.REVOKED.value: _("revoked"),
    Standing.SUSPENDED.value: _("suspended"),
    Standing.SUPERSEDED.value: _("superseded"),
}
GROUPS = {
    "country": _("Country"),
    "institution": _("Institution"),
    "track": _("Profession"),
    "cohort": _("Cohort"),
    "course": _("Course"),
    "edition": _("Edition"),
    "language": _("Language"),
    "state": _("State"),
    "standing": _("Certificate"),
}
DATED = {
    "enrolled": _("Enrolled"),
    "due": _("Due"),
    "completed": _("Completed"),
    "expires": _("Certificate valid until"),
}
