"""The holder's page of a certificate, its file, and the link that shows the name."""

from datetime import datetime
from math import ceil
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from certificates import rules, sharing, wording
from certificates.actions import note_download
from certificates.models import Certificate, ShareLink
from certificates.sharing import SHOW, links_of, make_link, open_link
from lms.mail.troubles import CERTIFICATE_MISSING
from lms.refusals import Refused
from lms.tokens.shown_once import COOKIE, taken_away, to_its_page
from lms.web.files import opened, size_of

TOO_MANY_LINKS = gettext_lazy(
    "Five links show your name already. Withdraw one of them first."
)


@login_required
@never_cache
@require_safe
def certificate(request, certificate):
    award = _own(request, certificate)
    language, now = get_language(), timezone.now()
    today = timezone.localdate(now)
    verify_path = reverse("verify_code", args=[award.code])
    address = settings.SITE_URL.rstrip("/") + verify_path
    secret = request.COOKIES.get(COOKIE, "")
    context = {
        "certificate": award,
        "title": award.title(language),
        "standing": wording.standing(award, on=today, language=language),
        "facts": wording.facts(award, language=language),
        "code": rules.code_printed(award.code),
        "address": address,
        "verify_path": verify_path,
        "elsewhere": [] if request.user.shielded else _elsewhere(address),
        "size": _kilobytes(award) if award.has_file else None,
        "links": links_of(award, at=now),
        "shared": f"{address}{SHOW}{secret}" if _is_new(award, secret, now) else "",
    }
    answer = render(request, "certificates/certificate.html", context)
    return taken_away(request, answer) if secret else answer


def _elsewhere(address: str) -> list[tuple[str, str]]:
    """Return where the address may be posted, without a name; the page opens nothing.

    As the two describe their own links: a text, and the address of a page.
    """
    text = _("My certificate of continuing training can be verified here:")
    return [
        ("WhatsApp", "https://wa.me/?" + urlencode({"text": f"{text} {address}"})),
        (
            "LinkedIn",
            "https://www.linkedin.com/sharing/share-offsite/?"
            + urlencode({"url": address}),
        ),
    ]


def _kilobytes(award: Certificate) -> int | None:
    size = size_of(award.pdf, missing=CERTIFICATE_MISSING)
    return None if size is None else ceil(size / 1024)


def _is_new(award: Certificate, secret: str, now: datetime) -> bool:
    """Whether that is the token of a link of this certificate, made just now."""
    return bool(secret) and open_link(award, token=secret, at=now) is not None


@login_required
@never_cache
@require_safe
def certificate_file(request, certificate):
    award = _own(request, certificate)
    if not award.has_file:
        return redirect("certificate", award.pk)
    file = opened(award.pdf.storage, award.pdf.name, missing=CERTIFICATE_MISSING)
    note_download(award, by=request.user, at=timezone.now())
    return FileResponse(
        file,
        as_attachment=True,
        filename=rules.file_name(award.code, language=award.language),
        content_type="application/pdf",
    )


@login_required
@require_POST
def share_certificate(request, certificate):
    """Make a link that shows the name, and lead to the page that shows it once."""
    award = _own(request, certificate)
    if not award.may_be_shown_with_name:
        raise Http404
    page = reverse("certificate", args=[award.pk])
    try:
        token = make_link(award, by=request.user, at=timezone.now())
    except Refused:
        messages.error(request, TOO_MANY_LINKS)
        return redirect(page)
    return to_its_page(request, page, token, part="#shared")


@login_required
@require_POST
def withdraw_link(request, certificate, link):
    award = _own(request, certificate)
    own = ShareLink.objects.own(request.user).filter(certificate=award)
    found = get_object_or_404(own, uuid=link)
    sharing.withdraw_link(found, at=timezone.now())
    messages.success(request, _("You withdrew the link: it shows your name no more."))
    return redirect("certificate", award.pk)


def _own(request, pk) -> Certificate:
    own = Certificate.objects.own(request.user).with_successor()
    return get_object_or_404(own, pk=pk)
