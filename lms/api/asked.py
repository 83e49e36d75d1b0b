"""Did a program ask for something there is not? A misspelt filter widens a list."""

from collections.abc import Iterable

from django.http import HttpRequest

from lms.api.problems import Problem, Wrong

MESSAGE = "There is no such parameter."


def refuse_unknown(request: HttpRequest, known: Iterable[str] = ()) -> None:
    """Refuse a query with parameters that the operation does not have."""
    unknown = sorted(set(request.GET) - set(known))
    if unknown:
        wrong = [
            Wrong(field=name, code="unknown-parameter", message=MESSAGE)
            for name in unknown
        ]
        raise Problem("not-valid", errors=wrong)
