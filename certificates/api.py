"""Does this certificate stand? For any program with the code; no token, no name."""

from datetime import date, timedelta
from typing import Literal

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop
from ninja import Field, Router, Schema

from certificates import limits, rules, wording
from certificates.actions import check_name
from certificates.lookup import of_code
from certificates.models import Certificate, Why
from certificates.models.awards import REVOKES
from certificates.views.sentences import LONGEST_NAME
from lms.api.asked import refuse_unknown
from lms.api.limits import count_public, too_often
from lms.api.problems import problems
from lms.refusals import Refused

router = Router(tags=[gettext_noop("Certificates")])
AN_HOUR = timedelta(hours=1)
REVOKED_FOR = tuple(why.value for why in (*REVOKES, Why.EARLIER))


class Texts(Schema):
    """A text in each language that the paper has it in."""

    es: str | None = None
    en: str | None = None


class CertificateFacts(Schema):
    """What the paper claims, without the name, and what it is worth today."""

    code: str = Field(description=gettext_noop("The code, as on paper."))
    standing: Literal["valid", "expired", "revoked", "suspended", "superseded"] = Field(
        description=gettext_noop("What it is worth today.")
    )
    as_of: date = Field(description=gettext_noop("The day on which it was asked."))
    course: Texts = Field(description=gettext_noop("The title of the course."))
    issuer: Texts = Field(description=gettext_noop("Who issued it."))
    edition: str = Field(description=gettext_noop("The edition of the course."))
    track: str = Field(description=gettext_noop("For which profession."))
    minutes_online: int = Field(description=gettext_noop("Minutes online."))
    minutes_in_person: int = Field(description=gettext_noop("Minutes in person."))
    law_as_of: date = Field(description=gettext_noop("The day of the law it teaches."))
    issued_on: date = Field(description=gettext_noop("The day of issue."))
    valid_until: date | None = Field(
        description=gettext_noop("The last day; none: it does not run out.")
    )
    revoked_on: date | None = Field(
        description=gettext_noop("The day on which it was revoked.")
    )
    revoked_for: Literal[*REVOKED_FOR] | None = Field(
        description=gettext_noop("The class of reason for which it was revoked.")
    )
    suspended_on: date | None = Field(
        description=gettext_noop("The day on which it was suspended, while it is.")
    )


class TypedName(Schema):
    """The name that stands on the paper."""

    name: str = Field(
        min_length=1,
        max_length=LONGEST_NAME,
        description=gettext_noop("The name that stands on the paper."),
    )


class NameAnswer(Schema):
    """Whether the name is the one on the paper."""

    matches: bool = Field(description=gettext_noop("Whether it is the same name."))


@router.get(
    "/{code}",
    auth=None,
    response={200: CertificateFacts, **problems(404, 422, 429)},
    summary=gettext_noop("Does a certificate stand?"),
    description=gettext_noop(
        "What the paper claims, without the name. No token is needed. Capitals, spaces "
        "and hyphens of the code do not matter."
    ),
    url_name="api_certificate",
    operation_id="certificate",
)
def certificate(request: HttpRequest, code: str):
    refuse_unknown(request)
    now = timezone.now()
    count_public(request, at=now)
    return _facts(_award(code), on=timezone.localdate(now))


@router.post(
    "/{code}/name",
    auth=None,
    response={200: NameAnswer, **problems(404, 422, 429)},
    summary=gettext_noop("Is this the name on the paper?"),
    description=gettext_noop(
        "Answers yes or no, a few times an hour for each certificate; its holder sees "
        "that it was asked. No token is needed."
    ),
    url_name="api_certificate_name",
    operation_id="certificateName",
)
def certificate_name(request: HttpRequest, code: str, typed: TypedName):
    refuse_unknown(request)
    now = timezone.now()
    if not limits.takes_a_check(request, at=now):
        raise too_often(at=now, per=limits.PER)
    try:
        matches = check_name(_award(code), typed=typed.name, at=now)
    except Refused:
        raise too_often(at=now, per=AN_HOUR) from None
    return NameAnswer(matches=matches)


def _award(typed: str) -> Certificate:
    """Return the certificate; what is no code and nobody's code are answered alike."""
    award = of_code(typed)
    if award is None:
        raise Http404
    return award


def _facts(award: Certificate, *, on: date) -> CertificateFacts:
    revoked = award.revoked_at
    suspended = award.suspended_at if award.is_suspended else None
    return CertificateFacts(
        code=rules.code_printed(award.code),
        standing=award.standing(on).value,
        as_of=on,
        course=Texts(**award.titles),
        issuer=Texts(**award.issuer),
        edition=award.edition_label,
        track=award.track,
        minutes_online=award.minutes,
        minutes_in_person=award.minutes_in_person,
        law_as_of=award.norms_on,
        issued_on=wording.issued_on(award),
        valid_until=award.valid_until,
        revoked_on=timezone.localdate(revoked) if revoked else None,
        revoked_for=award.revoked_for or None,
        suspended_on=timezone.localdate(suspended) if suspended else None,
    )
