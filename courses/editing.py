"""What the editor's forms of pages ask, before anything is kept."""

from copy import copy
from uuid import uuid4

from wagtail.admin.forms.pages import CopyForm, WagtailAdminPageForm

from courses.begun import begun
from courses.helps import help_for


class PageForm(WagtailAdminPageForm):
    """Tells a page where it is to stand, and whether it is saved as a draft."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, sentence in help_for(self.instance).items():
            if name in self.fields:
                self.fields[name].help_text = sentence
        if self.instance.pk is None:
            self._begin()

    def _begin(self):
        """Fill in what a new page mostly says, for its editor to change."""
        first = begun(self.instance, self.parent_page)
        for name in first.keys() & self.fields.keys():
            self.initial[name] = first[name]

    def _post_clean(self):
        self.instance.meant_for = self.parent_page
        self.instance.is_draft = self.is_deferred_validation
        super()._post_clean()


class PageCopyForm(CopyForm):
    """A copy stands where the page might stand, and is live under a code of its own.

    There are no aliases: nobody could finish what has no identity of its own.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)

    def clean(self):
        cleaned = super().clean()
        parent = cleaned.get("new_parent_page") or self.page.get_parent()
        as_new = copy(self.page.specific)
        as_new.translation_key = uuid4()
        for sentence in as_new.refusals_below(
            parent, publishing=bool(cleaned.get("publish_copies"))
        ):
            self.add_error("new_parent_page", sentence)
        return cleaned
