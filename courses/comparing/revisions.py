"""How Wagtail compares two revisions of a page: by words, read without colour.

Its own comparison marks by colour alone, and shows the blocks that are equal as well.
"""

from django.db import models
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail.admin.compare import FieldComparison, register_comparison_class
from wagtail.fields import StreamField

from courses.comparing.pages import Change, changes_of


class InWords(FieldComparison):
    """A text of a line or of more."""

    @property
    def changes(self) -> list[Change]:
        return changes_of(self.field, self.val_a, self.val_b)

    def has_changed(self) -> bool:
        return bool(self.changes)

    def htmldiff(self) -> SafeString:
        (change,) = self.changes
        return render_to_string(
            "courses/admin/pieces.html", {"pieces": change.passages[0].pieces}
        )


class InBlocks(InWords):
    """A text of blocks: only what differs is shown."""

    def htmldiff(self) -> SafeString:
        return render_to_string("courses/admin/changes.html", {"changes": self.changes})


for kind in (models.CharField, models.TextField):
    register_comparison_class(kind, comparison_class=InWords)
register_comparison_class(StreamField, comparison_class=InBlocks)
