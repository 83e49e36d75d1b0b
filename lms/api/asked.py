"""Did a program ask for something there is not? A misspelt filter widens a list."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lms.api.problems import Problem, Wrong

MESSAGE = gettext_noop("There is no such parameter.")
LANG = "lang"  # in which language sentences are said; every operation takes it


def refuse_unknown(request: HttpRequest, known: Iterable[str] = ()) -> None:
    """Refuse a query with parameters that the operation does not have."""
    unknown = sorted(set(request.GET) - {LANG, *known})
    if unknown:
        wrong = [
            Wrong(field=name, code="unknown-parameter", message=_(MESSAGE))
            for name in unknown
        ]
        raise Problem("not-valid", errors=wrong)
