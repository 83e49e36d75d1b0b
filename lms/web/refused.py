"""What a rule refuses an editor is a sentence, whichever of Wagtail's views asked.

Its forms say what is wrong at the field. Its other ways of publishing and of moving,
many pages at once or by an approval, expect no refusal: the transaction is undone, and
whoever asked reads why on the page they came from.
"""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme


class RefusedToEditors:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """Answer a refusal in the editors' area; whatever else fails, fails."""
        if _is_of_what_is_gone(request, exception):
            raise Http404 from exception
        is_editors = request.path_info.startswith("/admin/")
        if not (is_editors and isinstance(exception, ValidationError)):
            return None
        for sentence in exception.messages:
            messages.error(request, sentence)
        back = _where_from(request)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # What Wagtail's own dialog goes to when it is done.
            return JsonResponse({"step": "success", "redirect": back})
        return redirect(back)


def _is_of_what_is_gone(request: HttpRequest, exception: Exception) -> bool:
    """Whether somebody deleted the page whose translation is asked for.

    wagtail-localize keeps the texts of a page for longer than the page.
    """
    way = request.resolver_match
    is_translation = way is not None and way.namespace == "wagtail_localize"
    return is_translation and isinstance(exception, ObjectDoesNotExist)


def _where_from(request: HttpRequest) -> str:
    asked = [request.GET.get("next"), request.POST.get("next")]
    for address in (*asked, request.headers.get("referer")):
        if address and url_has_allowed_host_and_scheme(
            address, allowed_hosts={request.get_host()}, require_https=False
        ):
            return address
    return resolve_url("wagtailadmin_home")
