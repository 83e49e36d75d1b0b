"""The stages of a sign-in that are ours."""

from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled

STEPS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class SecondStepStage(AuthenticateStage):
    """Is begun anew where the step it waited for was taken away: support does that.

    allauth's would send whoever waits from the step to the door, and back, for ever.
    """

    def is_resumable(self, request):
        waits = is_mfa_enabled(self.login.user, STEPS)
        return waits and super().is_resumable(request)
