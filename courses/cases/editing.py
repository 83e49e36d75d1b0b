"""May this case be published? Editors read no, and why, before anything is kept."""

from courses.editing import PageForm

PUBLISHING = ("action-publish", "action-submit", "action-restart-workflow")


class CaseForm(PageForm):
    """A draft may be unfinished; what is published or being moderated can be walked."""

    def clean(self):
        """Name each fault of the case at its steps."""
        cleaned = super().clean()
        publishing = any(self.data.get(name) for name in PUBLISHING)
        if not self.errors and (publishing or self.instance.workflow_in_progress):
            self.instance.body = cleaned["body"]
            self.instance.required_for = cleaned["required_for"]
            for sentence in self.instance.faults():
                self.add_error("body", sentence)
        return cleaned
