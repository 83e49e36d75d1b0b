"""What an editor says of a file of questions, and of those to take along."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from courses.models import CoursePage, ModulePage, Question
from courses.questions.interchange.formats import FORMATS
from courses.questions.interchange.neutral import MOST_BYTES, Unreadable
from courses.questions.interchange.reading import read
from courses.questions.interchange.words import refusal


def courses() -> list[CoursePage]:
    """Return every course in the language that it is written in."""
    return list(CoursePage.objects.filter(locale=Locale.get_default()).order_by("path"))


def modules_by_course() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the modules of each course as choices."""
    return [
        (
            f"{course.code}: {course.title}",
            [
                (str(module.translation_key), module.title)
                for module in ModulePage.objects.child_of(course).order_by("path")
            ],
        )
        for course in courses()
    ]


class BringForm(forms.Form):
    """A file, and where its questions go; cleaned, `file` is what was read."""

    file = forms.FileField(
        label=_("File with questions"),
        help_text=_(
            "GIFT, Aiken, Moodle XML, QTI 2.1 or our template, up to 2 MB and 500 "
            "questions. In Moodle: question bank, Export."
        ),
        allow_empty_file=True,
        max_length=None,
    )
    module = forms.ChoiceField(label=_("Course and module"))
    use = forms.ChoiceField(label=_("Used in"), choices=Question.Use)
    language = forms.ChoiceField(
        label=_("Language of texts that do not say theirs"),
        choices=settings.LANGUAGES,
        initial=settings.LANGUAGE_CODE,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["module"].choices = [("", "---------"), *modules_by_course()]

    def clean_file(self):
        """Return the questions of the file; its name says nothing of them."""
        try:
            return read(self.cleaned_data["file"].read(MOST_BYTES + 1))
        except Unreadable as error:
            raise forms.ValidationError(refusal(error.loss)) from error


class TakeForm(forms.Form):
    """Which questions to take along, and how they are written.

    `without` names the course and format of which it was told what stays here.
    """

    course = forms.ChoiceField(label=_("Course"))
    format = forms.ChoiceField(
        label=_("Format"), choices=[(key, one.name) for key, one in FORMATS.items()]
    )
    without = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["course"].choices = [
            (one.code, f"{one.code}: {one.title}") for one in courses()
        ]

    @property
    def chosen(self) -> str:
        """Return the course and the format, as `without` has them."""
        given = self.cleaned_data
        return f"{given['course']} {given['format']}"
