"""The cohort an address names: of the reader, or it is not there."""

from collections.abc import Callable
from functools import wraps

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from lms.people.choices import Role
from lms.people.gates import for_holders
from lms.people.models import Cohort
from lms.refusals import Refused
from lms.team.words import in_sentences

NAME = gettext_noop("name")
show_or_take = require_http_methods(["GET", "HEAD", "POST"])


def of_a_cohort(view: Callable) -> Callable:
    """Hand a view a cohort that the trainer sees; what an action refuses is said.

    An archived one is only read: its screens lead to its record.
    """

    @for_holders(Role.TRAINER)
    @wraps(view)
    def enter(request, cohort, **kwargs):
        found = get_object_or_404(Cohort.objects.visible_to(request.user), uuid=cohort)
        if found.archived_at and request.method != "POST":
            return redirect("archive_cohort", found.uuid)
        try:
            return view(request, found, **kwargs)
        except Refused as refused:
            return said(request, refused, url=reverse("cohort", args=[found.uuid]))

    return enter


def said(request, refused, *, url):
    """Answer why nothing was done, with the way back."""
    facts = {
        "heading": _("Nothing was changed"),
        "sentences": in_sentences(refused),
        "url": url,
        "link": _("Back to the cohort"),
    }
    return render(request, "parts/refused.html", facts, status=409)
