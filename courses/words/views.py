"""Words that should be others: told to whoever writes, and listed for all texts."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from wagtail.models import Page

from courses.words.everywhere import found_everywhere
from courses.words.found import findings, sentence_of


def words_of_a_draft_are_named(request, page: Page) -> None:
    """Say in the editor which words of the newest draft should be others, and why."""
    if request.method == "GET":
        tell(request, [sentence_of(one) for one in findings(page)])


def tell(request, sentences: list[str]) -> None:
    """Show a list of sentences to whoever writes; nothing when there is none."""
    if not sentences:
        return
    heading = ngettext(
        "%(count)s wording should be another:",
        "%(count)s wordings should be others:",
        len(sentences),
    ) % {"count": len(sentences)}
    rows = format_html_join("", "<li>{}</li>", ((one,) for one in sentences))
    messages.warning(request, format_html("{}<ul>{}</ul>", heading, rows))


class WordsAreNamed:
    """A form of a list that says, once it is saved, what might be said otherwise."""

    def form_valid(self, form):
        answer = super().form_valid(form)
        tell(self.request, form.advice())
        return answer


@require_safe
def words_report(request):
    """List every wording that should be another, with the way to where it stands."""
    if not request.user.has_perm("courses.view_wording"):
        raise PermissionDenied
    return render(request, "courses/admin/words.html", {"found": found_everywhere()})
