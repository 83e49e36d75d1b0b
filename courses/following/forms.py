"""What a trainer asks of the list of a cohort, and whom they remind."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.following.files import COLUMNS
from courses.following.members import SHOWN, SORTS
from lms.people.models import User


def words_of(names):
    """Return the choices of words that stand in an address and on no screen."""
    return [(name, name) for name in names]


class FollowForm(forms.Form):
    """Which members are shown, in which order."""

    q = forms.CharField(required=False, max_length=100)
    show = forms.ChoiceField(required=False, choices=words_of(SHOWN))
    sort = forms.ChoiceField(required=False, choices=words_of(SORTS))

    def asked(self):
        """Return what was asked for, or what stands when nothing was."""
        given = self.cleaned_data
        return {
            "words": given["q"],
            "show": given["show"] or "all",
            "sort": given["sort"] or "need",
        }


class FileForm(FollowForm):
    """The same, and which columns the file has."""

    columns = forms.MultipleChoiceField(choices=words_of(COLUMNS))


class RemindForm(forms.Form):
    """Whom to remind, of the members in sight."""

    person = forms.ModelMultipleChoiceField(
        User.objects.none(),
        to_field_name="uuid",
        error_messages={
            "required": _("Tick who is to be reminded."),
            "invalid_choice": _("Somebody of the list is not in this cohort any more."),
            "invalid_pk_value": _(
                "Somebody of the list is not in this cohort any more."
            ),
        },
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people
