"""What is typed about assignments: dates, what is different for one, whom to ask."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from courses.assigning.rules import MOST_DAYS, MOST_EXTRA_ATTEMPTS, Dates
from courses.timing import MOST_EXTRA_MINUTES
from lms.mandates.forms import day_field, reason_field
from lms.people.addresses import AddressField
from lms.people.forms import CHOOSE
from lms.people.sign_in_forms import THEIR_EMAIL_WORDS


class DatesForm(forms.Form):
    """When a course opens and is due, and which one comes first.

    `firsts` are the assignments that may come first: their keys as text, and titles.
    """

    opens_on = day_field(
        _("Opens on"), required=False, help_text=_("Empty: it can be started at once.")
    )
    due_on = day_field(
        _("Due on"), required=False, help_text=_("The same day for everybody.")
    )
    due_after_days = forms.IntegerField(
        label=_("Or: days to finish"),
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        help_text=_(
            "Counted for each person from the day they joined the cohort or, if that "
            "was later, from the day the course was assigned."
        ),
        error_messages={
            "invalid": _("Enter a number of days, in digits."),
            "min_value": _("Give at least one day."),
            "max_value": _("Give at most %(limit_value)d days."),
        },
    )
    after = forms.ChoiceField(
        label=_("Comes after"),
        required=False,
        help_text=_("The course that must be completed first."),
        error_messages={"invalid_choice": _("Choose one of the courses in the list.")},
    )

    def __init__(self, *args, firsts, **kwargs):
        super().__init__(*args, **kwargs)
        self.firsts = {str(one.pk): one for one, _title in firsts}
        self.fields["after"].choices = [
            ("", _("No other course")),
            *((str(one.pk), title) for one, title in firsts),
        ]

    def clean(self):
        """Say what comes first and the dates as the actions take them."""
        cleaned = super().clean()
        return {
            **cleaned,
            "after": self.firsts.get(cleaned.get("after", "")),
            "dates": Dates(
                opens_on=cleaned.get("opens_on"),
                due_on=cleaned.get("due_on"),
                due_after_days=cleaned.get("due_after_days"),
            ),
        }


class AssignForm(DatesForm):
    """Which course, and the same as when its dates are changed."""

    course = forms.ChoiceField(
        label=_("Course"),
        error_messages={
            "required": _("Choose a course."),
            "invalid_choice": _("Choose one of the courses in the list."),
        },
    )
    field_order = ("course",)

    def __init__(self, *args, courses, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["course"].choices = [*CHOOSE, *courses]


class ExceptionForm(forms.Form):
    """Until when, with how many more attempts or minutes, and why."""

    due_on = day_field(
        _("Due on"), required=False, help_text=_("Empty: the same day as for all.")
    )
    extra_attempts = forms.IntegerField(
        label=_("Extra attempts at the final test"),
        required=False,
        min_value=0,
        max_value=MOST_EXTRA_ATTEMPTS,
        help_text=format_lazy(_("Between 0 and {most}."), most=MOST_EXTRA_ATTEMPTS),
        error_messages={
            "invalid": _("Enter a number, in digits."),
            "min_value": _("Enter zero or more."),
            "max_value": _("Give at most %(limit_value)d."),
        },
    )
    extra_minutes = forms.IntegerField(
        label=_("Extra minutes for each attempt at the final test"),
        required=False,
        min_value=0,
        max_value=MOST_EXTRA_MINUTES,
        help_text=format_lazy(
            _(
                "Between 0 and {most}. Only where the test has a time limit, and from "
                "the next attempt on: one that has begun keeps its end."
            ),
            most=MOST_EXTRA_MINUTES,
        ),
        error_messages={
            "invalid": _("Enter a number, in digits."),
            "min_value": _("Enter zero or more."),
            "max_value": _("Give at most %(limit_value)d."),
        },
    )
    reason = reason_field(
        help_text=_("The person can read it. Name no illness and no case.")
    )

    def clean_extra_attempts(self):
        return self.cleaned_data["extra_attempts"] or 0

    def clean_extra_minutes(self):
        return self.cleaned_data["extra_minutes"] or 0


class SuperiorForm(forms.Form):
    """Who approves that I take a course?"""

    name = forms.CharField(
        label=_("Name of your superior"),
        max_length=120,
        error_messages={
            "required": _("Write the name of your superior."),
            "max_length": _("Shorten the name to %(limit_value)d letters."),
        },
    )
    address = AddressField(
        label=_("Work e-mail of your superior"),
        max_length=254,
        help_text=_("Not your own. The mail names neither you nor the course."),
        error_messages=THEIR_EMAIL_WORDS,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class RefusalForm(forms.Form):
    """Why does a superior not approve?"""

    reason = reason_field(help_text=_("The person who asked reads it."))
