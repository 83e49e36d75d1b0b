"""Where somebody works, their profile, and how an account is left."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.folding import folded_text
from lms.people.addresses import AddressField
from lms.people.choices import Country, Language, Track
from lms.people.countries import by_name
from lms.people.models import Institution
from lms.people.name_fields import NameField, SortNameField, say_other_words

# Each language by its own name: a reader looks for the one they know.
LANGUAGES = [(Language.SPANISH, "Español"), (Language.ENGLISH, "English")]
CHOOSE = [("", _("Choose one"))]
NOT_LISTED = ("other", _("It is not in the list"))


def language_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Language of screens and messages"),
        choices=LANGUAGES,
        error_messages={
            "required": _("Choose a language."),
            "invalid_choice": _("Choose one of the languages in the list."),
        },
    )


class CountryForm(forms.Form):
    """The first step where somebody moves: what is listed next depends on it."""

    country = forms.ChoiceField(
        label=_("Country where you work"),
        choices=lambda: [*CHOOSE, *by_name()],
        error_messages={
            "required": _("Choose a country."),
            "invalid_choice": _("Choose one of the countries in the list."),
        },
    )


class SometimesNeeded(forms.CharField):
    """A text that the rule of its form may ask for: its label calls it not optional."""

    sometimes_needed = True

    def __init__(self, **more):
        super().__init__(required=False, **more)


def typed_institution_field() -> SometimesNeeded:
    return SometimesNeeded(
        label=_("Name of the institution, if it is not in the list"),
        max_length=200,
        error_messages={
            "max_length": _("Shorten the institution to %(limit_value)d letters.")
        },
    )


def track_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Profession"),
        help_text=_("It decides which parts of each course are for you."),
        choices=lambda: [*CHOOSE, *Track.choices],
        error_messages={
            "required": _("Choose your profession."),
            "invalid_choice": _("Choose one of the professions in the list."),
        },
    )


def sorted_choices(listed: dict[str, Institution]) -> list[tuple[str, str]]:
    names = ((key, str(row)) for key, row in listed.items())
    return sorted(names, key=lambda choice: folded_text(choice[1]))


class NamesOneInstitution:
    """For a form whose institution is in the list, or else is typed: never both.

    `listed` holds the institutions by their key; every other choice is that none fits.
    """

    def clean_institution_typed(self):
        return " ".join(self.cleaned_data["institution_typed"].split())

    def clean(self):
        cleaned = super().clean()
        chosen, typed = cleaned.get("institution"), cleaned.get("institution_typed")
        cleaned["institution"] = self.listed.get(chosen)
        if chosen and chosen not in self.listed and typed == "":
            self.add_error(
                "institution_typed", _("Write the name of your institution.")
            )
        if chosen in self.listed and typed:
            self.add_error(
                "institution_typed",
                _("Choose an institution in the list or write one, not both."),
            )
        return cleaned


class PostForm(NamesOneInstitution, CountryForm):
    """The second step: the institutions are those of the country."""

    institution = forms.ChoiceField(
        label=_("Institution"),
        error_messages={
            "required": _("Choose your institution."),
            "invalid_choice": _(
                "That institution is not of the country you chose. Choose another one."
            ),
        },
    )
    institution_typed = typed_institution_field()
    track = track_field()
    position = forms.CharField(
        label=_("Position"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
        error_messages={
            "max_length": _("Shorten the position to %(limit_value)d letters.")
        },
    )
    field_order = ("country", "institution", "institution_typed", "track", "position")

    def __init__(self, *args, country, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].widget = forms.HiddenInput()
        listed = Institution.objects.none()
        if country in Country.values:
            listed = Institution.objects.in_country(country)
        self.listed = {str(row.pk): row for row in listed}
        self.fields["institution"].choices = [
            *CHOOSE,
            *sorted_choices(self.listed),
            NOT_LISTED,
        ]


class ProfileForm(forms.Form):
    """Name and language."""

    legal_name = NameField(
        label=_("Name as on the certificate"),
        help_text=_(
            "Certificates already issued keep the name they were issued with; they "
            "are not drawn again."
        ),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    sort_name = SortNameField(
        label=_("Name to sort by"),
        help_text=_("Surnames first. Leave it empty and we work it out."),
        required=False,
        max_length=122,
    )
    reason = SometimesNeeded(
        label=_("Why your name changes"),
        help_text=_("Only if you change it: a marriage, a correction, a ruling."),
        max_length=255,
        error_messages={
            "max_length": _("Shorten the reason to %(limit_value)d letters.")
        },
    )
    language = language_field()

    def __init__(self, *args, person, **kwargs):
        self.person = person
        super().__init__(
            *args,
            initial={
                "legal_name": person.legal_name,
                "sort_name": person.sort_name,
                "language": person.language,
            },
            **kwargs,
        )

    def clean(self):
        """Let a sort name that nobody touched follow a changed name; ask why."""
        cleaned = super().clean()
        renamed = cleaned.get("legal_name") != self.person.legal_name
        if renamed and cleaned.get("sort_name") == self.person.sort_name:
            cleaned["sort_name"] = ""
        say_other_words(self, cleaned)
        if renamed and cleaned.get("legal_name") and cleaned.get("reason") == "":
            self.add_error("reason", _("Say why your name changes."))
        return cleaned


class LeaveForm(forms.Form):
    """The address of the account, typed: nobody leaves by a slip of the finger."""

    email = AddressField(
        label=_("Your e-mail, to confirm"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Write the e-mail you sign in with."),
            "invalid": _("Write the e-mail you sign in with."),
        },
    )

    def __init__(self, *args, person, **kwargs):
        self.person = person
        super().__init__(*args, **kwargs)

    def clean_email(self):
        typed = self.cleaned_data["email"]
        if typed.casefold() != self.person.email.casefold():
            raise forms.ValidationError(
                _("That is not the e-mail you sign in with. Write it as it is above.")
            )
        return typed
