"""What may be asked of a report: choices are those of the reader's own sight."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import lazystr
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from certificates.lines.cohorts import cohorts_in
from certificates.models import ReportLine
from certificates.reports import words
from certificates.reports.filters import Asked
from certificates.reports.query import SORTS
from courses.models import Edition
from lms.belonging.people import institutions_of
from lms.folding import folded_text
from lms.people.choices import Track
from lms.people.countries import by_name
from lms.people.models import User
from lms.web import periods

ANY = ("", _("Any"))
DATE = {"type": "date"}
# Beyond them no day can be reckoned with in every zone and database.
FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)
OUT_OF_TIME = _("Give a day between 2000 and 2100.")
HOW = {"sort", "group", "then", "dated"}  # these narrow nothing
PERIODS = (("from_on", "until_on"), ("other_from", "other_until"))
GONE = {
    "country": _("The link asks for a country outside of your mandate. Choose again."),
    "institution": _(
        "The link asks for an institution that is not, or no longer, in your mandate. "
        "Choose again."
    ),
    "track": _("The link asks for a profession that is not in the list. Choose again."),
    "cohort": _(
        "The link asks for a cohort in which nobody of yours is any more. Choose again."
    ),
    "course": _("The link asks for a course that is not in the list. Choose again."),
    "edition": _("The link asks for an edition that is not in the list. Choose again."),
}
UNKNOWN = _("The link asks for something that is not in the list. Choose again.")


class ReportForm(forms.Form):
    """Of whom, of what, of when: the filters of a report, asked by GET."""

    country = forms.ChoiceField(label=_("Country"), required=False)
    institution = forms.TypedChoiceField(
        label=_("Institution"), required=False, coerce=int, empty_value=None
    )
    track = forms.ChoiceField(
        label=_("Profession"), required=False, choices=[ANY, *Track.choices]
    )
    cohort = forms.TypedChoiceField(
        label=_("Cohort"), required=False, coerce=UUID, empty_value=None
    )
    course = forms.ChoiceField(label=_("Course"), required=False)
    edition = forms.TypedChoiceField(
        label=_("Edition"), required=False, coerce=int, empty_value=None
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[ANY, *words.STATES.items()]
    )
    standing = forms.ChoiceField(
        label=_("Certificate"), required=False, choices=[ANY, *words.STANDINGS.items()]
    )
    valid_on = forms.DateField(label=_("Certificates as of"), required=False)
    dated = forms.ChoiceField(
        label=_("Day that counts"), required=False, choices=list(words.DATED.items())
    )
    from_on = forms.DateField(label=_("From"), required=False)
    until_on = forms.DateField(label=_("Until"), required=False)
    other_from = forms.DateField(label=_("Compare with: from"), required=False)
    other_until = forms.DateField(label=_("Compare with: until"), required=False)
    group = forms.ChoiceField(
        label=_("Group by"),
        required=False,
        choices=[("", _("Nothing")), *words.GROUPS.items()],
    )
    then = forms.ChoiceField(
        label=_("and by"),
        required=False,
        choices=[("", _("Nothing")), *words.GROUPS.items()],
    )
    sort = forms.ChoiceField(required=False, choices=[(word, word) for word in SORTS])

    def __init__(self, *args, viewer: User, at: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        for name, choices in choices_for(viewer, at=at).items():
            self.fields[name].choices = [ANY, *choices]
        for name, field in self.fields.items():
            said = GONE.get(name, UNKNOWN)
            field.error_messages["invalid_choice"] = said
            field.error_messages["invalid"] = _("Write the date as in 2026-11-30.")
            if isinstance(field, forms.DateField):
                field.widget = forms.DateInput(format="%Y-%m-%d", attrs=DATE)
                field.input_formats = ["%Y-%m-%d", *field.input_formats]
                field.validators += [
                    MinValueValidator(FIRST, OUT_OF_TIME),
                    MaxValueValidator(LAST, OUT_OF_TIME),
                ]

    def clean(self):
        given = super().clean()
        for first, last in PERIODS:
            if given.get(first) and given.get(last) and given[first] > given[last]:
                self.add_error(last, _("The last day comes before the first one."))
        if given.get("group") and given.get("group") == given.get("then"):
            self.add_error("then", _("Group by two different things."))
        if given.get("then") and not given.get("group"):
            given["group"], given["then"] = given["then"], ""
        beside = given.get("other_from") or given.get("other_until")
        if beside and not (given.get("from_on") or given.get("until_on")):
            self.add_error("from_on", _("Say which period the other is compared with."))
        return given

    def asked(self) -> Asked:
        """Return what a valid form asks for."""
        return Asked.from_clean(self.cleaned_data)


def choices_for(viewer: User, *, at: datetime) -> dict[str, list[tuple]]:
    """Return the countries, institutions, cohorts, courses and editions in sight."""
    on, language = timezone.localdate(at), get_language()
    institutions = sorted(
        institutions_of(viewer, on=on), key=lambda one: folded_text(str(one))
    )
    countries = {one.country for one in institutions}
    seen = ReportLine.objects.visible_to(viewer, on=on)
    editions = Edition.objects.select_related("course").order_by(
        "course__code", "opened_at", "pk"
    )
    titles = {one.course.code: one.title(language) for one in editions}
    return {
        "country": by_name(countries),
        "institution": [(one.pk, lazystr(one)) for one in institutions],
        "cohort": cohorts_in(seen),
        "course": list(titles.items()),
        "edition": [
            (one.pk, f"{titles[one.course.code]} · {one.label}") for one in editions
        ],
    }


@dataclass(frozen=True, slots=True)
class Said:
    """One filter in words: its names in the address, its label and its value."""

    names: tuple[str, ...]
    label: str
    value: str


def in_words(form: ReportForm) -> list[Said]:
    """Return the filters that a valid form asks for, for headings and files."""
    apart = HOW.union(*PERIODS)
    single = [
        Said((name,), str(form.fields[name].label), _value(form, name, value))
        for name in form.fields
        if name not in apart and (value := form.cleaned_data.get(name))
    ]
    return [*single, *_periods(form)]


def _value(form: ReportForm, name: str, value: object) -> str:
    choices = dict(getattr(form.fields[name], "choices", []))
    return str(choices.get(value, value)) if choices else date_format(value)


def _periods(form: ReportForm) -> Iterator[Said]:
    """Yield each period in one phrase, with what it is about."""
    given = form.cleaned_data
    labels = (words.DATED[given["dated"] or "enrolled"], _("Compared with"))
    for label, names in zip(labels, PERIODS, strict=True):
        if said := periods.in_words(*map(given.get, names)):
            yield Said(names, str(label), said)
