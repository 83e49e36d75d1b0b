"""What is typed of a training for the regional calendar, and asked of the calendar."""

from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from courses.inperson.actions.trainings import Announcement
from courses.inperson.calendar import Asked, months_from
from courses.inperson.forms import LANGUAGE_WORDS, NO_ADDRESS, text_field
from courses.inperson.rules import names_an_address
from courses.models import Training
from lms.mandates.forms import country_field, day_field
from lms.people.choices import Country
from lms.people.countries import by_name
from lms.people.forms import CHOOSE, LANGUAGES

MOST_DAYS = 366
PUBLIC_TEXTS = ("title_es", "title_en", "place", "organiser", "open_to")


class TrainingForm(forms.Form):
    """A training that everybody may read of; `countries` are those to choose from."""

    title_es = text_field(
        _("Title in Spanish"), required=_("Write a title."), longest=160
    )
    title_en = text_field(
        _("Title in English"), required=_("Write a title."), longest=160
    )
    country = country_field()
    from_on = day_field(_("From"))
    until_on = day_field(_("Until"))
    place = text_field(
        _("Venue"),
        required=_("Write where it is."),
        longest=200,
        help_text=_("The town is enough."),
    )
    organiser = text_field(
        _("Who organises it"),
        required=_("Write who organises it."),
        longest=200,
        help_text=_("An institution, not a person."),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=LANGUAGES, error_messages=LANGUAGE_WORDS
    )
    open_to = text_field(
        _("Open to"),
        required=_("Write for whom it is."),
        longest=200,
        help_text=_("Such as: judges and prosecutors of Guatemala."),
    )
    contact = forms.URLField(
        label=_("Page to ask at"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("A page of the institution: https://…"),
        error_messages={
            "invalid": _("Write the address of a page, such as https://example.org."),
            "max_length": _("Shorten it to %(limit_value)d letters."),
        },
    )

    def __init__(self, *args, countries: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [*CHOOSE, *by_name(countries)]

    def clean(self):
        cleaned = super().clean()
        for name in (*PUBLIC_TEXTS, "contact"):
            if names_an_address(cleaned.get(name, "")):
                self.add_error(name, NO_ADDRESS)
        begins, ends = cleaned.get("from_on"), cleaned.get("until_on")
        if begins and ends and ends < begins:
            self.add_error("until_on", _("It ends before it begins. Correct the days."))
        if begins and ends and (ends - begins).days > MOST_DAYS:
            self.add_error("until_on", _("A training lasts at most a year."))
        return cleaned

    def said(self) -> Announcement:
        """Return what was typed; ask after `is_valid`."""
        return Announcement(**self.cleaned_data)


def typed_before(training: Training) -> dict:
    names = Announcement.__slots__
    return {name: getattr(training, name) for name in names}


def asked_of(query: QueryDict, *, on: date) -> Asked:
    """Return what an address asks; what nobody offers is passed over."""
    country, month = query.get("country", ""), query.get("month", "")
    offered = {f"{day:%Y-%m}": day for day in months_from(on)}
    return Asked(
        country=country if country in Country.values else "",
        month=offered.get(month),
    )


def months_to_choose(on: date) -> list[tuple[str, str]]:
    """Return the value and the name of each month that is offered."""
    return [
        (f"{day:%Y-%m}", date_format(day, "YEAR_MONTH_FORMAT"))
        for day in months_from(on)
    ]
