"""How do I archive a cohort, and what is its record?"""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lms.cells import as_csv
from lms.people.choices import Role
from lms.people.gates import for_holders
from lms.people.models import Cohort
from lms.refusals import Refused
from lms.team.actions import archive
from lms.team.record import lines_in
from lms.team.views.in_sight import said, show_or_take


@show_or_take
@for_holders(Role.TRAINER)
def archive_cohort(request, cohort):
    """Archive a cohort, on a page that asks once more; then read its record."""
    found = get_object_or_404(Cohort.objects.visible_to(request.user), uuid=cohort)
    if request.method != "POST":
        if not found.archived_at:
            return render(request, "team/archive.html", {"cohort": found})
        facts = {"cohort": found, "lines": lines_in(found, get_language())}
        return render(request, "team/record.html", facts)
    try:
        archive(found, by=request.user, at=timezone.now())
    except Refused as refused:
        return said(request, refused, url=reverse("cohort", args=[found.uuid]))
    messages.success(request, _("The cohort is archived."))
    return redirect("archive_cohort", found.uuid)


@require_safe
@for_holders(Role.TRAINER)
def cohort_record(request, cohort):
    """The record of an archived cohort, as a table for another program."""
    found = get_object_or_404(Cohort.objects.visible_to(request.user), uuid=cohort)
    if not found.archived_at:
        raise Http404
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="record.csv"'
    answer.write("\ufeff")  # without it Excel takes the file for another alphabet
    headings = [_("Subject"), _("What"), _("Value")]
    answer.write(as_csv([headings, *lines_in(found, get_language())]))
    return answer
