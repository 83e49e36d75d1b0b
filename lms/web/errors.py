"""Our own pages for what goes wrong, in the reader's language."""

from django.shortcuts import render


def not_found(request, exception=None):
    return render(request, "errors/404.html", status=404)


def forbidden(request, exception=None):
    return render(request, "errors/403.html", status=403)


def bad_request(request, exception=None):
    return render(request, "errors/400.html", status=400)


def server_error(request):
    return render(
        request,
        "errors/500.html",
        {"reference": getattr(request, "reference", "")},
        status=500,
    )


def csrf_failure(request, reason=""):
    return render(request, "errors/csrf.html", status=403)
