"""What does a program ask of the report? The same as a person, in words of machines."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Field, Schema

from certificates.reports.api import kinds
from certificates.reports.filters import Asked
from certificates.reports.forms import GONE, ReportForm
from courses.models import Edition
from lms.api.asked import refuse_unknown
from lms.api.problems import Problem, Wrong, wrong_value
from lms.belonging.people import institutions_of
from lms.people.models import User

SLUG = "^[0-9A-Za-z_-]+$"
CODE = r"^[^\u0000-\u001f]+$"  # PostgreSQL takes no U+0000


class Filters(Schema):
    """Of whom, of what, of when: what is left out does not narrow."""

    country: kinds.ACountry | None = Field(
        None, description=gettext_noop("ISO 3166-1 code of the country.")
    )
    institution: str | None = Field(
        None,
        max_length=60,
        pattern=SLUG,
        description=gettext_noop(
            "Code of an institution; those below it are taken along."
        ),
    )
    track: kinds.ATrack | None = Field(None, description=gettext_noop("Profession."))
    cohort: UUID | None = Field(None, description=gettext_noop("Key of a cohort."))
    course: str | None = Field(
        None,
        max_length=20,
        pattern=CODE,
        description=gettext_noop("Code of a course."),
    )
    edition: str | None = Field(
        None,
        max_length=24,
        pattern=f"{CODE[:-1]} v[0-9]{{1,6}}$",
        description=gettext_noop('Edition of that course, such as "2026-1 v1".'),
    )
    state: kinds.AState | None = Field(
        None, description=gettext_noop("How far a person is today.")
    )
    standing: kinds.AStanding | None = Field(
        None, description=gettext_noop("What the certificate is worth.")
    )
    valid_on: kinds.Day | None = Field(
        None,
        description=gettext_noop("The day on which certificates are looked at: today."),
    )
    dated: kinds.ADated = Field(
        "enrolled", description=gettext_noop("Which day falls into the period.")
    )
    from_on: kinds.Day | None = Field(
        None, description=gettext_noop("First day of the period.")
    )
    until_on: kinds.Day | None = Field(
        None, description=gettext_noop("Last day of the period.")
    )
    lang: kinds.ALanguage = Field(
        "es", description=gettext_noop("Language of names and titles.")
    )


HOW = ("lang", "limit", "cursor", "fields", "changed_since")  # these are no filters


def asked_of(
    request: HttpRequest, question: Filters, *, at: datetime
) -> tuple[Asked, dict[str, Any]]:
    """Return what is asked, and its filters as the program wrote them.

    The form of the screen decides what there is to choose within the token's sight.
    """
    refuse_unknown(request, type(question).model_fields)
    said = question.dict(exclude_unset=True, exclude_none=True)
    filters = {name: value for name, value in said.items() if name not in HOW}
    viewer = request.auth.viewer
    form = ReportForm(_typed(filters, viewer, at=at), viewer=viewer, at=at)
    if not form.is_valid():
        raise _wrong(form)
    return form.asked(), filters


def _typed(filters: dict[str, Any], viewer: User, *, at: datetime) -> dict[str, Any]:
    """Return the filters as the form takes them: keys instead of codes."""
    typed = dict(filters)
    if code := filters.get("institution"):
        seen = institutions_of(viewer, on=timezone.localdate(at)).filter(code=code)
        typed["institution"] = _key_of(seen, "institution")
    if label := filters.get("edition"):
        typed["edition"] = _edition(label, filters.get("course"))
    return typed


def _edition(label: str, course: str | None) -> int:
    if not course:
        message = _("An edition is one of a course: name that as well.")
        raise wrong_value("course", "required", message)
    run, _sign, version = label.rpartition(" v")
    editions = Edition.objects.filter(course__code=course, run=run, version=version)
    return _key_of(editions, "edition")


def _key_of(rows: Any, field: str) -> int:
    key = rows.values_list("pk", flat=True).first()
    if key is None:
        raise wrong_value(field, "invalid_choice", str(GONE[field]))
    return key


def _wrong(form: ReportForm) -> Problem:
    wrong = [
        Wrong(field=field, code=error.code or "invalid", message=" ".join(error))
        for field, errors in form.errors.as_data().items()
        for error in errors
    ]
    return Problem("not-valid", errors=wrong)
