"""Questions of another platform: given, judged one by one, and only then accepted.

Between the two steps nothing is stored: the page carries what was read, signed for the
editor who sees it and for an hour.
"""

from uuid import UUID, uuid4

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from wagtail.log_actions import log
from wagtail.models import Locale

from courses import actions
from courses.interchange import questions_to_take, stems_in_bank
from courses.models import CoursePage, ModulePage, Question
from courses.questions.interchange import words
from courses.questions.interchange.formats import FORMATS
from courses.questions.interchange.judging import Judged, judge
from courses.questions.interchange.neutral import Loss, Read
from courses.questions.interchange.sheet_writing import template
from courses.views.gates import for_writers_of_questions
from courses.views.interchange_forms import BringForm, TakeForm
from lms.refusals import Refused
from lms.team.roster.uploads import takes_lists

AN_HOUR = 60 * 60
MOST_CARRIED = 2_000_000  # letters: a form of more does not arrive
TAKEN = "courses.take_questions"  # of the log


@takes_lists
@require_http_methods(["GET", "HEAD", "POST"])
@for_writers_of_questions
def bring_questions(request):
    """Give a file; answered with what would become of each of its questions."""
    problem = request.unread and words.refusal(Loss(request.unread["is"]))
    if request.method != "POST":
        return _form(request, BringForm())
    if problem:
        return _form(request, BringForm(), problem, status=422)
    form = BringForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, form, status=422)
    return _judged(request, form)


@require_safe
@for_writers_of_questions
def question_template(request):
    """An empty workbook with our headings, and how it is filled in."""
    return _file(template(), FORMATS["xlsx"].content_type, "campus-questions.xlsx")


def _form(request, form, problem="", *, status=200):
    facts = {"form": form, "problem": problem}
    template = "courses/admin/bring_questions.html"
    return render(request, template, facts, status=status)


def _judged(request, form):
    given = form.cleaned_data
    found: Read = given["file"]
    judged = judge(found, language=given["language"], bank=stems_in_bank())
    documents = [one.document for one in judged if one.is_taken]
    carried = _sealed(request, given, documents)
    if len(carried) > MOST_CARRIED:
        return _form(request, form, words.refusal(Loss("too-big")), status=422)
    facts = {
        "rows": [_row(one) for one in judged],
        "count": len(documents),
        "left": len(judged) - len(documents),
        "notes": [words.note(one) for one in found.notes],
        "module": _module(UUID(given["module"])),
        "use": Question.Use(given["use"]).label,
        "carried": carried,
    }
    return render(request, "courses/admin/brought_questions.html", facts)


def _row(judged: Judged) -> dict:
    question = judged.question
    return {
        "line": question.line,
        "kind": words.KINDS[question.kind],
        "name": question.name,
        "category": question.category,
        "stem": question.stem,
        "fate": words.fate(judged),
        "is_taken": judged.is_taken,
        "lost": list(
            dict.fromkeys(words.lost(loss, question.line) for loss in judged.losses)
        ),
        "missing": [words.MISSING[word] for word in judged.missing],
    }


def _module(key: UUID) -> ModulePage:
    modules = ModulePage.objects.filter(locale=Locale.get_default())
    return get_object_or_404(modules, translation_key=key)


def _salt(request) -> str:
    return f"courses.questions-brought-by-{request.user.pk}"


def _sealed(request, given, documents) -> str:
    facts = {
        "key": uuid4().hex,
        "module": given["module"],
        "use": given["use"],
        "documents": documents,
    }
    return signing.dumps(facts, salt=_salt(request), compress=True)


@require_POST
@for_writers_of_questions
def accept_questions(request):
    """Store what the page said would become drafts, and no more."""
    try:
        carried = request.POST.get("carried", "")
        facts = signing.loads(carried, salt=_salt(request), max_age=AN_HOUR)
    except signing.BadSignature:
        sentence = _("This page is more than an hour old. Give the file again.")
        return _form(request, BringForm(), sentence, status=422)
    module = _module(UUID(facts["module"]))
    try:
        drafts = actions.bring_questions(
            facts["documents"],
            course=module.get_parent().specific.code,
            module=module.translation_key,
            use=facts["use"],
            key=UUID(facts["key"]),
            by=request.user,
            at=timezone.now(),
        )
    except Refused:
        sentence = _("Nothing was brought: these questions are here already.")
        return _form(request, BringForm(), sentence, status=409)
    messages.success(request, _said(len(drafts)))
    return redirect("question:index")


def _said(count: int) -> str:
    return ngettext(
        "%(count)d question is here as a draft. Nobody is asked it yet.",
        "%(count)d questions are here as drafts. Nobody is asked them yet.",
        count,
    ) % {"count": count}


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers_of_questions
def take_questions(request):
    """Write the questions of a course for another platform, with their answers."""
    form = TakeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _asked(request, form, status=422 if form.is_bound else 200)
    pages = CoursePage.objects.filter(locale=Locale.get_default())
    course = get_object_or_404(pages, code=form.cleaned_data["course"])
    form_of_file = FORMATS[form.cleaned_data["format"]]
    taken = questions_to_take(course, form_of_file.carries)
    if taken.left and form.cleaned_data["without"] != form.chosen:
        return _asked(request, form, left=taken.left)
    ending = form_of_file.suffix
    log(
        course,
        TAKEN,
        user=request.user,
        data={"format": ending, "questions": len(taken.questions), "left": taken.left},
    )
    content = form_of_file.write(taken.questions)
    return _file(content, form_of_file.content_type, f"campus-{course.code}.{ending}")


def _asked(request, form, *, left=(), status=200):
    facts = {"form": form, "left": left}
    if left:
        facts["format"] = FORMATS[form.cleaned_data["format"]].name
    return render(request, "courses/admin/take_questions.html", facts, status=status)


def _file(content, kind, name):
    answer = HttpResponse(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
