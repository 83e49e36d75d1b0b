"""What wagtail-localize offers to translators and is not shown here.

There are no aliases, and its way of making one is closed: an alias would be live with
the texts of its original, whoever asked for it, and what translators wrote would be
gone. Nobody is asked for an address: it is made of the title.
"""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from courses.translating import ADDRESS


def no_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """Say that a page in another language has texts of its own."""
    messages.error(
        request,
        _("A page in another language has texts of its own. Nothing was changed."),
    )
    return redirect("wagtailadmin_pages:edit", page_id)


def menu_without_aliases(menu_items: list, request: HttpRequest, context: dict) -> None:
    """Take the way to an alias out of what an editor does with a page."""
    menu_items[:] = [
        one for one in menu_items if one.name != "localize-convert-to-alias"
    ]


def props_without_aliases(props: str) -> str:
    """Take it, and the address, out of what the translators' editor is told."""
    told = json.loads(props)
    told["links"]["convertToAliasUrl"] = None
    told["segments"] = [
        one for one in told["segments"] if one["contentPath"] != ADDRESS
    ]
    return json.dumps(told)
