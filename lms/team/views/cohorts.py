"""What a trainer may do about a member."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from lms.audit.looks import looked
from lms.belonging.actions import shield
from lms.belonging.forms import ShieldForm
from lms.people.choices import Role
from lms.people.gates import for_holders
from lms.team import cohorts

COHORT = gettext_noop("members of a cohort")
NAME = gettext_noop("name")
MEMBER = [
    NAME,
    gettext_noop("institution"),
    gettext_noop("profession"),
    gettext_noop("position"),
    gettext_noop("since"),
]
show_or_take = require_http_methods(["GET", "HEAD", "POST"])


@show_or_take
@for_holders(Role.TRAINER)
def shield_member(request, cohort, person):
    """Take a member out of every list, this trainer's own too."""
    viewer, on = request.user, timezone.localdate()
    found = get_object_or_404(cohorts.cohorts_of(viewer, on=on), uuid=cohort)
    members = cohorts.members_of(found, viewer=viewer, on=on)
    member = get_object_or_404(members.filter(person__uuid=person)[:1])
    form = ShieldForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        looked(request, [member.person_id], purpose=COHORT, fields=[NAME])
        facts = {"form": form, "cohort": found, "person": member.person}
        status = 422 if form.is_bound else 200
        return render(request, "team/shield_member.html", facts, status=status)
    reason = form.cleaned_data["reason"]
    shield(member.person, by=viewer, reason=reason, at=timezone.now())
    messages.success(request, _("The person is shielded now."))
    return redirect("cohort", found.uuid)
