"""Which institutions did people type, and which of the list are meant?"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from lms.belonging import actions, people
from lms.belonging.forms import MeantForm
from lms.belonging.views.looking import countries_of, show_or_take
from lms.people.choices import Country, Role
from lms.people.gates import for_holders


@require_safe
@for_holders(Role.MINISTRY, country_wide=True)
def typed_list(request):
    """Which places did people type because they are not in the list?"""
    texts = people.typed_texts(countries_of(request), on=timezone.localdate())
    page = Paginator(texts, people.PER_PAGE).get_page(request.GET.get("page"))
    facts = {"page_obj": page, "texts": [(text, _query(text)) for text in page]}
    return render(request, "belonging/typed_list.html", facts)


@show_or_take
@for_holders(Role.MINISTRY, country_wide=True)
def typed_text(request):
    """Which institution of the list do these words mean?"""
    text = _typed_text(request)
    form = MeantForm(
        request.POST if request.method == "POST" else None, country=text.country
    )
    if not form.is_valid():
        facts = {"form": form, "text": text, "country": Country(text.country).label}
        status = 422 if form.is_bound else 200
        return render(request, "belonging/typed.html", facts, status=status)
    count = actions.map_typed(
        text.key,
        country=text.country,
        institution=form.cleaned_data["institution"],
        by=request.user,
        at=timezone.now(),
    )
    sentence = ngettext(
        "%(count)d person has that institution now and waits to be confirmed.",
        "%(count)d people have that institution now and wait to be confirmed.",
        count,
    )
    messages.success(request, sentence % {"count": count})
    return redirect("typed_institutions")


def _query(text):
    return reverse("typed_institution", query={"country": text.country, "is": text.key})


def _typed_text(request):
    texts = people.typed_texts(countries_of(request), on=timezone.localdate())
    asked = (request.GET.get("country"), request.GET.get("is"))
    for text in texts:
        if (text.country, text.key) == asked:
            return text
    raise Http404
