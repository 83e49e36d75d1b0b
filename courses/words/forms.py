"""Entries of a list are read as soon as they are kept: their forms refuse such words.

A field whose name ends in a language holds a text of that language.
"""

from collections.abc import Iterator

from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.rich_text import DraftailRichTextArea

from courses.words.found import refusal_of, rules_in, sentence_of
from courses.words.rules import Finding, Passage, findings_in
from lms.people.choices import Language

DISCUSSED = "avoid_"  # what a term of the glossary says not to say


class HonestForm(WagtailAdminModelForm):
    """Shows at each text which of its words should be others; errors are refused."""

    def clean(self):
        cleaned = super().clean()
        for name, finding in self.found():
            if finding.rule.is_error:
                self.add_error(name, refusal_of(finding))
        return cleaned

    def advice(self) -> list[str]:
        """Return in sentences what might be said in other words."""
        return [sentence_of(finding) for _name, finding in self.found()]

    def found(self) -> list[tuple[str, Finding]]:
        """Return the name of the field and what there is to say against its text."""
        return [pair for code in Language.values for pair in self._found_in(code)]

    def _found_in(self, language: str) -> Iterator[tuple[str, Finding]]:
        rules = rules_in(language)
        for name, field in self.fields.items():
            text = self.cleaned_data.get(name)
            if name.endswith(f"_{language}") and isinstance(text, str):
                passage = Passage(
                    str(field.label),
                    text,
                    is_html=isinstance(field.widget, DraftailRichTextArea),
                    discussed=name.startswith(DISCUSSED),
                )
                for finding in findings_in([passage], rules):
                    yield name, finding
