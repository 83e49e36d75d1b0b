"""How does the API say no? With a problem document (RFC 9457) and a stable word."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Field, Schema

MEDIA_TYPE = "application/problem+json"
PAGE = "/api/v1/docs"


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing that can be wrong: the status of its answer, and a sentence."""

    status: int
    title: str


KINDS = {
    "request-unreadable": Kind(400, gettext_noop("The request could not be read.")),
    "token-missing": Kind(
        401, gettext_noop("Show a token in the header Authorization: Bearer …")
    ),
    "token-not-valid": Kind(
        401,
        gettext_noop(
            "This token opens nothing: it is unknown, revoked or run out, or its "
            "mandate has ended."
        ),
    ),
    "too-many-people": Kind(
        403,
        gettext_noop(
            "With what was taken away today, the question names more people than one "
            "may take away alone. Narrow the filters, or ask for a file, to which a "
            "second person says yes."
        ),
    ),
    "refused": Kind(403, gettext_noop("This is not open to you.")),
    "not-found": Kind(404, gettext_noop("There is nothing at this address.")),
    "method-not-allowed": Kind(
        405, gettext_noop("This address does not take that method.")
    ),
    "too-large": Kind(413, gettext_noop("The request is too large.")),
    "not-valid": Kind(
        422, gettext_noop("The question has values that are not possible.")
    ),
    "too-many-requests": Kind(
        429, gettext_noop("Too many requests: wait as long as Retry-After says.")
    ),
    "server-error": Kind(500, gettext_noop("Something went wrong on our side.")),
    "unavailable": Kind(503, gettext_noop("The service is not there for a moment.")),
}
BY_STATUS = {
    400: "request-unreadable",
    403: "refused",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    503: "unavailable",
}


class Wrong(Schema):
    """One value that is not possible."""

    field: str = Field(description=gettext_noop("The name of the parameter or field."))
    code: str = Field(description=gettext_noop("A stable word for what is wrong."))
    message: str = Field(description=gettext_noop("The same in a sentence."))


class ProblemDocument(Schema):
    """Why there is no answer (RFC 9457)."""

    type: str = Field(description=gettext_noop("Where this problem is explained."))
    title: str = Field(description=gettext_noop("What is wrong, in a sentence."))
    status: int = Field(description=gettext_noop("The status of the answer."))
    code: str = Field(description=gettext_noop("A stable word for what is wrong."))
    errors: list[Wrong] = Field(
        description=gettext_noop("Each value that is not possible.")
    )


class Problem(Exception):
    """A request that is answered with one of `KINDS`."""

    def __init__(
        self,
        code: str,
        *,
        errors: Iterable[Wrong] = (),
        headers: Mapping[str, str] | None = None,
    ):
        super().__init__(code)
        self.code = code
        self.errors = list(errors)
        self.headers = dict(headers or {})


def wrong_value(field: str, code: str, message: str) -> Problem:
    """Return the problem of one value that is not possible."""
    return Problem("not-valid", errors=[Wrong(field=field, code=code, message=message)])


def answer(problem: Problem) -> HttpResponse:
    """Return the document of a problem."""
    kind = KINDS[problem.code]
    document = ProblemDocument(
        type=f"{PAGE}#{problem.code}",
        title=_(kind.title),
        status=kind.status,
        code=problem.code,
        errors=problem.errors,
    )
    return JsonResponse(
        document.dict(),
        status=kind.status,
        content_type=MEDIA_TYPE,
        headers=problem.headers,
    )


def problems(*statuses: int) -> dict[int, Any]:
    """Return what an operation declares of the answers that say no.

    Any may be to a request that Django refuses, or that comes from nowhere.
    """
    return dict.fromkeys(sorted({400, 403, *statuses}), ProblemDocument)
