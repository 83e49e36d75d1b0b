"""A new question: its kind and its place first, or a copy; then the form."""

from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.models import Locale

from courses import actions
from courses.models import ModulePage, Question
from courses.questions.rules import blank
from courses.questions.shaping import MOST_OPTIONS
from courses.views.gates import for_writers_of_questions
from courses.views.interchange_forms import modules_by_course
from courses.viewsets.question_form import KINDS
from lms.refusals import Refused

BEGUN = _("This question was begun already: it is in the list.")


class CopyForm(forms.Form):
    """What makes a copy that is sent twice be one."""

    key = forms.UUIDField()


class NewQuestionForm(forms.Form):
    """What the form with the texts depends on."""

    # Sent twice, it begins one question.
    key = forms.UUIDField(widget=forms.HiddenInput)
    module = forms.ChoiceField(label=_("Course and module"))
    use = forms.ChoiceField(
        label=_("Used in"), choices=Question.Use, initial=Question.Use.FINAL
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=list(KINDS.items()))
    answers = forms.IntegerField(
        label=_("How many answers"),
        min_value=2,
        max_value=MOST_OPTIONS,
        initial=4,
        help_text=_("A question of true or false has its two."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid4())
        self.fields["module"].choices = [("", "---------"), *modules_by_course()]


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers_of_questions
def new_question(request):
    """Ask for kind and place; then show the form in which it is written."""
    form = NewQuestionForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (question := _begun(form, by=request.user)):
        return redirect("question:edit", question.pk)
    status = 422 if form.is_bound else 200
    template = "courses/admin/new_question.html"
    return render(request, template, {"form": form}, status=status)


@require_POST
@for_writers_of_questions
def copy_question(request, question: UUID):
    """Begin a question with what another asks; sent twice, it begins one."""
    found = get_object_or_404(Question, pk=question)
    form = CopyForm(request.POST)
    if not form.is_valid():
        return redirect("question:inspect", found.pk)
    module = ModulePage.objects.filter(translation_key=found.module).first()
    course = module.get_parent().specific.code if module else found.code
    try:
        copy = actions.copy_question(
            found,
            course=course,
            key=form.cleaned_data["key"],
            by=request.user,
            at=timezone.now(),
        )
    except Refused:
        messages.error(request, BEGUN)
        return redirect("question:index")
    return redirect("question:edit", copy.pk)


def _begun(form: NewQuestionForm, *, by) -> Question | None:
    """Return the draft; None when the form now says why there is none."""
    said = form.cleaned_data
    pages = ModulePage.objects.filter(locale=Locale.get_default())
    module = get_object_or_404(pages, translation_key=UUID(said["module"]))
    languages = [code for code, _name in settings.LANGUAGES]
    document = blank(said["kind"], answers=said["answers"], languages=languages)
    try:
        drafts = actions.bring_questions(
            [document],
            course=module.get_parent().specific.code,
            module=module.translation_key,
            use=said["use"],
            key=said["key"],
            by=by,
            at=timezone.now(),
        )
    except Refused:
        form.add_error(None, BEGUN)
        return None
    return drafts[0]
