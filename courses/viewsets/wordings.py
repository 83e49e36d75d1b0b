"""Wordings to avoid as editors keep them: a pattern, the term to use, and why."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from courses.models import Wording
from courses.models.wordings import check_pattern
from courses.viewsets.helps import Helped
from courses.words.plain import NotPlain, pattern_of
from courses.words.rules import Passage, Rule, findings_in

LANGUAGES = dict(settings.LANGUAGES)
SOURCE = settings.LANGUAGE_CODE
TRY = "try"  # name of the button
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


class TrySentence(forms.Textarea):
    """A sentence with the button that tries it, and what was found in it."""

    said = ""

    def render(self, name, value, attrs=None, renderer=None):
        area = super().render(name, value, attrs, renderer)
        context = {"area": area, "said": self.said, "button": TRY}
        return render_to_string("courses/admin/try_sentence.html", context)


class TextsForm(Helped, WagtailAdminModelForm):
    """Reads the reasons in every language into the wording, and out of it.

    Of plain words it makes the pattern; a sentence is tried and not kept.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pattern"].required = False
        for language in LANGUAGES:
            for part, field in PARTS.items():
                texts = getattr(self.instance, field) or {}
                self.initial[f"{part}_{language}"] = texts.get(language, "")

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("plain"):
            if not cleaned.get("pattern") and "pattern" not in self.errors:
                told = _("Write the words to avoid, one wording on a line.")
                self.add_error("plain", told)
            return cleaned
        try:
            cleaned["pattern"] = pattern_of(cleaned["plain"])
            check_pattern(cleaned["pattern"])
        except NotPlain as fault:
            told = _(
                "“%(wording)s” is not made of words: only letters, digits, and an "
                "asterisk at the end of a word."
            )
            self.add_error("plain", told % {"wording": fault})
        except ValidationError as error:
            self.add_error("plain", error)
        return cleaned

    def try_sentence(self) -> None:
        """Say what would be found in the sentence; what else is missing is no matter.

        What is wrong with the words or the pattern themselves is said.
        """
        self.is_valid()
        for name in set(self.errors) - {"plain", "pattern"}:
            del self.errors[name]
        pattern = self.cleaned_data.get("pattern")
        if self.errors or not pattern:
            return
        rule = Rule("", pattern, "", "", discussed=self.cleaned_data["discussed"])
        passage = Passage("", self.cleaned_data.get("sentence", ""))
        found = dict.fromkeys(one.wording for one in findings_in([passage], [rule]))
        said = ", ".join(f"“{wording}”" for wording in found)
        self.fields["sentence"].widget.said = (
            _("Found: %(wordings)s.") % {"wordings": said}
            if found
            else _("Nothing is found in it.")
        )

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
        "sentence": forms.CharField(
            label=_("Try a sentence"),
            required=False,
            max_length=1000,
            help_text=_("It is not kept."),
            widget=TrySentence({"rows": 2}),
        ),
        **{
            name: field
            for language in LANGUAGES
            for name, field in fields_of(language).items()
        },
    },
)


class Trying:
    """Mixin of a form's view: one of its buttons tries a sentence and keeps nothing."""

    def is_valid(self, form):
        if TRY not in self.request.POST:
            return super().is_valid(form)
        form.try_sentence()
        return False

    def form_invalid(self, form):
        if TRY not in self.request.POST:
            return super().form_invalid(form)
        self.form = form
        return self.render_to_response(self.get_context_data())


class WordingAdd(Trying, CreateView):
    pass


class WordingEdit(Trying, EditView):
    pass


class WordingIndex(IndexView):
    def get_base_queryset(self):
        return Wording.objects.select_related("term")


class WordingViewSet(ModelViewSet):
    model = Wording
    icon = "edit"
    index_view_class = WordingIndex
    add_view_class = WordingAdd
    edit_view_class = WordingEdit
    copy_view_enabled = False
    list_display = (
        "key",
        "language",
        Column("said", label=_("Words to avoid")),
        Column(
            "term", label=_("Use instead"), accessor=lambda row: row.term.name(SOURCE)
        ),
        "severity",
    )
    list_filter = ("language", "severity")
    search_fields = ("key", "plain", "pattern")
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("key"),
                    FieldPanel("language"),
                    FieldPanel("plain"),
                    FieldPanel("sentence"),
                    FieldPanel("term"),
                    FieldPanel("severity"),
                    FieldPanel("discussed"),
                    MultiFieldPanel(
                        [FieldPanel("pattern")],
                        heading=_("Advanced: a regular expression"),
                        classname="collapsed",
                    ),
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
