"""Opening an edition from the editors' area: what will happen, then one action."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Locale

from courses.actions import open_edition
from courses.behind import pages_behind
from courses.comparing.since import Rewritten, rewritten_since
from courses.models import CoursePage, Edition, ReasoningTask
from courses.tree import activities_in, course_node
from lms.people.choices import Track
from lms.refusals import Refused

SENTENCES = {
    "nothing-required": gettext_lazy(
        "No live lesson is required of anybody. Publish a lesson and say in its module "
        "which tracks must do it."
    ),
    "no-final-test": gettext_lazy(
        "The course has no live final test. Publish one beside the modules."
    ),
    "correction-changes-activities": gettext_lazy(
        "A correction neither adds nor drops an activity, nor asks it of others. "
        "Choose a delta or a new run."
    ),
    "no-reasoning-task": gettext_lazy(
        "The course has no page of reasons to ask for. Write it first, under Learning."
    ),
    "again-only-in-a-delta": gettext_lazy(
        "Only a delta asks holders to read a lesson again. Choose a delta, or mark no "
        "lesson."
    ),
    "again-not-rewritten": gettext_lazy(
        "A lesson that you marked says today what it said in the last edition. Look at "
        "the list again."
    ),
}
ABOUT_A_PAGE = {
    "draft": gettext_lazy("“%(title)s” has changes that nobody has published."),
    "second-final": gettext_lazy(
        "“%(title)s” is a second final test, and a course has one. Take it down or "
        "make it a practice check of a module."
    ),
    "second-pretest": gettext_lazy(
        "“%(title)s” is a second pre-test, and a course has one. Take it down."
    ),
    "behind": gettext_lazy(
        "“%(title)s” was changed, and readers of a translation do not read it yet. "
        "Sync it, translate what is new and publish it, or say below why the edition "
        "opens anyway."
    ),
    "untranslated": gettext_lazy(
        "“%(title)s” is missing in a language of the course, or translated in part."
    ),
}

ABOUT_A_TRACK = {
    "no-questions": gettext_lazy(
        "“%(title)s” has no question to ask in every language of the course: %(track)s."
    ),
    "too-few-questions": gettext_lazy(
        "“%(title)s” draws more questions than there are in every language of the "
        "course: %(track)s."
    ),
}


REASONING = [
    ("", gettext_lazy("No")),
    ("asked", gettext_lazy("Yes; the course is complete without it")),
    ("counts", gettext_lazy("Yes; the course is complete only when it is handed in")),
]


class EditionForm(forms.Form):
    """Which kind of edition to open."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What changes for those who have enrolled?"),
        choices=Edition.Kind.choices,
        widget=forms.RadioSelect,
    )
    despite = forms.CharField(
        label=gettext_lazy("Why open it although a translation is behind?"),
        help_text=gettext_lazy(
            "Only if a text differs between the languages. It is kept with the edition."
        ),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    again = forms.MultipleChoiceField(
        label=gettext_lazy("Lessons that holders read again"), required=False
    )

    reasoning = forms.ChoiceField(
        label=gettext_lazy("Ask for the page of reasons?"),
        help_text=gettext_lazy(
            "Trainers of the cohorts mark it. A correction asks what its edition asked."
        ),
        choices=REASONING,
        required=False,
    )

    def __init__(
        self,
        *args,
        first: bool,
        has_task: bool,
        rewritten: list[Rewritten],
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.rewritten = rewritten
        if not has_task:
            del self.fields["reasoning"]
        self.fields["again"].choices = [(str(one.key), one.title) for one in rewritten]
        if first:
            new_run = Edition.Kind.NEW_RUN
            self.fields["kind"].choices = [(new_run.value, new_run.label)]
            self.initial.setdefault("kind", new_run.value)

    def clean_again(self):
        return {UUID(key) for key in self.cleaned_data["again"]}

    def plain_fields(self):
        """Return the fields that are drawn one below another."""
        return [field for field in self if field.name != "again"]

    def lessons(self):
        """Return each rewritten lesson, and whether it is marked."""
        marked = self["again"].value() or []
        return [(one, str(one.key) in marked) for one in self.rewritten]


def open_edition_view(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the form; on POST open the edition, or say why not with links to mend it."""
    page = _in_source_language(get_object_or_404(CoursePage, pk=page_id))
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    newest = Edition.objects.filter(course=page.translation_key).current().first()
    posted = request.POST if request.method == "POST" else None
    form = EditionForm(
        posted,
        first=newest is None,
        has_task=ReasoningTask.objects.filter(course=page.translation_key).exists(),
        rewritten=rewritten_since(newest, activities_in(page)),
    )
    if form.is_valid():
        try:
            edition = open_edition(
                page, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refused as refused:
            problems = problems_of(page, refused.reasons)
            return _answer(request, page, newest, form, problems=problems, status=409)
        messages.success(request, _("Edition %(label)s opened.") % {"label": edition})
        return redirect("wagtailadmin_explore", page.pk)
    status = 400 if form.is_bound else 200
    return _answer(request, page, newest, form, problems=[], status=status)


def _in_source_language(page: CoursePage) -> CoursePage:
    return page.get_translation_or_none(Locale.get_default()) or page


def problems_of(page: CoursePage, reasons: list[str]) -> list[dict[str, str]]:
    """Return each reason as a sentence, with the page where it can be mended."""
    nodes = [course_node(page), *activities_in(page)]
    nodes += [node.module for node in nodes if node.module]
    editors = {
        node.page.title: reverse("wagtailadmin_pages:edit", args=[node.page.pk])
        for node in nodes
    }
    explorer = reverse("wagtailadmin_explore", args=[page.pk])
    problems = []
    for reason in reasons:
        text, title = _told(reason)
        url = editors.get(title, "") if title else explorer
        problems.append({"text": text, "url": url})
    return problems


def _told(reason: str) -> tuple[str, str]:
    """Return a reason as a sentence, and the title of the page that it is about."""
    word, _colon, about = reason.partition(":")
    if word in ABOUT_A_TRACK:
        title, _colon, track = about.rpartition(":")
        facts = {"title": title, "track": Track(track).label}
        return ABOUT_A_TRACK[word] % facts, title
    if word in ABOUT_A_PAGE:
        return ABOUT_A_PAGE[word] % {"title": about}, about
    return SENTENCES[word], ""


def _answer(request, page, newest, form, *, problems, status) -> HttpResponse:
    context = {
        "behind": [one.title for one in pages_behind(page)],
        "page": page,
        "newest": newest,
        "form": form,
        "problems": problems,
        "title": _("Open an edition"),
    }
    return render(request, "courses/admin/open_edition.html", context, status=status)
