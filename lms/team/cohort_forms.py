"""What a trainer types about a cohort, its trainers and its members."""

from collections.abc import Iterable
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.mandates.forms import country_field, day_field, reason_field
from lms.people.addresses import AddressField
from lms.people.choices import Country
from lms.people.countries import by_name
from lms.people.forms import CHOOSE
from lms.people.sign_in_forms import EMAIL_LENGTH, THEIR_EMAIL_WORDS
from lms.people.zones import ZONES, place_of

MOST_DAYS = 90


def zones_of(countries: Iterable[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the time zones to choose from, by country; of one with one, none."""
    return [
        (Country(country).label, [(name, place_of(name)) for name in ZONES[country]])
        for country in countries
        if len(ZONES[country]) > 1
    ]


class SettingsForm(forms.Form):
    """What a cohort is, in a country that does not change."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("Members read it. Say who learns and when, such as Judges 2027-1."),
        error_messages={
            "required": _("Enter a name for the cohort."),
            "max_length": _("Shorten the name to %(limit_value)d letters."),
        },
    )
    from_on = day_field(_("First day"))
    until_on = day_field(
        _("Last day"),
        help_text=_(
            "At most three years. Trainers see who learned here until 30 days later."
        ),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("A day ends at midnight there: the clock of the city."),
        error_messages={
            "required": _("Choose a city with the clock of the cohort."),
            "invalid_choice": _("Choose one of the cities in the list."),
        },
    )
    asks_superior = forms.BooleanField(
        label=_("A superior approves before a member takes an assigned course"),
        required=False,
    )
    escalates_after = forms.IntegerField(
        label=_("Tell the superior when somebody is so many days late"),
        help_text=_("Leave it empty to tell no superior."),
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        error_messages={
            "invalid": _("Enter a number of days, in digits."),
            "min_value": _("Enter at least one day."),
            "max_value": _("Enter at most %(limit_value)d days."),
        },
    )
    notes = forms.CharField(
        label=_("Notes for the trainers"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only the trainers of the cohort read them. Write nobody’s name."),
        error_messages={
            "max_length": _("Shorten the notes to %(limit_value)d letters."),
        },
    )

    def __init__(self, *args, countries: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.countries = countries
        zones = zones_of(countries)
        if len(countries) == 1:
            zones = [choice for _country, cities in zones for choice in cities]
        if zones:
            self.fields["time_zone"].choices = [*CHOOSE, *zones]
            # Somebody who forms one where it does not matter leaves it.
            self.fields["time_zone"].required = len(countries) == 1
        else:
            del self.fields["time_zone"]

    def clean(self):
        """Keep the time zone where it is of the country, and a country without one."""
        cleaned = super().clean()
        country = cleaned.get("country", self.countries[0])
        cleaned["country"] = country
        zone = cleaned.get("time_zone", "")
        several = len(ZONES.get(country, ())) > 1
        cleaned["time_zone"] = zone if several else ""
        if several and not self.errors and zone not in ZONES[country]:
            self.add_error("time_zone", _("Choose a city of the country."))
        return cleaned


class CohortForm(SettingsForm):
    """The same, where the trainer may train: one country, or one of some."""

    # Chosen when the form is drawn: sent twice, it makes one cohort.
    form = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Open the page anew and fill in the form once more."),
            "invalid": _("Open the page anew and fill in the form once more."),
        },
    )
    country = country_field()
    field_order = ("form", "name", "country")

    def __init__(self, *args, countries: list[str], **kwargs):
        initial = {"form": uuid4()}
        super().__init__(*args, countries=countries, initial=initial, **kwargs)
        if len(countries) == 1:
            del self.fields["country"]
        else:
            self.fields["country"].choices = [*CHOOSE, *by_name(countries)]


class AddressForm(forms.Form):
    """Whom to ask, by their address."""

    address = AddressField(
        label=_("E-mail"),
        max_length=EMAIL_LENGTH,
        help_text=_(
            "Of a national trainer of the country. Nobody learns from here whether "
            "there is an account."
        ),
        error_messages=THEIR_EMAIL_WORDS,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def clean_address(self):
        return self.cleaned_data["address"].lower()


class SuperiorForm(forms.Form):
    """Who is the superior, if somebody is."""

    superior_name = forms.CharField(
        label=_("Name of the superior"),
        required=False,
        max_length=120,
        error_messages={
            "max_length": _("Shorten the name to %(limit_value)d letters."),
        },
    )
    superior_address = AddressField(
        label=_("E-mail of the superior"),
        required=False,
        max_length=EMAIL_LENGTH,
        help_text=_(
            "We write there only where the cohort asks superiors, and say no more than "
            "is needed."
        ),
        error_messages=THEIR_EMAIL_WORDS,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def clean_superior_name(self):
        return " ".join(self.cleaned_data["superior_name"].split())

    def clean_superior_address(self):
        return self.cleaned_data["superior_address"].lower()


class EndMembershipForm(forms.Form):
    """Why does it end?"""

    reason = reason_field(help_text=_("The person reads it."))
