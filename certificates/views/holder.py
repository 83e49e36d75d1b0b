"""The holder's page of a certificate, its file, and the link that shows the name."""

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
from certificates.actions import note_download, note_look, note_share
from certificates.models import Certificate
from certificates.sharing import LASTS, shows_name, token_for


@login_required
@never_cache
@require_safe
def certificate(request, certificate):
    award = _in_sight(request, certificate)
    note_look(
        award, viewer=request.user, purpose="certificate page", at=timezone.now()
    )
    language = get_language()
    address = settings.SITE_URL.rstrip("/") + reverse("verify_code", args=[award.code])
    token = request.GET.get("show", "")
    return render(
        request,
        "certificates/certificate.html",
        {
            "certificate": award,
            "standing": wording.standing(
                award, on=timezone.localdate(), language=language
            ),
            "facts": wording.facts(award, language=language),
            "code": rules.code_printed(award.code),
            "address": address,
            "is_holder": request.user.pk == award.holder_id,
            "shared": f"{address}?show={token}" if shows_name(token, award) else "",
            "share_days": LASTS.days,
        },
    )


@login_required
@never_cache
@require_safe
def certificate_file(request, certificate):
    award = _in_sight(request, certificate)
    if not award.is_rendered:
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
    own = Certificate.objects.visible_to(request.user).filter(holder=request.user)
    award = get_object_or_404(own, pk=certificate)
    note_share(award, by=request.user, at=timezone.now())
    page = reverse("certificate", args=[award.pk])
    return redirect(f"{page}?show={token_for(award)}#shared")


def _in_sight(request, pk) -> Certificate:
    visible = Certificate.objects.visible_to(request.user).with_successor()
    return get_object_or_404(visible, pk=pk)
