"""What a trainer types: how many people are in the room, and for how long."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lms.people.rooms import MOST_PLACES
from lms.team.rules import MINUTES


def in_minutes(count):
    return ngettext("%(count)s minute", "%(count)s minutes", count) % {"count": count}


class RoomForm(forms.Form):
    """How many people sign in from here, in how many minutes."""

    places = forms.IntegerField(
        label=_("People in the room"),
        min_value=1,
        max_value=MOST_PLACES,
        help_text=format_lazy(_("Between 1 and {most}."), most=MOST_PLACES),
        error_messages={
            "required": _("Enter how many people are in the room."),
            "invalid": _("Enter a number, in digits."),
            "min_value": _("Enter at least one person."),
            "max_value": _("A room takes up to %(limit_value)d people."),
        },
    )
    minutes = forms.TypedChoiceField(
        label=_("For how long"),
        coerce=int,
        error_messages={
            "required": _("Choose for how long."),
            "invalid_choice": _("Choose one of the times in the list."),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["minutes"].choices = [
            (count, in_minutes(count)) for count in MINUTES
        ]
