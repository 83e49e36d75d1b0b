"""May this case be published? The editor's form says no before anything is kept."""

from wagtail.admin.forms import WagtailAdminPageForm

PUBLISHING = ("action-publish", "action-submit")


class CaseForm(WagtailAdminPageForm):
    """A draft may be unfinished; what is published or submitted can be walked."""

    def clean(self):
        """Name each fault of the case at its steps."""
        cleaned = super().clean()
        if not self.errors and any(self.data.get(name) for name in PUBLISHING):
            self.instance.body = cleaned["body"]
            self.instance.required_for = cleaned["required_for"]
            for sentence in self.instance.faults():
                self.add_error("body", sentence)
        return cleaned
