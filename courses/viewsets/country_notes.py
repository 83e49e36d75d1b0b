"""Country notes as their owners write them: a tab for each language."""

from django import forms
from django.conf import settings
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.ui.tables import DateColumn
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.viewsets.model import ModelViewSet

from courses.blocks import RICH, Topic
from courses.models import CountryNote
from courses.viewsets.helps import Helped
from courses.words.forms import HonestForm
from courses.words.views import WordsAreNamed
from lms.people.choices import Country

LANGUAGES = dict(settings.LANGUAGES)
# Which field of the model each text of the form is a language of.
PARTS = {"title": "titles", "text": "texts", "owner": "owners"}


def fields_of(language: str) -> dict[str, forms.Field]:
    """Return the form fields that hold one language of a note."""
    sources = forms.CharField(
        label=_("Sources"),
        help_text=_("One on each line, in the same order in every language."),
        widget=forms.Textarea(attrs={"rows": 4, "lang": language}),
    )
    return {
        f"title_{language}": forms.CharField(label=_("Title"), max_length=200),
        f"text_{language}": forms.CharField(
            label=_("Text"), widget=DraftailRichTextArea(features=RICH)
        ),
        f"sources_{language}": sources,
        f"owner_{language}": forms.CharField(label=_("Owner"), max_length=200),
    }


class NoteForm(Helped, HonestForm):
    """Reads the texts of every language into the note, and out of it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            for part, field in PARTS.items():
                texts = getattr(self.instance, field) or {}
                self.initial[f"{part}_{language}"] = texts.get(language, "")
            lines = [source.get(language, "") for source in self.instance.sources]
            self.initial[f"sources_{language}"] = "\n".join(lines)

    def clean(self):
        """Refuse sources that do not match line by line, and days to come."""
        cleaned = super().clean()
        for name in ("checked_on", "called_on"):
            if (day := cleaned.get(name)) and day > timezone.localdate():
                self.add_error(name, _("This day is yet to come."))
        if len({len(self._lines(language)) for language in LANGUAGES}) > 1:
            raise forms.ValidationError(
                _("Write as many sources in each language as in the others.")
            )
        return cleaned

    def save(self, commit=True):
        before = self.instance.texts or {}
        for part, field in PARTS.items():
            texts = {code: self.cleaned_data[f"{part}_{code}"] for code in LANGUAGES}
            setattr(self.instance, field, texts)
        rows = zip(*(self._lines(code) for code in LANGUAGES), strict=True)
        self.instance.sources = [dict(zip(LANGUAGES, row, strict=True)) for row in rows]
        if "called_on" not in self.changed_data and self._differs_from(before):
            self.instance.called_on = None
        return super().save(commit)

    def _differs_from(self, before: dict[str, str]) -> bool:
        """Whether words of the text changed: nobody called what they name now."""
        return any(
            strip_tags(before.get(code, "")) != strip_tags(text)
            for code, text in self.instance.texts.items()
        )

    def _lines(self, language: str) -> list[str]:
        text = self.cleaned_data.get(f"sources_{language}", "")
        return [line.strip() for line in text.splitlines() if line.strip()]


CountryNoteForm = type(
    "CountryNoteForm",
    (NoteForm,),
    {
        "__module__": __name__,
        **{
            name: field
            for language in LANGUAGES
            for name, field in fields_of(language).items()
        },
    },
)


class NoteAdd(WordsAreNamed, CreateView):
    """Begins with the country and topic that the grid of missing notes asks for."""

    def get_initial_form_instance(self):
        asked = self.request.GET
        return CountryNote(
            country=_one_of(Country, asked.get("country", "")),
            topic=_one_of(Topic, asked.get("topic", "")),
        )


class NoteEdit(WordsAreNamed, EditView):
    pass


def _one_of(choices: type[TextChoices], value: str) -> str:
    return value if value in choices.values else ""


class CountryNoteViewSet(ModelViewSet):
    model = CountryNote
    icon = "globe"
    add_view_class = NoteAdd
    edit_view_class = NoteEdit
    copy_view_enabled = False
    list_display = (
        "country",
        "topic",
        DateColumn("checked_on", label=_("Checked on")),
    )
    list_filter = ("country", "topic")
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("country"),
                    FieldPanel("topic"),
                    FieldPanel("checked_on"),
                    FieldPanel("called_on"),
                ],
                heading=_("Country and topic"),
            ),
            *[
                ObjectList(
                    [FieldPanel(field) for field in fields_of(language)], heading=name
                )
                for language, name in LANGUAGES.items()
            ],
        ],
        base_form_class=CountryNoteForm,
    )
