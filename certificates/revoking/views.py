"""The screens on which somebody asks to revoke, suspend or restore a certificate."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from certificates import wording
from certificates.lookup import of_code
from certificates.models import Certificate
from certificates.revoking.actions import ask_for
from certificates.revoking.flags import flags_of, why_flagged
from certificates.revoking.forms import ChangeForm, CodeForm
from certificates.revoking.words import REFUSALS
from certificates.rules import code_printed
from lms.audit.looks import looked
from lms.people.choices import Role
from lms.people.gates import for_holders
from lms.refusals import Refused

PURPOSE = gettext_noop("page to revoke or suspend a certificate")
LIST = gettext_noop("certificates whose pass was lost")
FIELDS = [gettext_noop("certificate")]


@require_safe
@for_holders(Role.SECRETARIAT)
def find_certificate(request):
    """Which certificate is it? By the code that stands on the paper."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    found = of_code(form.cleaned_data["code"]) if form.is_valid() else None
    theirs = Certificate.objects.revocable_by(request.user, on=timezone.localdate())
    if found and theirs.contains(found):
        return redirect("change_certificate", found.pk)
    facts = {"typed": request.GET.get("code", "")[:80], "unknown": form.is_bound}
    return render(request, "certificates/revoking/find.html", facts)


@require_safe
@for_holders(Role.MINISTRY, Role.SECRETARIAT)
def flagged_certificates(request):
    """Which certificates wait for somebody to decide? Those whose pass was lost."""
    language = get_language()
    flags = flags_of(request.user, on=timezone.localdate(), language=language)
    looked(request, [one.holder for one in flags], purpose=LIST, fields=FIELDS)
    return render(request, "certificates/revoking/flagged.html", {"flags": flags})


@require_http_methods(["GET", "HEAD", "POST"])
@for_holders(Role.MINISTRY, Role.SECRETARIAT)
def change_certificate(request, certificate):
    """Ask a second person to revoke, suspend or restore this certificate."""
    now = timezone.now()
    theirs = Certificate.objects.revocable_by(
        request.user, on=timezone.localdate(now)
    ).with_successor()
    award = get_object_or_404(theirs, pk=certificate)
    posted = request.POST if request.method == "POST" else None
    form = ChangeForm(posted, certificate=award)
    if not form.is_valid():
        return _page(request, award, form, status=422 if form.is_bound else 200)
    try:
        ask_for(award, **form.cleaned_data, by=request.user, at=now)
    except Refused as refused:
        said = [REFUSALS[reason] for reason in refused.reasons]
        return _page(request, award, form, errors=said, status=409)
    messages.success(
        request, _("You asked for it. Nothing changes until a second person agrees.")
    )
    return redirect("approvals")


def _page(request, award, form, *, errors=(), status):
    """Show the certificate without its holder's name: the code is enough to ask."""
    language, today = get_language(), timezone.localdate()
    looked(request, [award.holder_id], purpose=PURPOSE, fields=FIELDS)
    facts = {
        "certificate": award,
        "standing": wording.standing(award, on=today, language=language),
        "facts": wording.facts(award, language=language),
        "code": code_printed(award.code),
        "flag": why_flagged(award, language=language),
        "form": form,
        "errors": [{"href": "#id_why", "text": error} for error in errors],
    }
    return render(request, "certificates/revoking/change.html", facts, status=status)
