"""Does this certificate stand? For anyone with the paper in hand; no account, no name.

These pages read no session and set no cookie: the checker is nobody to us. The
language is the browser's, or the one asked for by `?lang=`.
"""

from datetime import timedelta
from functools import wraps
from hashlib import sha256
from hmac import compare_digest
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language, get_language_from_request, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from certificates import rules, wording
from certificates.actions import check_name, note_look
from certificates.models import Certificate
from certificates.sharing import shows_name
from lms.models import Tries
from lms.refusals import Refused
from lms.web.context import name_of

LARGEST_FILE = 2 * 1024 * 1024
FORM_AROUND_IT = 16 * 1024
LONGEST_NAME = 200


def public(view):
    """Answer in the reader's language, for no cache and no search engine.

    Exempt from the CSRF check on purpose: the token would need a cookie, and a form
    posted from elsewhere could do no more than its author can do directly. There is
    no session to ride on, and nothing here changes anything for the checker.
    """

    @csrf_exempt
    @wraps(view)
    def answer(request, *args, **kwargs):
        asked = request.GET.get("lang", "")
        known = asked in dict(settings.LANGUAGES)
        language = asked if known else get_language_from_request(request)
        with override(language):
            response = view(request, *args, **kwargs)
        # Keeps the language middleware from sending an unknown code (404) on to a
        # page of that name below /es/.
        request.urlconf = "certificates.public_urls"
        response.headers["Content-Language"] = language
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
        return redirect(_address(code, lang=request.GET.get("lang")))
    if typed:
        return _unknown(request, typed=typed)
    return _show(request, "certificates/verify/form.html", {"typed": ""})


@public
@require_http_methods(["GET", "HEAD", "POST"])
def verify_code(request, typed):
    code = rules.code_read(typed)
    if code and code != typed and request.method != "POST":
        return redirect(_address(code, **request.GET.dict()))
    award = Certificate.objects.with_successor().by_code(code).first()
    if request.method == "POST":
        return _checked(request, award, typed=typed)
    if award is None:
        return _unknown(request, typed=typed)
    return _shown(request, award)


@public
@require_safe
def without_slash(request):
    return redirect("verify")


def _shown(request, award: Certificate):
    token = request.GET.get("show")
    if token is None:
        return _page(request, award)
    if not shows_name(token, award):
        return _page(request, award, link_is_over=True)
    note_look(award, viewer=None, purpose="shared certificate", at=timezone.now())
    return _page(request, award, holder_name=award.holder_name)


def _checked(request, award: Certificate | None, *, typed: str):
    """Answer a check of the name or of the file."""
    if not _within_the_minute(request):
        return _too_often(request, award, "address-checks-too-often")
    if award is None:
        return _unknown(request, typed=typed)
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_FILE + FORM_AROUND_IT:
        return _page(request, award, wrong={"file": "too-large"}, status=413)
    # In memory: a certificate that a stranger hands in never touches the disk.
    request.upload_handlers = [MemoryFileUploadHandler(request)]
    if request.POST.get("check") == "file":
        return _check_file(request, award)
    return _check_name(request, award)


def _check_name(request, award: Certificate):
    name = request.POST.get("name", "").strip()
    if not name or len(name) > LONGEST_NAME:
        problem = "name-too-long" if name else "name-missing"
        return _page(request, award, wrong={"name": problem}, status=422)
    try:
        matches = check_name(award, typed=name, at=timezone.now())
    except Refused as refused:
        return _too_often(request, award, *refused.reasons)
    return _page(request, award, name=name, name_matches=matches)


def _check_file(request, award: Certificate):
    file = request.FILES.get("file")
    problem = _problem_with(file)
    if problem:
        return _page(request, award, wrong={"file": problem}, status=422)
    if not award.is_rendered:
        return _page(request, award, file_says="not-yet")
    same = compare_digest(sha256(file.read()).hexdigest(), award.sha256)
    return _page(request, award, file_says="same" if same else "differs")


def _problem_with(file) -> str:
    if not file:
        return "file-missing"
    if file.size > LARGEST_FILE:
        return "too-large"
    head = file.read(5)
    file.seek(0)
    return "" if head == b"%PDF-" else "not-a-pdf"


def _within_the_minute(request) -> bool:
    address = get_adapter(request).get_client_ip(request)
    # A keyed hash: the table of tries keeps nobody's address.
    key = salted_hmac("certificates.checks", address).hexdigest()[:32]
    return Tries.objects.take(
        f"checks-from:{key}",
        limit=rules.CHECKS_PER_MINUTE,
        per=timedelta(minutes=1),
        at=timezone.now(),
    )


def _too_often(request, award: Certificate | None, reason: str):
    """Answer 429, to the right name too, with the same page for any code."""
    response = _show(
        request,
        "certificates/verify/too_often.html",
        {"reason": reason, "here": request.path},
        status=429,
    )
    hour = reason == "certificate-checks-too-often"
    response.headers["Retry-After"] = "3600" if hour else "60"
    return response


def _unknown(request, *, typed: str):
    """Answer what is no code and what is nobody's code alike."""
    context = {"typed": typed[:80], "unknown": True}
    return _show(request, "certificates/verify/form.html", context, status=404)


def _page(request, award: Certificate, *, status=200, wrong=None, **found):
    language = get_language()
    context = {
        "certificate": award,
        "standing": wording.standing(award, on=timezone.localdate(), language=language),
        "facts": wording.facts(award, language=language),
        "code": rules.code_printed(award.code),
        "here": reverse("verify_code", args=[award.code]),
        "wrong": wrong or {},
        **found,
    }
    return _show(request, "certificates/verify/certificate.html", context, status=status)


def _show(request, template, context, *, status=200):
    language = get_language()
    here = context.get("here", request.path)
    kept = {"show": request.GET["show"]} if "show" in request.GET else {}
    context |= {
        "place": urlsplit(settings.SITE_URL).netloc,
        "switch": [
            {
                "code": code,
                "name": name_of(code),
                "url": f"{here}?{urlencode(kept | {'lang': code})}",
            }
            for code, _name in settings.LANGUAGES
            if code != language
        ],
    }
    return render(request, template, context, status=status)


def _address(code: str, **query: str | None) -> str:
    kept = {key: value for key, value in query.items() if value}
    address = reverse("verify_code", args=[code])
    return f"{address}?{urlencode(kept)}" if kept else address
