"""By which rules do people come into this cohort, and who would move?"""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lms.audit.looks import looked
from lms.people.models import MembershipRule
from lms.refusals import Refused
from lms.team.actions import add_rule, end_rule
from lms.team.membership import preview, rules_of
from lms.team.rule_forms import RuleForm
from lms.team.views.in_sight import NAME, of_a_cohort, show_or_take
from lms.team.words import say, when_it_leaves
from lms.thresholds import TO_TRAINERS, fewer_than

GOING = gettext_noop("members who fit no rule")


@show_or_take
@of_a_cohort
def membership_rules(request, cohort):
    """Which rules stand? One more is shown first: who would move."""
    if request.method == "POST":
        return _add(request, cohort)
    asked = RuleForm.base_fields.keys() & request.GET.keys()
    form = RuleForm(request.GET if asked else None, country=cohort.country)
    if form.is_valid():
        return _preview(request, cohort, form)
    return _rules_page(request, cohort, form)


def _rules_page(request, cohort, form):
    facts = {
        "cohort": cohort,
        "rules": rules_of(cohort, viewer=request.user),
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "team/rules.html", facts, status=status)


def _preview(request, cohort, form):
    rule = MembershipRule(cohort=cohort, **form.cleaned_data)
    standing = [*rules_of(cohort, viewer=request.user), rule]
    facts = {"cohort": cohort, "form": form, "rule": rule}
    leaves = when_it_leaves(cohort, at=timezone.now())
    facts |= {"few": fewer_than(TO_TRAINERS), "leaves": leaves}
    facts |= _moves(request, cohort, standing)
    return render(request, "team/rule_preview.html", facts)


def _moves(request, cohort, standing):
    now = timezone.now()
    found = preview(
        cohort, standing, viewer=request.user, on=timezone.localdate(now), at=now
    )
    shown = [row.person_id for row in found.going]
    looked(request, shown, purpose=GOING, fields=[NAME])
    return {"preview": found}


def _add(request, cohort):
    form = RuleForm(request.POST, country=cohort.country)
    if form.is_valid():
        try:
            add_rule(cohort, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            if "cohort-archived" in refused.reasons:
                raise
            say(form, refused)
        else:
            messages.success(request, _added(cohort))
            return redirect("membership_rules", cohort.uuid)
    return _rules_page(request, cohort, form)


def _added(cohort):
    """Say that it stands, and when whoever fits gets the mail."""
    leaves = when_it_leaves(cohort, at=timezone.now())
    if not leaves:
        return _("The rule stands. Whoever fits it is invited by mail.")
    return _(
        "The rule stands. Whoever fits it is invited by mail, which goes out on "
        "%(moment)s."
    ) % {"moment": leaves}


@show_or_take
@of_a_cohort
def end_membership_rule(request, cohort, rule):
    """End a rule, once it is clear who would leave."""
    standing = list(rules_of(cohort, viewer=request.user))
    known = rules_of(cohort, viewer=request.user)
    found = get_object_or_404(known, uuid=rule)
    if request.method != "POST":
        rest = [one for one in standing if one != found]
        facts = {"cohort": cohort, "rule": found} | _moves(request, cohort, rest)
        return render(request, "team/end_rule.html", facts)
    end_rule(found, by=request.user, at=timezone.now())
    messages.success(request, _("The rule has ended."))
    return redirect("membership_rules", cohort.uuid)
