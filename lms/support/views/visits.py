"""What does support see of the account it opened, and for how long?"""

from functools import wraps

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.http import require_safe

from lms.audit.looks import looked
from lms.people.gates import for_administrators
from lms.support.accounts import facts_of, open_visit_of
from lms.support.acts import acts_for

SHOWN = gettext_noop("account shown to people support")
PREPARED = gettext_noop("change prepared by people support")
ASKED = gettext_lazy("Asked for. Another administrator decides under “Approvals”.")
NAME = gettext_noop("name")
FIELDS = [
    NAME,
    gettext_noop("e-mail"),
    gettext_noop("last sign-in"),
    gettext_noop("country"),
    gettext_noop("profession"),
    gettext_noop("post"),
    gettext_noop("mandates"),
    gettext_noop("second step"),
    gettext_noop("sessions"),
]


def for_visitors(view):
    """Let a view answer whoever opened the visit, while it lasts; `request.visit`."""

    @for_administrators
    @wraps(view)
    def enter(request, visit, *args, **kwargs):
        request.visit = open_visit_of(request.user, visit, at=timezone.now())
        if request.visit is None:
            raise Http404
        return view(request, *args, **kwargs)

    return enter


@require_safe
@for_visitors
def visit(request):
    """Show the account, and what may be done about it."""
    person = request.visit.person
    looked(request, [person], purpose=SHOWN, fields=FIELDS)
    facts = {
        "visit": request.visit,
        "account": facts_of(person, at=timezone.now()),
        "acts": acts_for(person),
    }
    return render(request, "support/visit.html", facts)
