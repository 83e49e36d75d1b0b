"""Who asks? A program with a token in its header: no cookie, no query, no session."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import activate
from ninja.security import HttpBearer

from lms.api.limits import count_request
from lms.people.languages import language_of
from lms.people.models import User
from lms.tokens.actions import note_use
from lms.tokens.known import token_of
from lms.tokens.models import Token


@dataclass(frozen=True, slots=True)
class Caller:
    """The token that was shown, and whose eyes it lends the program."""

    token: Token
    viewer: User


class Bearer(HttpBearer):
    """Lets in whoever shows a token whose mandate stands today."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        now = timezone.now()
        today = timezone.localdate(now)
        found = token_of(token, on=today)
        if found is None:
            return None
        count_request(found, at=now)
        note_use(found, on=today)
        viewer = found.viewer()
        activate(language_of(request, account=viewer.language))
        return Caller(found, viewer)
