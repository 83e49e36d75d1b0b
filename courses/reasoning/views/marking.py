"""Pages of reasons as trainers read them: a number, a text, never a name."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.models import Paper
from courses.models.editions import in_language
from courses.reasoning import actions, rules
from courses.reasoning.facts import agreements, may_be_guessed, to_be_read_by
from courses.reasoning.forms import MarkForm
from courses.reasoning.words import lines_of, sentence_of
from lms.audit.looks import looked
from lms.people.choices import Role
from lms.people.gates import for_holders
from lms.refusals import Refused

TEXT = gettext_noop("text, without the name")
PER_PAGE = 50


@require_safe
@for_holders(Role.TRAINER)
def papers(request: HttpRequest) -> HttpResponse:
    """Which pages wait for me, and how far do readers agree?"""
    language = get_language()
    waiting = to_be_read_by(request.user, at=timezone.now())
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    facts = {
        "page_obj": page,
        "rows": [(one, one.asked.edition.title(language)) for one in page],
        "agreements": [
            (one, one.asked.edition.title(language)) for one in agreements()
        ],
        "least": rules.LEAST_PAPERS,
    }
    return render(request, "courses/reasoning/papers.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@for_holders(Role.TRAINER)
def paper(request: HttpRequest, paper: UUID) -> HttpResponse:
    """Read a page and mark it; then the next one."""
    waiting = to_be_read_by(request.user, at=timezone.now())
    found = get_object_or_404(waiting, pk=paper)
    lines = lines_of(found.asked.document, get_language())
    form = MarkForm(request.POST if request.method == "POST" else None, lines=lines)
    if form.is_valid() and _marked(request, found, form):
        following = waiting.first()
        messages.success(request, _("The marking is kept."))
        return redirect("paper", following.pk) if following else redirect("papers")
    return _shown(request, found, form, left=waiting.count())


def _marked(request, found: Paper, form: MarkForm) -> bool:
    try:
        actions.mark(
            found,
            levels=form.levels,
            comment=form.cleaned_data["comment"],
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        form.add_error(None, sentence_of(refused.reasons[0]))
        return False
    return True


def _shown(request, found: Paper, form: MarkForm, *, left: int) -> HttpResponse:
    language = get_language()
    looked(
        request,
        [found.enrolment.learner_id],
        purpose=actions.PURPOSE,
        fields=[TEXT],
    )
    facts = {
        "paper": found,
        "form": form,
        "left": left,
        "course_title": found.asked.edition.title(language),
        "title": found.asked.title(language),
        "brief": in_language(found.asked.document["briefs"], language),
        "may_be_guessed": may_be_guessed(found, viewer=request.user, at=timezone.now()),
    }
    status = 422 if form.is_bound else 200
    return render(request, "courses/reasoning/paper.html", facts, status=status)
