"""The form of a question: a tab for each language, and which answer is right."""

from operator import itemgetter
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, Panel, TabbedInterface
from wagtail.images.models import Image
from wagtail.images.widgets import AdminImageChooser

from courses.models import Question
from courses.questions import kinds
from courses.questions.kinds.kind import Document, Entry
from courses.questions.pictures import TooHeavy, drawn
from courses.questions.rules import problems_of
from courses.viewsets.helps import Helped
from courses.viewsets.options import SIDES, option_field, options_panels, sides_of
from courses.words.forms import HonestForm

LANGUAGES = dict(settings.LANGUAGES)
SOURCE = settings.LANGUAGE_CODE
LONG = {"stem": _("Question"), "feedback": _("Feedback")}
KINDS = {name: kind.label for name, kind in kinds.KINDS.items()}
TOO_HEAVY = _(
    "This picture is too heavy for a page of questions. Choose a plainer one."
)
PROBLEMS = {
    "missing-alt": _("Say in every language, in words, what the picture shows."),
    "no-key": _("Mark the right answer; matching and ordering need it for every row."),
}


def text_fields(document: Document, language: str) -> dict[str, forms.Field]:
    """Return the form fields that hold one language of a question."""
    attrs = {"rows": 3, "lang": language}
    fields: dict[str, forms.Field] = {
        "stem": forms.CharField(label=LONG["stem"], widget=forms.Textarea(attrs)),
        "alt": forms.CharField(label=_("Picture, in words"), required=False),
    }
    options = {
        option_field(side, option["key"], language): forms.CharField(
            label=f"{SIDES.get(side, _('Answer'))} {option['key']}"
        )
        for side, options in sides_of(document).items()
        for option in options
    }
    rest = {
        "feedback": forms.CharField(
            label=LONG["feedback"], widget=forms.Textarea(attrs)
        ),
        "source": forms.CharField(label=_("Source")),
    }
    return (
        {f"{name}_{language}": field for name, field in fields.items()}
        | options
        | {f"{name}_{language}": field for name, field in rest.items()}
    )


def picture_field() -> forms.Field:
    """Return the form field that chooses the picture above the question."""
    return forms.ModelChoiceField(
        Image.objects.all(),
        label=_("Picture"),
        required=False,
        widget=AdminImageChooser(),
    )


def key_fields(document: Document) -> dict[str, forms.Field]:
    """Return the form fields that say which answer is right."""
    entries = kinds.kind_of(document).key_entries(document, itemgetter(SOURCE))
    return {name: field_of(entry) for entry in entries for name in names_of(entry)}


def names_of(entry: Entry) -> list[str]:
    """Return the names of its fields, one for each language where it has several."""
    languages = [f"{entry.name}_{code}" for code in LANGUAGES]
    return languages if entry.by_language else [entry.name]


def field_of(entry: Entry) -> forms.Field:
    """Return a field of the key as its kind wants it filled in."""
    text = {"label": entry.label, "required": entry.is_needed}
    facts = {"label": entry.label, "choices": entry.choices}
    match entry.shape:
        case "line":
            return forms.CharField(**text)
        case "lines":
            return forms.CharField(**text, widget=forms.Textarea({"rows": 4}))
        case "several":
            widget = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(**facts, widget=widget)
        case "radio":
            return forms.ChoiceField(**facts, widget=forms.RadioSelect)
        case _:
            return forms.ChoiceField(**facts)


