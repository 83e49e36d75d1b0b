"""What does this token see, and until when?"""

from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Field, Router, Schema

from lms.api.asked import refuse_unknown
from lms.api.problems import problems
from lms.people.models import Institution

router = Router(tags=[gettext_noop("The token")])


class Names(Schema):
    """A name in each language."""

    es: str
    en: str


class InstitutionFacts(Schema):
    """An institution: its stable code, and its names."""

    code: str
    name: Names


class MandateFacts(Schema):
    """The mandate by which the token sees."""

    role: str = Field(description=gettext_noop("The role."))
    country: str = Field(description=gettext_noop("ISO 3166-1 code of the country."))
    institution: InstitutionFacts | None = Field(
        description=gettext_noop("None: all institutions of the country.")
    )
    until: date = Field(description=gettext_noop("The last day of the mandate."))


class Me(Schema):
    """What a token is and what it sees."""

    name: str = Field(description=gettext_noop("What its maker called it."))
    prefix: str = Field(description=gettext_noop("Its first characters."))
    scope: list[str] = Field(description=gettext_noop("What it may do."))
    until: date = Field(description=gettext_noop("The last day of the token."))
    mandate: MandateFacts
    requests_per_minute: int = Field(description=gettext_noop("How often it may ask."))


@router.get(
    "/me",
    response={200: Me, **problems(401, 422, 429)},
    summary=gettext_noop("What this token sees"),
    description=gettext_noop("The mandate it belongs to, and until when it is good."),
    url_name="api_me",
    operation_id="me",
)
def me(request: HttpRequest):
    refuse_unknown(request)
    token = request.auth.token
    mandate = token.mandate
    return Me(
        name=token.name,
        prefix=token.prefix,
        scope=[token.scope],
        until=token.until_on,
        mandate=MandateFacts(
            role=mandate.role,
            country=mandate.country,
            institution=institution_facts(mandate.institution),
            until=mandate.until_on,
        ),
        requests_per_minute=settings.API_REQUESTS_PER_MINUTE,
    )


def institution_facts(institution: Institution | None) -> InstitutionFacts | None:
    if institution is None:
        return None
    names = Names(es=institution.name_es, en=institution.name_en)
    return InstitutionFacts(code=institution.code, name=names)
