"""The holder's page of a certificate, its file, and the link that shows the name."""

from math import ceil

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from certificates import rules, wording
from certificates.actions import note_download, note_share
from certificates.models import Certificate
from certificates.sharing import shows_name_until, token_for


@login_required
@never_cache
@require_safe
def certificate(request, certificate):
    award = _own(request, certificate)
    language, today = get_language(), timezone.localdate()
    verify_path = reverse("verify_code", args=[award.code])
    address = settings.SITE_URL.rstrip("/") + verify_path
    context = {
        "certificate": award,
        "title": award.title(language),
        "standing": wording.standing(award, on=today, language=language),
        "facts": wording.facts(award, language=language),
        "code": rules.code_printed(award.code),
        "address": address,
        "verify_path": verify_path,
        "size": ceil(award.pdf.size / 1024) if award.has_file else None,
        **_shared(award, request.GET.get("show", ""), address=address),
    }
    return render(request, "certificates/certificate.html", context)


def _shared(award: Certificate, token: str, *, address: str) -> dict[str, str]:
    """Return the link that was just made, if there is one that still works."""
    until = shows_name_until(token, award, at=timezone.now())
    if until is None:
        return {}
    day = wording.day(timezone.localdate(until), get_language())
    return {"shared": f"{address}?show={token}", "shared_until": day}


@login_required
@never_cache
@require_safe
def certificate_file(request, certificate):
    award = _own(request, certificate)
    if not award.has_file:
        return redirect("certificate", award.pk)
    note_download(award, by=request.user, at=timezone.now())
    return FileResponse(
        award.pdf.open(),
        as_attachment=True,
        filename=rules.file_name(award.code, language=award.language),
        content_type="application/pdf",
    )


@login_required
@require_POST
def share_certificate(request, certificate):
    award = _own(request, certificate)
    now = timezone.now()
    note_share(award, by=request.user, at=now)
    page = reverse("certificate", args=[award.pk])
    return redirect(f"{page}?show={token_for(award, at=now)}#shared")


def _own(request, pk) -> Certificate:
    own = Certificate.objects.own(request.user).with_successor()
    return get_object_or_404(own, pk=pk)