class DocumentForm(Helped, HonestForm):
    """Reads the texts and the key of `document` into fields, and out of them."""

    document: Document = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        given = kwargs.get("initial") or {}  # what somebody is about to write
        self.initial |= self._texts_now() | self._key_now() | given

    def clean_picture(self):
        """Return what the document is to say of the picture that was chosen."""
        image, before = self.cleaned_data["picture"], self.document.get("picture")
        if before and image is None and not _is_there(before):
            return before  # it was not taken away: the library lost it
        if image is None or (before and image.pk == before["image"]):
            return before if image else None
        try:
            return drawn(image)
        except TooHeavy:
            raise forms.ValidationError(TOO_HEAVY) from None

    def clean(self):
        """Refuse what would be no usable question, in the words of the rules."""
        cleaned = super().clean()
        if not self.errors:
            problems = problems_of(self.new_document(), languages=list(LANGUAGES))
            sentences = PROBLEMS | kinds.kind_of(self.document).editor_sentences
            for word in problems:
                self.add_error(None, sentences.get(word, word))
        return cleaned

    def new_document(self) -> Document:
        """Return the question as the form now has it."""
        said = self.cleaned_data
        written = {
            part: {code: said[f"{part}_{code}"] for code in LANGUAGES}
            for part in ("stem", "feedback", "source")
        }
        sides = {
            side: [
                option
                | {
                    code: said[option_field(side, option["key"], code)]
                    for code in LANGUAGES
                }
                for option in options
            ]
            for side, options in sides_of(self.document).items()
        }
        options = {"options": sides.get("", sides)} if sides else {}
        rest = {k: part for k, part in self.document.items() if k != "picture"}
        return rest | self._picture() | written | options | self._key()

    def _picture(self) -> Document:
        said = self.cleaned_data
        if not said["picture"]:
            return {}
        alt = {code: said[f"alt_{code}"] for code in LANGUAGES}
        return {"picture": said["picture"] | {"alt": alt}}

    def _texts_now(self) -> dict[str, str]:
        now = {
            f"{part}_{code}": self.document[part][code]
            for part in ("stem", "feedback", "source")
            for code in LANGUAGES
        }
        for side, options in sides_of(self.document).items():
            for option in options:
                for code in LANGUAGES:
                    name = option_field(side, option["key"], code)
                    now[name] = option[code]
        picture = self.document.get("picture", {})
        alt = picture.get("alt", {})
        now |= {f"alt_{code}": alt.get(code, "") for code in LANGUAGES}
        return now | {"picture": picture.get("image")}

    def _key_now(self) -> dict[str, Any]:
        """Return what the fields of the key hold, those of each language too."""
        now = kinds.kind_of(self.document).key_now(self.document)
        for name in list(now):
            if isinstance(now[name], dict):
                by_language = now.pop(name)
                now |= {
                    f"{name}_{code}": by_language.get(code, "") for code in LANGUAGES
                }
        return now

    def _key(self) -> Document:
        """Return the parts of the document that the fields of the key say."""
        kind, said = kinds.kind_of(self.document), dict(self.cleaned_data)
        for entry in kind.key_entries(self.document, itemgetter(SOURCE)):
            if entry.by_language:
                said[entry.name] = {c: said[f"{entry.name}_{c}"] for c in LANGUAGES}
        return kind.said_of(self.document, said)


def _is_there(picture: dict[str, Any]) -> bool:
    return Image.objects.filter(pk=picture["image"]).exists()


def draft_fields(lessons: list[tuple[str, str]]) -> dict[str, forms.Field]:
    """Return the form fields that make of a draft a question that is asked.

    By then it is complete, or the form is not accepted.
    """
    return {
        "lesson": forms.TypedChoiceField(
            label=_("Lesson to review after a wrong answer"),
            choices=[("", "---------"), *lessons],
            coerce=UUID,
            empty_value=None,
            required=False,
        ),
        "asked": forms.BooleanField(
            label=_("Ask it in quizzes from now on"), required=False
        ),
    }


def panel_for(
    document: Document,
    *,
    lessons: list[tuple[str, str]] | None = None,
    places: dict[str, forms.Field] | None = None,
) -> Panel:
    """Return the tabs in which a question is edited, with the form behind them.

    Lessons are given for a draft alone; `places` says where in the bank it stands.
    """
    keys = key_fields(document) | (places or {})
    if lessons is not None:
        keys |= draft_fields(lessons)
    texts = {code: text_fields(document, code) for code in LANGUAGES}
    texts[SOURCE]["picture"] = picture_field()
    declared = keys | {n: f for fields in texts.values() for n, f in fields.items()}
    form = type("QuestionForm", (DocumentForm,), {"document": document, **declared})
    facts = [FieldPanel("use"), FieldPanel("anchor")]
    tabs = [
        ObjectList(
            [
                *[FieldPanel(name) for name in texts[code]],
                *options_panels(document, code),
            ],
            heading=language,
        )
        for code, language in LANGUAGES.items()
    ]
    tabs.append(
        ObjectList(
            [*[FieldPanel(name) for name in keys], *facts],
            heading=_("Right answer and use"),
        )
    )
    return TabbedInterface(tabs, base_form_class=form).bind_to_model(Question)
