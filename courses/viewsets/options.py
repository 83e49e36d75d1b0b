"""Options in the editor's form: each with its buttons, which work without script.

A button sends the form back as it is written; it is shown again with one option more or
less, or in another place. Nothing is stored until it is saved.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import HelpPanel

from courses.questions import kinds, shaping
from courses.questions.kinds.kind import Document, Option

LANGUAGES = dict(settings.LANGUAGES)
SIDES = {"left": _("Statement"), "right": _("Match")}
ADDED = {
    "": _("Add an answer"),
    "left": _("Add a statement"),
    "right": _("Add a match"),
}
BUTTON, ORDER = "options", "order"


def sides_of(document: Document) -> dict[str, list[Option]]:
    """Return the options by the side they stand on; one side, unless it is matching."""
    return kinds.kind_of(document).sides_of(document)


def option_field(side: str, key: str, language: str) -> str:
    """Return the name of the form field for a text of an option."""
    return f"option{side}_{key}_{language}"


def options_panels(document: Document, language: str) -> list[HelpPanel]:
    """Return what stands below the texts of a language: the options, with buttons."""
    if not shaping.can_change(document):
        return []
    shown = {
        "sides": [
            _side(side, rows, language) for side, rows in sides_of(document).items()
        ],
        # The order is sent once, whatever the number of languages.
        "is_first": language == settings.LANGUAGE_CODE,
    }
    template = "courses/admin/question_options.html"
    return [HelpPanel(shown, template=template, heading=_("Order of the answers"))]


def _side(side: str, rows: list[Option], language: str) -> dict[str, Any]:
    keys = [row["key"] for row in rows]
    return {
        "name": f"{ORDER}{side}",
        "keys": " ".join(keys),
        "rows": [
            {
                "name": f"{SIDES.get(side, _('Answer'))} {row['key']}",
                "text": row.get(language, ""),
                "value": f"{side}:{row['key']}",
                "is_first": row["key"] == keys[0],
                "is_last": row["key"] == keys[-1],
            }
            for row in rows
        ],
        "can_shrink": len(keys) > shaping.FEWEST_OPTIONS,
        "add": f"{shaping.ADD}:{side}" if len(keys) < shaping.MOST_OPTIONS else "",
        "added": ADDED[side],
    }


class Shaped:
    """A form of a question whose options come, go and move before it is saved."""

    @property
    def step(self) -> str:
        """What a button wants to become of the options, if one was pressed."""
        return self.request.POST.get(BUTTON, "")

    def as_posted(self, document: Document) -> Document:
        """Return the question with the options that the form has, as it is written."""
        posted = self.request.POST
        if not posted:
            return document
        said = {side: posted.get(f"{ORDER}{side}", "") for side in sides_of(document)}
        order = shaping.order_said(document, said)
        if self.step:
            order = shaping.stepped(document, order, shaping.step_in(self.step))
        return _with_texts(shaping.ordered(document, order), posted)

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        if self.step:
            kwargs["initial"] = self._written(kwargs.pop("data"), kwargs.pop("files"))
        return kwargs

    def _written(self, data, files) -> dict[str, Any]:
        """Return what every field holds now, for the form to show it again."""
        form = self.get_form_class()
        fields = form.base_fields.items()
        said = {
            name: field.widget.value_from_datadict(data, files, name)
            for name, field in fields
        }
        kind = kinds.kind_of(form.document)
        return said | kind.key_after(form.document, said)

    def post(self, request, *args, **kwargs):
        if not self.step:
            return super().post(request, *args, **kwargs)
        self.object = self.get_object()
        return self.render_to_response(self.get_context_data())

    @property
    def has_unsaved_changes(self):
        """Whether whoever leaves the form is warned."""
        return bool(self.step) or self.form.is_bound


def _with_texts(document: Document, posted: Mapping[str, str]) -> Document:
    sides = {
        side: [_with_its_texts(side, row, posted) for row in rows]
        for side, rows in sides_of(document).items()
    }
    return document | ({"options": sides.get("", sides)} if sides else {})


def _with_its_texts(side: str, row: Option, posted: Mapping[str, str]) -> Option:
    texts = {
        code: posted.get(option_field(side, row["key"], code), row.get(code, ""))
        for code in LANGUAGES
    }
    return row | texts
