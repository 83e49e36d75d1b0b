"""The one page of the sign-up: who somebody is, and where they work."""

from collections.abc import Iterator
from datetime import datetime

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from lms.people.countries import by_name
from lms.people.forms import (
    CHOOSE,
    NamesOneInstitution,
    language_field,
    sorted_choices,
    track_field,
    typed_institution_field,
)
from lms.people.models import Institution, User
from lms.people.name_fields import NameField
from lms.people.sign_in_forms import (
    NEW_PASSWORD_HELP,
    NEW_PASSWORD_WORDS,
    say,
    say_email,
)
from lms.people.signing_up import SignUp

PASSWORD_AGAIN = _("Type your password again: it is not shown on a page twice.")
NOT_IN = "other-"  # and the country
Group = tuple[str, list[tuple[str, str]]]


def by_country(listed: dict[str, Institution]) -> Iterator[Group]:
    """Return the institutions under their country: one choice says both.

    Without a script no list can follow from a country that is chosen on the same page.
    """
    for country, name in by_name():
        here = {key: row for key, row in listed.items() if row.country == country}
        none = gettext("%(country)s: it is not in the list") % {"country": name}
        yield name, [*sorted_choices(here), (f"{NOT_IN}{country}", none)]


class SignupForm(NamesOneInstitution, AllauthSignupForm):
    """All that is asked. Nothing that it checks depends on who has an account."""

    legal_name = NameField(
        label=_("Name as on the certificate"),
        help_text=_("Your full legal name, with accents."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    institution = forms.ChoiceField(
        label=_("Institution where you work"),
        help_text=_("By country. At the end of each country: it is not in the list."),
        error_messages={
            "required": _("Choose your institution."),
            "invalid_choice": _("Choose one of the institutions in the list."),
        },
    )
    institution_typed = typed_institution_field()
    track = track_field()
    language = language_field()
    consent = forms.BooleanField(
        label=_("I have read the privacy notice and agree to it."),
        error_messages={
            "required": _("Without your agreement we cannot open an account.")
        },
    )
    field_order = (
        "email",
        "legal_name",
        "password1",
        "institution",
        "institution_typed",
        "track",
        "language",
        "consent",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.listed = {str(row.pk): row for row in Institution.objects.all()}
        self.fields["institution"].choices = [*CHOOSE, *by_country(self.listed)]
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
        chosen = self.cleaned_data.get("institution", "")
        cleaned = super().clean()
        listed = cleaned["institution"]
        cleaned["country"] = listed.country if listed else chosen.removeprefix(NOT_IN)
        password, name = cleaned.get("password1"), cleaned.get("legal_name")
        if password and name and "password1" not in self.errors:
            try:
                validate_password(password, User(legal_name=name))
            except forms.ValidationError as error:
                self.add_error("password1", error)
        self.say_that_the_password_is_gone()
        return cleaned

    def say_that_the_password_is_gone(self):
        """A page that is shown again never holds it: the field comes back empty."""
        if self.errors and self.cleaned_data.get("password1"):
            self.add_error("password1", PASSWORD_AGAIN)

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
            work=self.as_work(),
        )

    def as_work(self) -> dict[str, str | int | None]:
        """Return where they work, as a session can hold it."""
        said, chosen = self.cleaned_data, self.cleaned_data["institution"]
        return {
            "country": said["country"],
            "institution": chosen.pk if chosen else None,
            "institution_typed": said["institution_typed"],
            "track": said["track"],
            "position": self.initial.get("position", ""),  # an invitation may say it
        }
