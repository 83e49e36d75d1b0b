"""What is asked of whoever grants a mandate or ends one."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.folding import folded_text
from lms.mandates.granting import Offer
from lms.mandates.rules import Granter, Level, last_day
from lms.people.addresses import AddressField
from lms.people.countries import by_name
from lms.people.forms import CHOOSE
from lms.people.models import Institution
from lms.people.sign_in_forms import THEIR_EMAIL_WORDS

REASON_LENGTH = 255
ISO = "%Y-%m-%d"


def country_field(**more) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Country"),
        error_messages={
            "required": _("Choose a country."),
            "invalid_choice": _("Choose one of the countries in the list."),
        },
        **more,
    )


def day_field(label, **more) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=[ISO],
        widget=forms.DateInput(format=ISO, attrs={"type": "date"}),
        error_messages={
            "required": _("Choose a day."),
            "invalid": _("Write the day as year-month-day, such as 2026-12-31."),
        },
        **more,
    )


def reason_field(**more) -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        error_messages={
            "required": _("Write the reason."),
            "max_length": _("Shorten the reason to %(limit_value)d letters."),
        },
        **more,
    )


class GrantForm(forms.Form):
    """Over what, to which address, from when until when and why."""

    country = country_field(choices=lambda: [*CHOOSE, *by_name()])
    institution = forms.ChoiceField(
        label=_("Institution"),
        error_messages={
            "required": _("Choose an institution."),
            "invalid_choice": _("Choose one of the institutions in the list."),
        },
    )
    address = AddressField(
        label=_("E-mail"),
        max_length=254,
        help_text=_(
            "Of whoever is to have the mandate. The mail does not say what it is, and "
            "nobody learns whether there is an account."
        ),
        error_messages=THEIR_EMAIL_WORDS,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    from_on = day_field(_("From"))
    until_on = day_field(_("Until"), help_text=_("At most two years."))
    reason = reason_field(
        help_text=_(
            "The letter or decision it rests on. Whoever is offered it reads it."
        )
    )

    def __init__(self, *args, offer: Offer, granter: Granter, on: date, **kwargs):
        initial = {"from_on": on, "until_on": last_day(on)}
        super().__init__(*args, initial=initial, **kwargs)
        self.listed = {}
        if offer.level is not Level.COUNTRY:
            del self.fields["country"]
        if offer.level is Level.INSTITUTION:
            self._list_institutions_of(granter)
        else:
            del self.fields["institution"]

    def _list_institutions_of(self, granter: Granter) -> None:
        rows = Institution.objects.filter(country__in=granter.countries)
        self.listed = {str(row.pk): row for row in rows}
        several = len(granter.countries) > 1
        names = sorted(
            (
                (key, f"{row.get_country_display()}: {row}" if several else str(row))
                for key, row in self.listed.items()
            ),
            key=lambda choice: folded_text(choice[1]),
        )
        self.fields["institution"].choices = [*CHOOSE, *names]

    def clean(self):
        """Say the place as the action takes it: a country, an institution, or none."""
        cleaned = super().clean()
        institution = self.listed.get(cleaned.get("institution"))
        cleaned["institution"] = institution
        if institution:
            cleaned["country"] = institution.country
        cleaned.setdefault("country", "")
        return cleaned


class EndForm(forms.Form):
    """Why does it end?"""

    reason = reason_field(help_text=_("Whoever holds the mandate reads it."))


class ProofForm(forms.Form):
    """The code that was sent to the mailbox of an offer."""

    code = forms.CharField(
        label=_("Code of the message"),
        max_length=30,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}
        ),
        error_messages={
            "required": _("Enter the code."),
            "max_length": _("Enter the eight digits of the message."),
        },
    )


class CountryFilter(forms.Form):
    """Which country's mandates are listed; none chosen: all."""

    country = country_field(
        choices=lambda: [("", _("All countries")), *by_name()], required=False
    )
