"""How is a trainer named to who reads what they did?"""

from django.utils.translation import gettext as _

from lms.people.models import User


def trainer_name(trainer: User, *, viewer: User) -> str:
    """Return the name; of a shielded trainer only to themselves."""
    if trainer.shielded and trainer != viewer:
        return _("a trainer")
    return trainer.legal_name
