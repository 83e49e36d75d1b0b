"""Why something was refused, in sentences."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from courses.inperson.rules import LEAST_PLACES
from lms.refusals import Refused

SENTENCES = {
    "cohort-archived": _("The cohort is archived. Nothing is changed in it any more."),
    "outside-the-cohort": _(
        "The workshop has to lie between the first and the last day of the cohort."
    ),
    "ends-before-it-begins": _(
        "The workshop ends before it begins. Correct the hours."
    ),
    "counts-more-than-it-lasts": _(
        "The workshop cannot count more minutes than it lasts."
    ),
    "counts-more-than-its-days": _(
        "A workshop counts at most 12 hours for each of its days."
    ),
    "hours-stand": _(
        "From 30 minutes before it begins, a workshop is not cancelled, and its hours "
        "and minutes stay, whoever came."
    ),
    "too-few-places": format_lazy(
        _(
            "A workshop has at least {count} places: with fewer, the word “full” would "
            "say who has them."
        ),
        count=LEAST_PLACES,
    ),
    "places-stand": _("A workshop can get more places, never fewer."),
    "cancelled": _("The workshop was cancelled."),
    "begun": _("The workshop has begun."),
    "full": _("The workshop is full. Ask your trainer."),
    "not-yet": _("People are marked from 30 minutes before it begins."),
    "not-now": _(
        "The code counts from 30 minutes before the workshop begins until 30 minutes "
        "after it ends."
    ),
    "too-many-tries": _("You tried too often. Wait five minutes, or ask your trainer."),
    "wrong-code": _(
        "That is not the code of now. Look at the screen and type it again."
    ),
    "own-presence": _(
        "Nobody who leads a cohort marks their own presence. Another trainer does it."
    ),
    "was-elsewhere": _(
        "One of these people is marked present in another workshop at the same hours. "
        "Correct that first."
    ),
    "own-practice": _("Another trainer signs what was observed of you."),
    "day-outside-the-cohort": _(
        "The day has to lie between the first and the last day of the cohort."
    ),
    "day-to-come": _("That day is still to come."),
    "day-is-full": _(
        "Of one person at most twelve hours of practice are observed on a day."
    ),
}


def sentences_of(refusal: Refused) -> list:
    return [SENTENCES[reason] for reason in refusal.reasons]
