"""The region in figures, for the secretariat: no person, no address."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lms.mandates import figures
from lms.people.choices import Role
from lms.people.gates import for_holders


@require_safe
@for_holders(Role.SECRETARIAT)
def region(request):
    """How many people hold which mandate in each country?"""
    today = timezone.localdate()
    lines = figures.region(request.user, on=today)
    facts = {"lines": lines, "today": today}
    return render(request, "mandates/region.html", facts)
