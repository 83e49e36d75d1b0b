"""What is asked of whoever takes a report away, keeps it, or schedules it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.models import Schedule
from certificates.reports.columns import COLUMNS
from certificates.takeaway import rules
from certificates.takeaway.formats import FORMATS
from certificates.takeaway.words import WEEKDAYS
from lms.approvals.forms import REASON_LENGTH
from lms.people.models import Mandate

NAME_LENGTH = 80


def format_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("Kind of file"),
        choices=[(one.key, one.name) for one in FORMATS.values()],
        error_messages={
            "required": gettext_lazy("Choose a kind of file."),
            "invalid_choice": gettext_lazy("Choose one of the kinds in the list."),
        },
    )


class ColumnsForm(forms.Form):
    """Which columns?"""

    columns = forms.MultipleChoiceField(
        label=gettext_lazy("Columns"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("The file holds those that you tick, and no others."),
        error_messages={
            "required": gettext_lazy("Tick at least one column."),
            "invalid_choice": gettext_lazy("Choose the columns from the list."),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["columns"].choices = [
            (column.key, capfirst(_(column.heading))) for column in COLUMNS.values()
        ]


class TakeForm(ColumnsForm):
    """Which kind of file, with which columns, and what for where it names many?"""

    format = format_field()
    reason = forms.CharField(
        label=gettext_lazy("What is the file needed for?"),
        help_text=gettext_lazy("The second person reads it."),
        max_length=REASON_LENGTH,
        required=False,
        error_messages={
            "required": gettext_lazy(
                "Write why the file is needed: the second person decides by it."
            ),
            "max_length": gettext_lazy(
                "Shorten the reason to %(limit_value)d letters."
            ),
        },
    )
    field_order = ("format", "columns", "reason")

    def __init__(self, *args, large: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if large:
            self.fields["reason"].required = True
        else:
            del self.fields["reason"]


class SaveForm(ColumnsForm):
    """Under which name, by which mandate?"""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=NAME_LENGTH,
        help_text=gettext_lazy("You alone see it, and whoever gets the report."),
        error_messages={
            "required": gettext_lazy("Enter a name for the report."),
            "max_length": gettext_lazy("Shorten the name to %(limit_value)d letters."),
        },
    )
    mandate = forms.ChoiceField(
        label=gettext_lazy("Mandate"),
        help_text=gettext_lazy("A schedule of the report ends with it."),
        error_messages={
            "required": gettext_lazy("Choose a mandate."),
            "invalid_choice": gettext_lazy("Choose one of your mandates."),
        },
    )
    field_order = ("name", "mandate", "columns")

    def __init__(self, *args, mandates: Sequence[Mandate], **kwargs):
        super().__init__(*args, **kwargs)
        self.mandates = {str(one.uuid): one for one in mandates}
        self.fields["mandate"].choices = [
            (key, str(one)) for key, one in self.mandates.items()
        ]
        if len(self.mandates) == 1:
            del self.fields["mandate"]

    def answers(self) -> dict[str, Any]:
        """Return what the action needs of a valid form."""
        given = dict(self.cleaned_data)
        chosen = given.pop("mandate", None) or next(iter(self.mandates))
        return given | {"mandate": self.mandates[chosen]}


class ScheduleForm(forms.Form):
    """When, as which file, for whom?"""

    every = forms.ChoiceField(
        label=gettext_lazy("How often"),
        choices=Schedule.Every,
        error_messages={
            "required": gettext_lazy("Choose how often."),
            "invalid_choice": gettext_lazy("Choose every week or every month."),
        },
    )
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("Day of the week"),
        help_text=gettext_lazy("For a report of every week."),
        coerce=int,
        required=False,
        empty_value=0,
        choices=list(enumerate(WEEKDAYS)),
        error_messages={
            "invalid_choice": gettext_lazy("Choose a day of the week."),
        },
    )
    monthday = forms.IntegerField(
        label=gettext_lazy("Day of the month, 1 to 28"),
        help_text=gettext_lazy("For a report of every month."),
        required=False,
        min_value=1,
        max_value=rules.LAST_DAY,
        error_messages={
            "invalid": gettext_lazy("Write a day from 1 to 28."),
            "min_value": gettext_lazy("Write a day from 1 to 28."),
            "max_value": gettext_lazy("Write a day from 1 to 28."),
        },
    )
    format = format_field()
    recipients = forms.MultipleChoiceField(
        label=gettext_lazy("Who gets it"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Those who hold a mandate of the same scope as yours. Each gets a link by "
            "e-mail, and a file of what they may see on that day."
        ),
        error_messages={
            "required": gettext_lazy("Tick at least one person."),
            "invalid_choice": gettext_lazy(
                "One of those chosen holds no mandate of the same scope any more. "
                "Choose again."
            ),
        },
    )

    def __init__(self, *args, holders: Sequence[Mandate], **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(one.holder.uuid): one.holder for one in holders}
        self.fields["recipients"].choices = [
            (key, person.legal_name or person.email)
            for key, person in self.people.items()
        ]

    def clean(self):
        given = super().clean()
        monthly = given.get("every") == Schedule.Every.MONTH
        if monthly and given.get("monthday", "") is None:
            self.add_error("monthday", _("Write a day from 1 to 28."))
        if len(given.get("recipients", [])) > rules.MOST_RECIPIENTS:
            self.add_error(
                "recipients",
                _("Choose at most %(most)d people.") % {"most": rules.MOST_RECIPIENTS},
            )
        return given

    def answers(self) -> dict[str, Any]:
        """Return what the action needs of a valid form."""
        given = self.cleaned_data
        weekly = given["every"] == Schedule.Every.WEEK
        return {
            "every": given["every"],
            "day": given["weekday"] if weekly else given["monthday"],
            "format": given["format"],
            "recipients": [self.people[key] for key in given["recipients"]],
        }
