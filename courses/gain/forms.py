"""What a reader may choose: one course and, of it, one profession; nothing narrower."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import Activity, Edition
from lms.people.choices import Track


class GainForm(forms.Form):
    """Whose answers, before and after which course; asked by GET."""

    course = forms.ChoiceField(
        required=False,
        error_messages={
            "invalid_choice": _("This course is not in the list. Choose another."),
        },
    )
    track = forms.ChoiceField(
        choices=[("", _("All")), *Track.choices],
        required=False,
        error_messages={
            "invalid_choice": _("This profession is not in the list. Choose another."),
        },
    )

    def __init__(self, *args, language: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.editions = {one.course.code: one for one in _with_a_pretest()}
        self.fields["course"].choices = [
            (code, one.title(language)) for code, one in self.editions.items()
        ]

    def asked(self) -> tuple[Edition | None, str]:
        """Return the newest edition of the course, else of the first one; the track."""
        if not self.is_valid():
            return None, ""
        code = self.cleaned_data["course"] or next(iter(self.editions), "")
        return self.editions.get(code), self.cleaned_data["track"]


def _with_a_pretest():
    pretests = Activity.objects.filter(kind=Activity.Kind.PRETEST)
    editions = Edition.objects.current().filter(course__in=pretests.values("course"))
    return editions.select_related("course").order_by("course__code")
