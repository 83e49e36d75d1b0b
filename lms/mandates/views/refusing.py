"""How does an answer to an offer, or the end of one's own mandate, say no?"""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SENTENCES = {
    "not-offered": gettext_lazy("The offer was taken back, or has been answered."),
    "own-grant": gettext_lazy(
        "You, or another account of yours, granted or approved this mandate. Somebody "
        "else has to hold it."
    ),
    "same-officer": gettext_lazy(
        "You are one of the two officers of this country already. The other one has "
        "to be somebody else."
    ),
    "already-over": gettext_lazy("This mandate has ended already."),
    "too-many-codes": gettext_lazy(
        "Too many codes were sent. Wait an hour and ask for another one."
    ),
}


def refused_page(request, refused, *, heading):
    """Answer with the reasons in words, and the way back to one's mandates."""
    facts = {
        "heading": heading,
        "sentences": [SENTENCES[reason] for reason in refused.reasons],
        "url": reverse("my_mandates"),
        "link": _("My mandates"),
    }
    return render(request, "parts/refused.html", facts, status=409)
