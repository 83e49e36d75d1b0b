"""What is asked of whoever helps: which account, why, and what is to be true then."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.people.addresses import AddressField
from lms.people.models import User
from lms.people.name_fields import NameField, SortNameField, say_other_words
from lms.people.sign_in_forms import EMAIL_LENGTH, THEIR_EMAIL_WORDS
from lms.support.accounts import mandates_of

VISIT_REASON, ACT_REASON = 160, 120
NAME_WORDS = {
    "required": _("Enter the person’s name as it should appear on the certificate.")
}
CANNOT_BE_USED = _("This address cannot be used. Enter another one.")


def address_field(label, **more) -> AddressField:
    return AddressField(
        label=label,
        max_length=EMAIL_LENGTH,
        error_messages=THEIR_EMAIL_WORDS,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        **more,
    )


def reason_field(*, length: int = ACT_REASON, **more) -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        max_length=length,
        error_messages={
            "required": _("Write the reason."),
            "max_length": _("Shorten the reason to %(limit_value)d letters."),
        },
        **more,
    )


def checked_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("How you made sure who it is"),
        widget=forms.RadioSelect,
        choices=[
            ("video", _("Video call with an identity document")),
            ("letter", _("Letter of the institution")),
            ("known", _("Somebody of the institution knows the person")),
        ],
        error_messages={
            "required": _("Choose how you made sure who it is."),
            "invalid_choice": _("Choose one of the ways in the list."),
        },
    )


class VisitForm(forms.Form):
    """Whose account, and what its owner asked for."""

    address = address_field(
        _("E-mail of the account"), help_text=_("The exact address, as it was told.")
    )
    reason = reason_field(
        length=VISIT_REASON, help_text=_("What the person asked for, and how.")
    )


class ForgetForm(forms.Form):
    """Which address is to be forgotten."""

    address = address_field(
        _("E-mail"), help_text=_("The exact address, as it was told.")
    )


class OfAccount(forms.Form):
    """What is asked about one account, which is open."""

    def __init__(self, *args, person: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer(person)

    def offer(self, person: User) -> None:
        """Let choose among what this account has, where there is such a choice."""


class ActForm(OfAccount):
    """Why something is done to an account."""

    reason = reason_field()


class EndMandateForm(OfAccount):
    """Which mandate ends, and why."""

    mandate = forms.ChoiceField(
        label=_("Mandate"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a mandate."),
            "invalid_choice": _("Choose one of the mandates in the list."),
        },
    )
    reason = reason_field(help_text=_("Whoever holds the mandate reads it."))

    def offer(self, person: User) -> None:
        held = mandates_of(person, on=timezone.localdate())
        choices = [(str(mandate.uuid), str(mandate)) for mandate in held]
        self.fields["mandate"].choices = choices


class CheckedForm(OfAccount):
    """Why, and how it is known who the person is: whoever asks gets in by it."""

    checked = checked_field()
    reason = reason_field()


class MailboxForm(OfAccount):
    """Which mailbox the person has now, and how it is known who they are."""

    address = address_field(_("New e-mail"))
    checked = checked_field()
    reason = reason_field()

    def clean_address(self):
        return self.cleaned_data["address"].lower()


class CorrectNameForm(OfAccount):
    """The name as it should stand on the next certificate."""

    legal_name = NameField(
        label=_("Name as on the certificate"),
        help_text=_(
            "Certificates already issued keep the name they were issued with; they "
            "are not drawn again."
        ),
        max_length=120,
        error_messages=NAME_WORDS,
    )
    sort_name = SortNameField(
        label=_("Name to sort by"),
        help_text=_("Surnames first. Leave it empty and we work it out."),
        required=False,
        max_length=122,
        error_messages=NAME_WORDS,
    )
    reason = reason_field()

    def clean(self):
        cleaned = super().clean()
        say_other_words(self, cleaned)
        return cleaned


class MergeForm(forms.Form):
    """Which other account is the same person's, and which of both stays."""

    address = address_field(_("E-mail of the other account"))
    keep = forms.ChoiceField(
        label=_("Account that stays"),
        widget=forms.RadioSelect,
        choices=[
            ("this", _("The one that is open here")),
            ("other", _("The other one")),
        ],
        error_messages={
            "required": _("Choose which account stays."),
            "invalid_choice": _("Choose one of the two accounts."),
        },
    )
    reason = reason_field()
