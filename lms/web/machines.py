"""What machines and those who run them ask first: what to read, whom to warn."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

A_DAY = 24 * 60 * 60
# RFC 9116 asks for less than a year; whoever reads it later is warned in time.
SECURITY_TXT_STANDS_FOR = timedelta(days=180)


@require_safe
@cache_control(max_age=A_DAY)
def robots(request):
    """Say which addresses are nobody's business but the person's own."""
    return _plain(request, "robots.txt", languages=_languages())


@require_safe
@cache_control(max_age=A_DAY)
def security_txt(request):
    """Say whom to tell of a weakness (RFC 9116)."""
    expires = timezone.now() + SECURITY_TXT_STANDS_FOR
    return _plain(
        request,
        "security.txt",
        contact=settings.SECURITY_CONTACT,
        expires=f"{expires:%Y-%m-%d}T00:00:00Z",
        languages=_languages(),
    )


@require_safe
@cache_control(max_age=A_DAY)
def security_policy(request):
    """Show the policy that stands beside the code."""
    text = (settings.BASE_DIR / "SECURITY.md").read_text()
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def _plain(request, name: str, **facts) -> HttpResponse:
    return render(
        request,
        f"pages/{name}",
        {"site_url": settings.SITE_URL, **facts},
        content_type="text/plain; charset=utf-8",
    )
