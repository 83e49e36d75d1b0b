"""Who holds which mandate, by name: for administrators and whoever reads the log."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from lms.audit.looks import looked
from lms.mandates import holders
from lms.people.gates import for_administrators

PURPOSE = gettext_noop("who holds which mandate")
FIELDS = [
    gettext_noop("name"),
    gettext_noop("e-mail"),
    gettext_noop("role"),
    gettext_noop("place"),
]


@require_safe
@for_administrators
def places(request):
    """How many mandates stand in each country?"""
    today = timezone.localdate()
    facts = {"places": holders.places(request.user, on=today), "today": today}
    return render(request, "mandates/holders.html", facts)


@require_safe
@for_administrators
def holders_of_country(request, place):
    """Who holds which mandate in this country today?"""
    if place not in holders.PLACES:
        raise Http404
    now = timezone.now()
    found = holders.holders(request.user, place=place, on=timezone.localdate(now))
    looked(request, holders.named_in(found), purpose=PURPOSE, fields=FIELDS)
    facts = {
        "holders": found,
        "name": holders.PLACES[place],
        "today": timezone.localdate(now),
    }
    return render(request, "mandates/holders_of_country.html", facts)
