"""Wordings to avoid as editors keep them: a pattern, the term to use, and why."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from courses.models import Wording
from courses.viewsets.helps import Helped

LANGUAGES = dict(settings.LANGUAGES)
SOURCE = settings.LANGUAGE_CODE
# Which field of the model each text of the form is a language of.
PARTS = {"reason": "reasons", "exception": "exceptions"}


def fields_of(language: str) -> dict[str, forms.Field]:
    """Return the form fields that hold one language of the reasons."""
    area = {"rows": 3, "lang": language}
    return {
        f"reason_{language}": forms.CharField(
            label=_("Because"), max_length=400, widget=forms.Textarea(area)
        ),
        f"exception_{language}": forms.CharField(
            label=_("Exception"),
            max_length=400,
            required=False,
            help_text=_("Where the wording may stand all the same, for people."),
            widget=forms.Textarea(area),
        ),
    }


class TextsForm(Helped, WagtailAdminModelForm):
    """Reads the reasons in every language into the wording, and out of it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            for part, field in PARTS.items():
                texts = getattr(self.instance, field) or {}
                self.initial[f"{part}_{language}"] = texts.get(language, "")

    def save(self, commit=True):
        for part, field in PARTS.items():
            texts = {code: self.cleaned_data[f"{part}_{code}"] for code in LANGUAGES}
            setattr(self.instance, field, texts)
        return super().save(commit)


WordingForm = type(
    "WordingForm",
    (TextsForm,),
    {
        "__module__": __name__,
        **{
            name: field
            for language in LANGUAGES
            for name, field in fields_of(language).items()
        },
    },
)


class WordingIndex(IndexView):
    def get_base_queryset(self):
        return Wording.objects.select_related("term")


class WordingViewSet(ModelViewSet):
    model = Wording
    icon = "edit"
    index_view_class = WordingIndex
    copy_view_enabled = False
    list_display = (
        "key",
        "language",
        "pattern",
        Column(
            "term", label=_("Use instead"), accessor=lambda row: row.term.name(SOURCE)
        ),
        "severity",
    )
    list_filter = ("language", "severity")
    search_fields = ("key", "pattern")
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("key"),
                    FieldPanel("language"),
                    FieldPanel("pattern"),
                    FieldPanel("term"),
                    FieldPanel("severity"),
                    FieldPanel("discussed"),
                ],
                heading=_("Wording"),
            ),
            *[
                ObjectList(
                    [FieldPanel(field) for field in fields_of(language)], heading=name
                )
                for language, name in LANGUAGES.items()
            ],
        ],
        base_form_class=WordingForm,
    )
