"""The two short pages of the sign-up, and the profile."""

from datetime import datetime

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lms.folding import folded_text
from lms.people.addresses import AddressField
from lms.people.choices import Country, Language, Track
from lms.people.countries import by_name
from lms.people.models import Institution, User
from lms.people.name_fields import NameField, SortNameField, say_other_words
from lms.people.sign_in_forms import (
    NEW_PASSWORD_HELP,
    NEW_PASSWORD_WORDS,
    say,
    say_email,
)
from lms.people.signing_up import SignUp

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


class SignupForm(AllauthSignupForm):
    """Page one. Nothing that it checks depends on who has an account."""

    legal_name = NameField(
        label=_("Name as on the certificate"),
        help_text=_("Your full legal name, with accents."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = language_field()
    consent = forms.BooleanField(
        label=_("I have read the privacy notice and agree to it."),
        error_messages={
            "required": _("Without your agreement we cannot open an account.")
        },
    )
    field_order = ("email", "legal_name", "password1", "language", "consent")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()
        say_email(self, "email", help_text=_("Of your institution, if you have one."))
        say(
            self.fields["password1"],
            label=_("Password"),
            help_text=NEW_PASSWORD_HELP,
            words=NEW_PASSWORD_WORDS,
        )

    def keep_address(self):
        """Leave the address as it is: an invitation went to it."""
        self.fields["email"].disabled = True
        self.fields["email"].help_text = _("Your invitation came to this address.")

    def clean(self):
        cleaned = super().clean()
        password, name = cleaned.get("password1"), cleaned.get("legal_name")
        if password and name and "password1" not in self.errors:
            try:
                validate_password(password, User(legal_name=name))
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return cleaned

    def validate_unique_email(self, value):
        """Look nobody up: whether the address is free, a task asks."""
        return value

    def as_sign_up(self, *, leads_to: str | None, at: datetime) -> SignUp:
        """Return what was filled in; the password is hashed, whoever it is."""
        said = self.cleaned_data
        return SignUp(
            address=said["email"],
            legal_name=said["legal_name"],
            password=make_password(said["password1"]),
            language=said["language"],
            notice=settings.PRIVACY_NOTICE_VERSION,
            agreed=at.timestamp(),
            leads_to=leads_to,
        )


class CountryForm(forms.Form):
    """The first step of page two: what is listed next depends on it."""

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


class PostForm(CountryForm):
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
    institution_typed = SometimesNeeded(
        label=_("Name of the institution, if it is not in the list"),
        max_length=200,
        error_messages={
            "max_length": _("Shorten the institution to %(limit_value)d letters.")
        },
    )
    track = forms.ChoiceField(
        label=_("Profession"),
        help_text=_("It decides which parts of each course are for you."),
        choices=lambda: [*CHOOSE, *Track.choices],
        error_messages={
            "required": _("Choose your profession."),
            "invalid_choice": _("Choose one of the professions in the list."),
        },
    )
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
        names = sorted(
            ((key, str(row)) for key, row in self.listed.items()),
            key=lambda choice: folded_text(choice[1]),
        )
        self.fields["institution"].choices = [*CHOOSE, *names, NOT_LISTED]

    def clean_institution_typed(self):
        return " ".join(self.cleaned_data["institution_typed"].split())

    def clean(self):
        cleaned = super().clean()
        chosen, typed = cleaned.get("institution"), cleaned.get("institution_typed")
        cleaned["institution"] = self.listed.get(chosen)
        if chosen == NOT_LISTED[0] and typed == "":
            self.add_error(
                "institution_typed", _("Write the name of your institution.")
            )
        if chosen in self.listed and typed:
            self.add_error(
                "institution_typed",
                _("Choose an institution in the list or write one, not both."),
            )
        return cleaned


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
