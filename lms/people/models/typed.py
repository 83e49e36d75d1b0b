"""What somebody typed into a form that came after the end of their session."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TypedForm(models.Model):
    """One form of one account at one browser, sealed, for half an hour.

    Whose it is, by which browser it came and which page it belongs to are keyed hashes
    (`lms.people.typed`): no row says it to who reads the table.
    """

    owner = models.CharField(max_length=64, db_index=True)
    browser = models.CharField(max_length=64, db_index=True)
    place = models.CharField(max_length=64, unique=True)
    sealed = models.TextField()
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("form that was typed")
        verbose_name_plural = _("forms that were typed")

    def __str__(self):
        return f"{self.ends_at:%H:%M}"
