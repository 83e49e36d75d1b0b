"""What officers type: what to look for, which institution was meant, why, who asked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.belonging.people import SORTS
from lms.people.choices import Track
from lms.people.models import Institution


class PeopleForm(forms.Form):
    """Which of the people in sight, and in which order; asked by GET."""

    q = forms.CharField(required=False, max_length=100)
    institution = forms.ModelChoiceField(Institution.objects.none(), required=False)
    track = forms.ChoiceField(choices=[("", _("Any")), *Track.choices], required=False)
    sort = forms.ChoiceField(choices=[(word, word) for word in SORTS], required=False)

    def __init__(self, *args, institutions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = institutions


class MeantForm(forms.Form):
    """Which institution of the list a typed text means."""

    institution = forms.ModelChoiceField(
        Institution.objects.none(),
        label=_("Institution in the list"),
        empty_label=_("Choose one"),
        error_messages={
            "required": _("Choose the institution that is meant."),
            "invalid_choice": _("Choose one of the institutions in the list."),
        },
    )

    def __init__(self, *args, country, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = Institution.objects.in_country(country)


class ShieldForm(forms.Form):
    """Why somebody else is shielded."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=255,
        help_text=_("One sentence. It is kept with the shield."),
        error_messages={
            "required": _("Say in one sentence why."),
            "max_length": _("The reason is longer than 255 letters. Shorten it."),
        },
    )


class LiftForm(forms.Form):
    """Whether the person asked for it: nobody else decides that."""

    asked = forms.BooleanField(
        label=_("This person asked me to end it."),
        error_messages={
            "required": _("Only the person decides. Tick the box if they asked you.")
        },
    )
