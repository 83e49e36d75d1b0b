"""Why was something not done to a cohort, and when does a letter to it go out?"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.mail import hours
from lms.people.models import Cohort
from lms.refusals import Refused
from lms.team.membership import ruled_cohorts

# Each sentence with the field it belongs to; None: to the form as a whole.
SENTENCES: dict[str, tuple[str | None, Any]] = {
    "cohort-archived": (
        None,
        _("This cohort is archived. It can be read and no longer changed."),
    ),
    "cohort-over": (
        None,
        _("This cohort is over. Give it a later last day to invite people."),
    ),
    "not-your-country": (
        "country",
        _("You hold no mandate to train in this country any more. Choose another one."),
    ),
    "ends-before-it-begins": (
        "until_on",
        _("The last day is before the first one. Choose a later day."),
    ),
    "over-already": (
        "until_on",
        _("The last day has passed. Choose today or a later day."),
    ),
    "begins-too-late": (
        "from_on",
        _("A cohort begins within two years. Choose an earlier day."),
    ),
    "too-long": (
        "until_on",
        _("A cohort lasts at most three years. Choose an earlier day."),
    ),
    "has-begun": (
        "from_on",
        _(
            "The cohort has begun and people learn in it. Its first day cannot be "
            "later than today."
        ),
    ),
    "last-trainer": (
        None,
        _(
            "Nobody else who may train in this country trains this cohort. Invite "
            "somebody first, or archive the cohort."
        ),
    ),
    "own-superior": (
        "superior_address",
        _("This address is the person’s own. Enter the address of the superior."),
    ),
    "superior-named": (
        "superior_address",
        _("Your superior is named already. Ask a trainer of the cohort to change it."),
    ),
    "membership-over": (None, _("This membership has ended already.")),
    "rule-names-nothing": (
        "institution",
        _("Choose an institution, a profession, or both."),
    ),
    "foreign-institution": (
        "institution",
        _("This institution is of another country. Choose one of the list."),
    ),
    "too-many-rules": (
        None,
        _("This cohort has as many rules as it can have. End one of them first."),
    ),
}


def say(form: forms.Form, refused: Refused) -> None:
    """Put each reason beside its field, or above the form."""
    for reason in refused.reasons:
        field, sentence = SENTENCES[reason]
        form.add_error(field if field in form.fields else None, sentence)


def in_sentences(refused: Refused) -> list[Any]:
    return [SENTENCES[reason][1] for reason in refused.reasons]


def when_it_leaves(cohort: Cohort, *, at: datetime) -> str:
    """Return when a letter that can wait goes out; "" when that is at once."""
    return hours.when_it_leaves(cohort.country, zone=cohort.zone, at=at)


def when_rules_invite(countries: Collection[str], *, at: datetime) -> list[str]:
    """Return when invitations by rules of cohorts there go out, the earliest first.

    Nothing is said of those that go out at once.
    """
    cohorts = ruled_cohorts().filter(country__in=countries)
    moments = [(one.zone.utcoffset(at), when_it_leaves(one, at=at)) for one in cohorts]
    return [said for _offset, said in sorted(set(moments), reverse=True) if said]


def moment_in_words(cohort: Cohort, moment: datetime) -> str:
    """Return day and hour where the cohort is, and where that is."""
    return hours.moment_in_words(cohort.country, moment, zone=cohort.zone)
