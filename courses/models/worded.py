"""Does a page say what it should in other words? A draft may; what is published not.

Asked by `clean`, and so by every form, every way of publishing and the loader.
"""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from courses.words.found import refusals
from courses.words.texts import passages_of


class Worded:
    """A page that is published only in the homologated terms."""

    is_draft: bool | None = None  # None: no form says whether it is saved as a draft

    def clean(self):
        super().clean()
        publishing = self.live if self.is_draft is None else not self.is_draft
        if publishing and (found := refusals(self)) and not self._stands_so():
            # Named after a field although about none: wagtail-localize asks for names.
            raise ValidationError({NON_FIELD_ERRORS: found})

    def _stands_so(self) -> bool:
        """Whether readers have these very texts: the list of words grew afterwards.

        Locking such a page or putting it elsewhere publishes nothing; a form does.
        """
        if self.is_draft is not None:
            return False
        before = type(self).objects.filter(pk=self.pk, live=True).first()
        return before is not None and passages_of(before) == passages_of(self)
