"""In which words is a password refused that is too much like its owner's data?"""

from django.contrib.auth.password_validation import UserAttributeSimilarityValidator
from django.utils.translation import gettext as _


class UnlikeTheAccount(UserAttributeSimilarityValidator):
    """Django's check in a sentence of ours, which no gender and article can spoil."""

    def get_error_message(self):
        return _(
            "The password is too much like something in your account "
            "(%(verbose_name)s). Choose another one."
        )

    def get_help_text(self):
        return _("The password is not like your name or your e-mail.")
