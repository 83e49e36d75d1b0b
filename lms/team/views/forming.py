"""How do I form a cohort, and change what it is?"""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.people.choices import Country, Role
from lms.people.gates import for_holders
from lms.refusals import Refused
from lms.team.actions import change_cohort, form_cohort
from lms.team.cohort_forms import CohortForm, SettingsForm
from lms.team.views.in_sight import of_a_cohort, show_or_take
from lms.team.words import say


@show_or_take
@for_holders(Role.TRAINER)
def new_cohort(request):
    """Form a cohort of a country in which I may train."""
    countries = sorted(
        {mandate.country for mandate in request.mandates},
        key=lambda country: str(Country(country).label),
    )
    posted = request.POST if request.method == "POST" else None
    form = CohortForm(posted, countries=countries)
    if form.is_valid():
        try:
            made = form_cohort(request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            say(form, refused)
        else:
            messages.success(request, _("The cohort is formed."))
            return redirect("cohort", made.uuid)
    where = Country(countries[0]).label if len(countries) == 1 else ""
    facts = {"form": form, "country": where}
    status = 422 if form.is_bound else 200
    return render(request, "team/new_cohort.html", facts, status=status)


@show_or_take
@of_a_cohort
def cohort_settings(request, cohort):
    """What is this cohort, and from when until when?"""
    form = SettingsForm(
        request.POST if request.method == "POST" else None,
        countries=[cohort.country],
        initial={name: getattr(cohort, name) for name in SettingsForm.base_fields},
    )
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in SettingsForm.base_fields}
        try:
            change_cohort(cohort, by=request.user, at=timezone.now(), **facts)
        except Refused as refused:
            if cohort_is_archived(refused):
                raise
            say(form, refused)
        else:
            messages.success(request, _("The cohort is changed."))
            return redirect("cohort_settings", cohort.uuid)
    facts = {"form": form, "cohort": cohort}
    status = 422 if form.is_bound else 200
    return render(request, "team/settings.html", facts, status=status)


def cohort_is_archived(refused):
    return "cohort-archived" in refused.reasons
