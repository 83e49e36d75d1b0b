"""Who was at a workshop: a list on the screen, a printed one, the code of the room."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from courses.inperson import rules, sheet
from courses.inperson.actions.attendance import correct, mark, mark_all
from courses.inperson.forms import (
    ABSENT,
    ALL_PRESENT,
    PRESENT,
    AttendanceForm,
    CorrectionForm,
)
from courses.inperson.views.finding import (
    NAME,
    PURPOSE,
    cohort_at_work,
    cohort_in_sight,
    member_in_sight,
    workshop_in_sight,
)
from courses.inperson.views.words import sentences_of
from courses.inperson.workshops import lines_of
from courses.models import Attendance, Workshop
from lms.audit.looks import looked
from lms.people.choices import Role
from lms.people.gates import for_holders
from lms.refusals import Refused
from lms.team.cohorts import members_of

PER_PAGE = 50
MARK = gettext_noop("attendance")
show_or_take = require_http_methods(["GET", "HEAD", "POST"])


def _page_of_lines(request, workshop: Workshop):
    """Return a page of the members of today, and their lines."""
    viewer = request.user
    rows = members_of(workshop.cohort, viewer=viewer, on=timezone.localdate())
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return page, lines_of(page, workshop=workshop, viewer=viewer)


@show_or_take
@for_holders(Role.TRAINER)
def workshop(request, cohort, workshop):
    """Who was there?"""
    takes = request.method == "POST"
    found = (cohort_at_work if takes else cohort_in_sight)(request, cohort)
    one = workshop_in_sight(request, found, workshop)
    page, lines = _page_of_lines(request, one)
    unmarked = [
        line.person for line in lines if not line.mark and line.person != request.user
    ]
    if takes and ALL_PRESENT in request.POST:
        form = AttendanceForm.with_all_present(request.POST, people=unmarked)
    else:
        form = AttendanceForm(request.POST if takes else None, people=unmarked)
    if form.is_valid():
        try:
            mark_all(one, marks=form.marks(), by=request.user, at=timezone.now())
        except Refused as refusal:
            for sentence in sentences_of(refusal):
                form.add_error(None, sentence)
        else:
            messages.success(request, _("The marks are saved."))
            return redirect(request.get_full_path())
    looked(
        request, [line.person for line in lines], purpose=PURPOSE, fields=[NAME, MARK]
    )
    facts = {
        "cohort": found,
        "workshop": one,
        "page_obj": page,
        "rows": [(line, _field(form, line)) for line in lines],
        "form": form,
        "may_mark": not rules.mark_refusals(
            cancelled=one.cancelled_at is not None,
            starts_at=one.starts_at,
            at=timezone.now(),
        ),
        "takes_codes": _takes_codes(one),
    }
    status = 422 if form.is_bound else 200
    return render(request, "courses/inperson/workshop.html", facts, status=status)


def _field(form: AttendanceForm, line):
    name = f"was-{line.person.uuid}"
    return form[name] if name in form.fields else None


def _takes_codes(one: Workshop) -> bool:
    return one.cancelled_at is None and rules.takes_codes(
        starts_at=one.starts_at, ends_at=one.ends_at, at=timezone.now()
    )


@show_or_take
@for_holders(Role.TRAINER)
def correction(request, cohort, workshop, person):
    """Say otherwise of one person, with the reason."""
    found = cohort_at_work(request, cohort)
    one = workshop_in_sight(request, found, workshop)
    who = member_in_sight(request, found, person).person
    marks = Attendance.objects.visible_to(request.user).filter(workshop=one)
    was = get_object_or_404(marks, person=who)
    form = CorrectionForm(
        request.POST if request.method == "POST" else None,
        initial={"mark": ABSENT if was.present else PRESENT},
    )
    if form.is_valid():
        try:
            _correct(request, was, said=form.cleaned_data)
        except Refused as refusal:
            for sentence in sentences_of(refusal):
                form.add_error(None, sentence)
        else:
            return redirect("workshop", found.uuid, one.uuid)
    looked(request, [who], purpose=PURPOSE, fields=[NAME, MARK])
    facts = {"form": form, "cohort": found, "workshop": one, "mark": was}
    status = 422 if form.is_bound else 200
    template = "courses/inperson/correction.html"
    return render(request, template, facts | {"person": who}, status=status)


def _correct(request, was: Attendance, *, said: dict) -> None:
    changed = correct(
        was,
        present=said["mark"] == PRESENT,
        reason=said["reason"],
        by=request.user,
        at=timezone.now(),
    )
    messages.success(
        request, _("The mark is corrected.") if changed else _("Nothing has changed.")
    )


@require_safe
@for_holders(Role.TRAINER)
def printed(request, cohort, workshop):
    """Show the list that is printed, with a code beside each name."""
    found = cohort_in_sight(request, cohort)
    one = workshop_in_sight(request, found, workshop)
    page, lines = _page_of_lines(request, one)
    people = [line.person for line in lines]
    looked(request, people, purpose=PURPOSE, fields=[NAME])
    facts = {
        "cohort": found,
        "workshop": one,
        "page_obj": page,
        "rows": [(person, sheet.drawn_code(one, person)) for person in people],
        "blank": range(sheet.BLANK_LINES),
    }
    return render(request, "courses/inperson/sheet.html", facts)


@show_or_take
@for_holders(Role.TRAINER)
def scan(request, workshop, person):
    """Mark present whose code was read from the printed list."""
    rows = Workshop.objects.visible_to(request.user, on=timezone.localdate())
    one = get_object_or_404(rows.with_cohort(), uuid=workshop)
    cohort_at_work(request, one.cohort.uuid)
    who = member_in_sight(request, one.cohort, person).person
    refused = []
    if request.method == "POST":
        how = Attendance.How.SHEET
        try:
            mark(one, person=who, how=how, by=request.user, at=timezone.now())
        except Refused as refusal:
            refused = sentences_of(refusal)
        else:
            return redirect("scan", one.uuid, who.uuid)
    looked(request, [who], purpose=PURPOSE, fields=[NAME, MARK])
    marks = Attendance.objects.visible_to(request.user).filter(workshop=one)
    facts = {
        "workshop": one,
        "person": who,
        "mark": marks.filter(person=who).first(),
        "refused": refused,
    }
    status = 409 if refused else 200
    return render(request, "courses/inperson/scan.html", facts, status=status)


@require_safe
@for_holders(Role.TRAINER)
def code(request, cohort, workshop):
    """Show the code of the room; the page asks for the next one by itself.

    By the header rather than the element: what reads pages aloud takes the element for
    a mistake. A page that comes back by itself keeps nobody signed in.
    """
    found = cohort_in_sight(request, cohort)
    one = workshop_in_sight(request, found, workshop)
    request.is_worth_noting = False
    now = timezone.now()
    facts = {"cohort": found, "workshop": one, "seconds": rules.seconds_left(now)}
    if _takes_codes(one):
        key = settings.SECRET_KEY
        facts["code"] = rules.room_code(one.uuid, window=rules.window_of(now), key=key)
        page = reverse("workshop_here", args=[one.uuid])
        facts["here"] = f"{settings.SITE_URL.rstrip('/')}{page}"
    answer = render(request, "courses/inperson/code.html", facts)
    if "code" in facts:
        answer["Refresh"] = str(facts["seconds"])
    return answer
