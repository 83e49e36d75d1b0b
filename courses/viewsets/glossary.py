"""Glossary terms as editors write them: a tab for each language."""

from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, DeleteView, EditView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log

from courses.models import GlossaryTerm
from courses.viewsets.helps import Helped
from courses.words.forms import HonestForm
from courses.words.views import WordsAreNamed

LANGUAGES = dict(settings.LANGUAGES)
SOURCE = settings.LANGUAGE_CODE
# Which field of the model each text of the form is a language of.
PARTS = {
    "name": "names",
    "definition": "definitions",
    "source": "sources",
    "avoid": "avoid",
    "why": "whys",
}


def fields_of(language: str) -> dict[str, forms.Field]:
    """Return the form fields that hold one language of a term."""
    long = forms.Textarea(attrs={"rows": 3, "lang": language})
    words = forms.CharField(
        label=_("Words in lessons"),
        required=False,
        help_text=_(
            "By which words lessons name it, one on each line, also in the plural; "
            "the first mention leads to the definition. None where these words say "
            "other things too."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "lang": language}),
    )
    return {
        f"name_{language}": forms.CharField(label=_("Term"), max_length=120),
        f"definition_{language}": forms.CharField(label=_("Definition"), widget=long),
        f"source_{language}": forms.CharField(label=_("Source"), max_length=400),
        f"avoid_{language}": forms.CharField(
            label=_("Instead of"),
            max_length=400,
            help_text=_("What should not be said, with ; between the wordings."),
        ),
        f"why_{language}": forms.CharField(label=_("Because"), widget=long),
        f"words_{language}": words,
    }


class TermForm(Helped, HonestForm):
    """Reads the texts of every language into the term, and out of it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            for part, field in PARTS.items():
                texts = getattr(self.instance, field) or {}
                self.initial[f"{part}_{language}"] = texts.get(language, "")
            words = (self.instance.words or {}).get(language, [])
            self.initial[f"words_{language}"] = "\n".join(words)

    def save(self, commit=True):
        said = self.cleaned_data
        for part, field in PARTS.items():
            texts = {code: said[f"{part}_{code}"] for code in LANGUAGES}
            setattr(self.instance, field, texts)
        self.instance.words = {code: self._lines(code) for code in LANGUAGES}
        return super().save(commit)

    def _lines(self, language: str) -> list[str]:
        lines = self.cleaned_data[f"words_{language}"].splitlines()
        return [" ".join(line.split()) for line in lines if line.strip()]


GlossaryTermForm = type(
    "GlossaryTermForm",
    (TermForm,),
    {
        "__module__": __name__,
        **{
            name: field
            for language in LANGUAGES
            for name, field in fields_of(language).items()
        },
    },
)


class TermAdd(WordsAreNamed, CreateView):
    pass


class TermEdit(WordsAreNamed, EditView):
    pass


class TermDelete(DeleteView):
    """Tells the log the key, by which files would bring the term back."""

    def delete_action(self):
        with transaction.atomic():
            log(
                self.object,
                "wagtail.delete",
                user=self.request.user,
                deleted=True,
                data={"key": self.object.key},
            )
            self.object.delete()


class GlossaryTermViewSet(ModelViewSet):
    model = GlossaryTerm
    icon = "openquote"
    add_view_class = TermAdd
    edit_view_class = TermEdit
    delete_view_class = TermDelete
    copy_view_enabled = False
    list_display = (
        Column("name", label=_("Term"), accessor=lambda term: term.name(SOURCE)),
        "key",
    )
    search_fields = ("key",)
    edit_handler = TabbedInterface(
        [
            ObjectList([FieldPanel("key")], heading=_("Key")),
            *[
                ObjectList(
                    [FieldPanel(field) for field in fields_of(language)], heading=name
                )
                for language, name in LANGUAGES.items()
            ],
        ],
        base_form_class=GlossaryTermForm,
    )
