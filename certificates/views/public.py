"""Does this certificate stand? For anyone with the paper in hand; no account, no name.

These pages read no session and set no cookie: the checker is nobody to us.
"""

from functools import wraps
from hashlib import sha256
from hmac import compare_digest
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from certificates import rules, wording
from certificates.actions import check_name
from certificates.limits import takes_a_check, visitor_of
from certificates.lookup import of_code
from certificates.models import Certificate
from certificates.sharing import SHOW, use_link
from certificates.views import sentences
from certificates.views.sentences import LARGEST_FILE, LONGEST_NAME
from lms.refusals import Refused
from lms.web.context import name_of

FORM_AROUND_IT = 16 * 1024


def public(view):
    """Answer for no cache and no search engine.

    Exempt from the CSRF check on purpose: the token would need a cookie, and a form
    posted from elsewhere could do no more than its author can do directly. There is
    no session to ride on, and nothing here changes anything for the checker.
    """

    @csrf_exempt
    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        patch_cache_control(response, private=True, no_store=True)
        return response

    return answer


@public
@require_safe
def verify(request):
    """Ask for a code, or send on to the certificate whose code was typed."""
    typed = request.GET.get("code", "").strip()
    code = rules.code_read(typed)
    if code:
        return _to_its_page(request, code)
    if typed:
        return _unknown(request, typed=typed)
    return _show(request, "certificates/verify/form.html", {"typed": ""})


@public
@require_http_methods(["GET", "HEAD", "POST"])
def verify_code(request, typed):
    code = rules.code_read(typed)
    if code and code != typed and request.method != "POST":
        return _to_its_page(request, code)
    award = of_code(typed)
    if request.method == "POST":
        return _checked(request, award, typed=typed)
    if award is None:
        return _unknown(request, typed=typed)
    return _page(request, award)


@public
@require_safe
def without_slash(request):
    return redirect("verify")


def _checked(request, award: Certificate | None, *, typed: str):
    """Answer a check of the name or of the file, or to a link that shows the name."""
    if not takes_a_check(request, at=timezone.now()):
        return _too_often(request, "address-checks-too-often", wait=60)
    if award is None:
        return _unknown(request, typed=typed)
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_FILE + FORM_AROUND_IT:
        return _wrong(request, award, "file", "file-too-large", status=413)
    # In memory: a certificate that a stranger hands in never touches the disk.
    request.upload_handlers = [MemoryFileUploadHandler(request)]
    answer = {"file": _check_file, "link": _use_link}
    return answer.get(request.POST.get("check"), _check_name)(request, award)


def _check_name(request, award: Certificate):
    name = request.POST.get("name", "").strip()
    if not name:
        return _wrong(request, award, "name", "name-missing")
    if len(name) > LONGEST_NAME:
        return _wrong(request, award, "name", "name-too-long")
    try:
        matches = check_name(award, typed=name, at=timezone.now())
    except Refused as refused:
        return _too_often(request, *refused.reasons, wait=3600)
    found = sentences.NAME_MATCHES if matches else sentences.NAME_DIFFERS
    return _page(request, award, name=name, found=sentences.about_name(found, name))


def _check_file(request, award: Certificate):
    file = request.FILES.get("file")
    if not file:
        return _wrong(request, award, "file", "file-missing")
    content = file.read()
    if len(content) > LARGEST_FILE:
        return _wrong(request, award, "file", "file-too-large", status=413)
    if not content.startswith(b"%PDF-"):
        return _wrong(request, award, "file", "file-of-another-kind")
    if not award.is_rendered:
        return _page(request, award, found=sentences.FILE_IS_NOT_READY)
    same = compare_digest(sha256(content).hexdigest(), award.sha256)
    found = sentences.FILE_IS_THE_SAME if same else sentences.FILE_DIFFERS
    return _page(request, award, found=found)


def _use_link(request, award: Certificate):
    """Show the name to whoever has the token of a link, or pasted the whole link."""
    token = request.POST.get("token", "").strip().rpartition(SHOW)[2]
    if not token:
        return _wrong(request, award, "token", "link-missing")
    visitor, now = visitor_of(request), timezone.now()
    if not use_link(award, token=token, visitor=visitor, at=now):
        return _page(request, award, found=sentences.LINK_IS_OVER)
    return _page(request, award, holder_name=award.holder_name, token=token)


def _too_often(request, reason: str, *, wait: int):
    """Answer 429, to the right name too."""
    context = {"sentence": sentences.TOO_OFTEN[reason]}
    response = _show(request, "certificates/verify/too_often.html", context, status=429)
    response.headers["Retry-After"] = str(wait)
    return response


def _unknown(request, *, typed: str):
    """Answer what is no code and what is nobody's code alike."""
    context = {"typed": typed[:80], "unknown": True}
    return _show(request, "certificates/verify/form.html", context, status=404)


def _wrong(request, award: Certificate, field: str, reason: str, *, status=422):
    problem = sentences.PROBLEMS[reason]
    return _page(request, award, status=status, wrong=field, problem=problem)


def _page(request, award: Certificate, *, status=200, **answer):
    language, today = get_language(), timezone.localdate()
    context = {
        "standing": wording.standing(award, on=today, language=language),
        "facts": wording.facts(award, language=language),
        "code": rules.code_printed(award.code),
        **answer,
    }
    return _show(
        request, "certificates/verify/certificate.html", context, status=status
    )


def _show(request, template, context, *, status=200):
    shown = SHOW + context["token"] if "token" in context else ""
    context |= {
        "place": urlsplit(settings.SITE_URL).netloc,
        "here": request.path,
        "switch": [
            {
                "code": code,
                "name": name_of(code),
                "url": f"{request.path}?lang={code}{shown}",
            }
            for code, _name in settings.LANGUAGES
            if code != get_language()
        ],
    }
    return render(request, template, context, status=status)


def _to_its_page(request, code: str):
    """Send on to the one address of a code, in the language that was asked for."""
    kept = {"lang": request.GET["lang"]} if request.GET.get("lang") else {}
    return redirect(reverse("verify_code", args=[code], query=kept))
