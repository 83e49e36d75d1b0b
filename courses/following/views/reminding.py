"""Reminding members of a cohort: what they would read, who would, then sent."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, override

from courses.following import actions, members, reminding
from courses.following.forms import FollowForm, RemindForm
from courses.following.views.looking import asked_for, cohort_in_sight
from courses.following.words import refusal_in_words
from lms.audit.looks import looked
from lms.mail.actions import from_here, write
from lms.people.choices import Language, Role
from lms.people.gates import for_holders
from lms.people.models import Invitation, User
from lms.team.cohorts import members_of
from lms.team.views.cohorts import COHORT, NAME, show_or_take
from lms.team.words import moment_in_words, when_it_leaves

SEEN = [NAME, gettext_noop("due on"), gettext_noop("last reminder")]


@show_or_take
@for_holders(Role.TRAINER)
def remind(request, cohort):
    """Whom does it reach, and what do they read? Then it is sent."""
    found = cohort_in_sight(request, cohort)
    if request.method != "POST":
        chosen = chosen_in_the_address(request, found)
        return preview(request, found, chosen)
    form = RemindForm(request.POST, people=people_in(request, found))
    if not form.is_valid():
        return preview(request, found, [], form=form)
    now = timezone.now()
    written = actions.remind(
        found,
        [person.uuid for person in form.cleaned_data["person"]],
        by=request.user,
        at=now,
    )
    tell(request, len(written), leaves=when_it_leaves(found, at=now))
    return redirect("cohort", found.uuid)


def people_in(request, cohort):
    """Return the members whom the reader may see."""
    seen = members_of(cohort, viewer=request.user, on=timezone.localdate())
    return User.objects.visible_to(request.user).filter(
        pk__in=seen.order_by().values("person")
    )


def chosen_in_the_address(request, cohort):
    """Return the keys of those who are ticked, or whom a filter shows."""
    if "person" in request.GET:
        form = RemindForm(request.GET, people=people_in(request, cohort))
        return [p.uuid for p in form.cleaned_data["person"]] if form.is_valid() else []
    asked = asked_for(FollowForm(request.GET))
    if "show" not in request.GET:
        return []
    followed = members.followed_in(cohort, viewer=request.user, at=timezone.now())
    return [one.person.uuid for one in members.narrowed(followed, **asked)]


def preview(request, cohort, chosen, *, form=None):
    """Show who would be reminded and who would not, and each language's text."""
    now = timezone.now()
    lines = reminding.plan(cohort, chosen, viewer=request.user, at=now)
    looked(request, [line.person.pk for line in lines], purpose=COHORT, fields=SEEN)
    invited = Invitation.objects.visible_to(request.user).filter(cohort=cohort)
    willing = [line for line in lines if not line.refusals]
    facts = {
        "cohort": cohort,
        "form": form,
        "willing": willing,
        "refused": [(line, why(cohort, line, now)) for line in lines if line.refusals],
        "texts": texts_for([line for line in willing if line.opens]),
        "asks": any(line.asked for line in willing),
        "invited": invited.waiting(now).count(),
        "leaves": when_it_leaves(cohort, at=now),
    }
    status = 422 if form else 200
    return render(request, "team/remind.html", facts, status=status)


def why(cohort, line, now):
    """Return in a sentence why somebody gets nothing; the first reason is enough."""
    reason = line.refusals[0]
    if reason != "reminded-lately":
        return refusal_in_words(reason)
    if line.reminded_at is None:  # what another cohort does is not told
        return _("Cannot be reminded yet. At most one reminder in 48 hours.")
    if line.reminded_at > now:
        moment = moment_in_words(cohort, line.reminded_at)
        return _("A reminder goes out on %(moment)s.") % {"moment": moment}
    hours = int((now - line.reminded_at).total_seconds() // 3600)
    if hours < 1:
        return _("Was reminded within the last hour. At most one reminder in 48 hours.")
    return ngettext(
        "Was reminded %(count)s hour ago. At most one reminder in 48 hours.",
        "Was reminded %(count)s hours ago. At most one reminder in 48 hours.",
        hours,
    ) % {"count": hours}


def texts_for(willing):
    """Return, for each language, what the first of those who read it would get."""
    firsts = {}
    for line in willing:
        firsts.setdefault(line.person.language, line)
    return [text_for(language, line) for language, line in sorted(firsts.items())]


def text_for(language, line):
    with override(language):
        facts = {
            "due_on": line.due_on,
            "is_late": line.is_late,
            "url": from_here(reverse("my_learning")),
        }
        subject, text = write("reminder", facts)
    return {
        "code": language,
        "language": Language(language).in_a_sentence,
        "subject": subject,
        "text": text,
    }


def tell(request, count, *, leaves):
    """Say how many are reminded, and when their mail goes out where that is later."""
    if not count:
        messages.warning(
            request, _("Nobody was reminded: all of them were a short while ago.")
        )
        return
    if leaves:
        words = ngettext(
            "A reminder to %(count)s person goes out on %(moment)s.",
            "Reminders to %(count)s people go out on %(moment)s.",
            count,
        )
    else:
        words = ngettext(
            "%(count)s person is reminded.", "%(count)s people are reminded.", count
        )
    messages.success(request, words % {"count": count, "moment": leaves})
