"""Who trained which trainers: a trainer's own branch, the secretariat's figures."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.inperson.trainers import branch_of, figures
from courses.inperson.views.finding import NAME, PURPOSE
from lms.audit.looks import looked
from lms.cells import as_csv
from lms.people.choices import Role
from lms.people.gates import for_holders

COURSE = gettext_noop("course")


@require_safe
@for_holders(Role.TRAINER, Role.SECRETARIAT)
def trainers_tree(request):
    """Whom did I train to train others? How many trainers are there?"""
    held = {mandate.role for mandate in request.mandates}
    today, facts = timezone.localdate(), {}
    if Role.TRAINER in held:
        root, named = branch_of(request.user, language=get_language(), on=today)
        looked(request, named, purpose=PURPOSE, fields=[NAME, COURSE])
        facts["root"] = root
    if Role.SECRETARIAT in held:
        most, lines = figures(today)
        facts |= {"lines": lines, "generations": range(1, most + 1)}
    facts["today"] = today
    return render(request, "courses/inperson/trainers.html", facts)


@require_safe
@for_holders(Role.SECRETARIAT)
def trainers_table(request):
    """Hand the figures to a spreadsheet."""
    today = timezone.localdate()
    most, lines = figures(today)
    numbers = [_("generation %(number)d") % {"number": n} for n in range(1, most + 1)]
    rows = [[line.name, *line.by_generation, today] for line in lines]
    text = as_csv([[_("country"), *numbers, _("as of")], *rows])
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="trainers.csv"'
    return answer
