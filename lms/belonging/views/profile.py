"""Who am I here, and which other name waits for my institution?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from lms.belonging import actions
from lms.belonging.names import last_asked, who_answers_for
from lms.people.actions import change_language
from lms.people.forms import ProfileForm
from lms.people.languages import remember_language
from lms.people.views.own import standing_post


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def profile(request):
    """My name and language; another name may wait for my institution."""
    person = request.user
    if request.method != "POST":
        return _profile_page(request, ProfileForm(person=person))
    form = ProfileForm(request.POST, person=person)
    if not form.is_valid():
        return _profile_page(request, form, status=422)
    words = form.cleaned_data
    stands = actions.change_own_name(
        person,
        legal_name=words["legal_name"],
        sort_name=words["sort_name"],
        reason=words["reason"],
        at=timezone.now(),
    )
    change_language(person, language=words["language"])
    with override(person.language):
        messages.success(request, _("Your profile has been saved."))
        if not stands:
            messages.info(request, _("The new name waits for your institution."))
        response = redirect("people_profile")
    remember_language(response, person.language)
    return response


def _profile_page(request, form, *, status=200):
    now, standing = timezone.now(), standing_post(request.user)
    facts = {
        "form": form,
        "standing": standing,
        "asked": last_asked(request.user, at=now),
        "answers": _who_answers(request.user, standing, at=now),
    }
    return render(request, "people/profile.html", facts, status=status)


def _who_answers(person, standing, *, at):
    """Return which institution is asked before another name stands."""
    if standing and standing.confirmed_at:
        return standing.institution
    return who_answers_for(person, at=at)


@require_POST
@login_required
def take_back_name(request):
    """Keep the name as it is: the institution is asked for no other any more."""
    actions.take_back_name(request.user, at=timezone.now())
    messages.success(request, _("Your name stays as it is."))
    return redirect("people_profile")
