"""What a trainer types of a workshop and who was there; what a learner types there."""

from collections.abc import Mapping

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from courses.inperson.actions.workshops import Plan
from courses.inperson.rules import CODE_DIGITS, LEAST_PLACES, names_an_address
from courses.models import Workshop
from lms.folding import folded_text
from lms.mandates.forms import reason_field
from lms.people.forms import CHOOSE, LANGUAGES
from lms.people.models import Cohort, Institution

CLOCK = "%Y-%m-%dT%H:%M"
MOST_MINUTES, MOST_PLACES = 6000, 1000
NO_ADDRESS = _("Everybody can read this. Leave out e-mail addresses.")
LANGUAGE_WORDS = {
    "required": _("Choose a language."),
    "invalid_choice": _("Choose one of the languages in the list."),
}


def text_field(label, *, required, longest, **more) -> forms.CharField:
    """Return a field for a line of text; `required` says what to write."""
    return forms.CharField(
        label=label,
        max_length=longest,
        error_messages={
            "required": required,
            "max_length": _("Shorten it to %(limit_value)d letters."),
        },
        **more,
    )


def moment_field(label, **more) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        input_formats=[CLOCK],
        widget=forms.DateTimeInput(format=CLOCK, attrs={"type": "datetime-local"}),
        error_messages={
            "required": _("Choose a day and an hour."),
            "invalid": _("Write day and hour such as 2026-12-31T09:00."),
        },
        **more,
    )


def number_field(label, *, most: int, **more) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=most,
        error_messages={
            "required": _("Enter a number."),
            "invalid": _("Enter a number, in digits."),
            "min_value": _("Enter at least 1."),
            "max_value": _("Enter at most %(limit_value)d."),
        },
        **more,
    )


class WorkshopForm(forms.Form):
    """A workshop of a cohort; hours are those of a clock where the cohort is."""

    title = text_field(_("Title"), required=_("Write a title."), longest=160)
    place = text_field(
        _("Venue"),
        required=_("Write where it is."),
        longest=200,
        help_text=_("Building, room and town. Learners of the cohort read it."),
    )
    starts = moment_field(_("Begins"))
    ends = moment_field(_("Ends"))
    minutes = number_field(
        _("Minutes that count"),
        most=MOST_MINUTES,
        help_text=_("Without breaks. Whoever is there is credited with them."),
    )
    capacity = number_field(
        _("Places"),
        most=MOST_PLACES,
        help_text=format_lazy(
            _("At least {count}. They can be made more later, never fewer."),
            count=LEAST_PLACES,
        ),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=LANGUAGES, error_messages=LANGUAGE_WORDS
    )
    materials = forms.CharField(
        label=_("Materials"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What to read or bring. A link is written as https://…"),
        error_messages={"max_length": _("Shorten it to %(limit_value)d letters.")},
    )
    is_public = forms.BooleanField(
        label=_("Show in the regional calendar"),
        required=False,
        help_text=_(
            "Everybody can read title, country, dates, who organises it, language and "
            "places. Nobody’s name is shown."
        ),
    )
    organiser = forms.ChoiceField(
        label=_("Who organises it"),
        required=False,
        help_text=_("For the regional calendar."),
        error_messages={
            "invalid_choice": _("Choose one of the institutions in the list.")
        },
    )

    def __init__(self, *args, cohort: Cohort, **kwargs):
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        rows = Institution.objects.in_country(cohort.country)
        self.listed = {str(row.pk): row for row in rows}
        names = sorted(
            ((key, str(row)) for key, row in self.listed.items()),
            key=lambda choice: folded_text(choice[1]),
        )
        self.fields["organiser"].choices = [*CHOOSE, *names]

    def full_clean(self):
        with timezone.override(self.cohort.zone):
            super().full_clean()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("is_public"):
            if not cleaned.get("organiser"):
                self.add_error("organiser", _("Choose who organises it."))
            if names_an_address(cleaned.get("title", "")):
                self.add_error("title", NO_ADDRESS)
        return cleaned

    def plan(self) -> Plan:
        """Return what was typed, as the actions take it; ask after `is_valid`."""
        facts = dict(self.cleaned_data)
        facts["starts_at"], facts["ends_at"] = facts.pop("starts"), facts.pop("ends")
        facts["organiser"] = self.listed.get(facts["organiser"])
        return Plan(**facts)


def typed_before(workshop: Workshop) -> dict:
    """Return what the form says of a workshop at first."""
    names = ("title", "place", "minutes", "capacity", "language", "materials")
    return {name: getattr(workshop, name) for name in names} | {
        "starts": workshop.starts,
        "ends": workshop.ends,
        "is_public": workshop.is_public,
        "organiser": str(workshop.organiser_id or ""),
    }


PRESENT, ABSENT = "present", "absent"
ALL_PRESENT = "all-present"  # a button: it fills the list in and saves nothing
MARKS = [(PRESENT, _("Present")), (ABSENT, _("Absent"))]
MARK_WORDS = {
    "required": _("Choose present or absent."),
    "invalid_choice": _("Choose present or absent."),
}


class AttendanceForm(forms.Form):
    """Who was there: one choice for each person who has no mark yet."""

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {f"was-{person.uuid}": person for person in people}
        for name, person in self.people.items():
            self.fields[name] = forms.ChoiceField(
                label=person.legal_name,
                choices=[("", _("No mark")), *MARKS],
                required=False,
                error_messages=MARK_WORDS,
            )

    @classmethod
    def with_all_present(cls, chosen: Mapping[str, str], *, people):
        """Return the list with whoever has no choice yet as present, to be corrected.

        Nothing of it is saved: it is shown once more first.
        """
        form = cls(people=people)
        form.initial = {name: chosen.get(name) or PRESENT for name in form.people}
        return form

    @property
    def is_filled_in(self) -> bool:
        return bool(self.initial)

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(_("Mark at least one person."))
        return cleaned

    def marks(self) -> list[tuple]:
        """Return each person who was marked, and whether they were present."""
        return [
            (self.people[name], mark == PRESENT)
            for name, mark in self.cleaned_data.items()
            if mark
        ]


class CorrectionForm(forms.Form):
    """What is right, and why."""

    mark = forms.ChoiceField(
        label=_("What is right"),
        choices=MARKS,
        widget=forms.RadioSelect,
        error_messages=MARK_WORDS,
    )
    reason = reason_field(help_text=_("The person reads it."))


class CodeForm(forms.Form):
    """The code that stands on the screen of the room."""

    code = text_field(
        _("Code of the room"),
        required=_("Enter the code that you see in the room."),
        longest=20,
        help_text=format_lazy(
            _("{count} digits. It changes every minute."), count=CODE_DIGITS
        ),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off"},
        ),
    )
