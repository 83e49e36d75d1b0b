"""The API: where its parts are mounted, and how everything that goes wrong is said."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_noop
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from lms.api.bearer import Bearer
from lms.api.limits import count_failure
from lms.api.problems import (
    BY_STATUS,
    KINDS,
    MEDIA_TYPE,
    Problem,
    Wrong,
    answer,
)
from lms.api.sentences import sentence_of

DESCRIPTION = gettext_noop(
    "Read what a mandate shows, and check certificates. Nothing can be changed. Words "
    "of machines (states, roles, countries) are the same in every language; moments "
    "and days are written as ISO 8601 says. Sentences are in the language that lang "
    "asks for (es or en), or else in that of the account of the token."
)
OK = gettext_noop("What was asked for.")


class ReadingAPI(NinjaAPI):
    """Describes its problem documents as what they are."""

    def get_openapi_schema(self, **more: Any) -> dict[str, Any]:
        schema = super().get_openapi_schema(**more)
        titles = {str(kind.status): kind.title for kind in KINDS.values()}
        for operation in operations(schema):
            for parameter in operation.get("parameters", []):
                parameter["schema"] = _as_sent(parameter["schema"])
            for status, said in operation["responses"].items():
                _describe(said, titles.get(str(status)))
        return schema


def operations(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every operation of a description."""
    for ways in schema["paths"].values():
        yield from ways.values()


def _as_sent(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the kind of a parameter: an address cannot hold null."""
    kinds = [kind for kind in schema.pop("anyOf", []) if kind != {"type": "null"}]
    return {**schema, **kinds[0]} if kinds else schema


def _describe(said: dict[str, Any], title: str | None) -> None:
    """Say in words what an answer is, and which kind of document it holds."""
    said["description"] = title or OK
    if title:
        said["content"] = {MEDIA_TYPE: said["content"]["application/json"]}


api = ReadingAPI(
    title="Campus",
    version="1",
    description=DESCRIPTION,
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
    auth=Bearer(),
)
api.add_router("", "lms.api.me.router")
api.add_router("report", "certificates.reports.api.lines.router")
api.add_router("report", "certificates.reports.api.totals.router")
api.add_router("certificates", "certificates.api.router")


@api.exception_handler(Problem)
def on_problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    return answer(problem)


@api.exception_handler(AuthenticationError)
def on_stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Ask for a token, or say that the one that was shown opens nothing."""
    try:
        count_failure(request, at=timezone.now())
    except Problem as too_often:
        return answer(too_often)
    if request.headers.get("Authorization"):
        code, header = "token-not-valid", 'Bearer realm="Campus", error="invalid_token"'
    else:
        code, header = "token-missing", 'Bearer realm="Campus"'
    return answer(Problem(code, headers={"WWW-Authenticate": header}))


@api.exception_handler(ValidationError)
def on_wrong_values(request: HttpRequest, error: ValidationError) -> HttpResponse:
    wrong = [
        Wrong(field=str(one["loc"][-1]), code=one["type"], message=sentence_of(one))
        for one in error.errors
    ]
    return answer(Problem("not-valid", errors=wrong))


@api.exception_handler(Http404)
def on_nothing(request: HttpRequest, error: Http404) -> HttpResponse:
    return answer(Problem("not-found"))


@api.exception_handler(HttpError)
def on_unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer what ninja itself refuses: a body that is no JSON."""
    return answer(Problem(BY_STATUS.get(error.status_code, "request-unreadable")))
