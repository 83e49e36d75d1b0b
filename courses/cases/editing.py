"""May this case be published? Editors read no, and why, before anything is kept."""

from collections.abc import Iterable, Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

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


def cases_are_published_without_faults(
    request: HttpRequest, action_type: str, objects: Iterable, action
) -> HttpResponse | None:
    """Stop the publication of many pages when a case among them cannot be walked."""
    if request.method != "POST" or action_type != "publish":
        return None
    stopped = None
    for page in _published_with(objects, request):
        for sentence in _faults_of_draft(page):
            title = page.get_admin_display_title()
            messages.error(request, f"{title}: {sentence}")
            stopped = redirect(action.next_url)
    return stopped


def _published_with(objects: Iterable, request: HttpRequest) -> Iterator:
    """Yield the pages, and the drafts below them if those were asked for."""
    for page in objects:
        yield page
        if request.POST.get("include_descendants"):
            yield from page.get_descendants().not_live()


def _faults_of_draft(page) -> list[str]:
    draft = page.get_latest_revision_as_object()
    return draft.faults() if hasattr(draft, "faults") else []
