"""What was released about the region, week by week: figures, the hidden left out."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ReleaseQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-as_of")

    def before(self, release):
        return self.filter(as_of__lt=release.as_of)


class Release(models.Model):
    """The figures of one week, for the secretariat and for everybody; never changed.

    Both are maps from table, country and column to the measures of that place, in the
    order of `certificates.figures.rules`: where the band of each begins, which is as
    wide as the threshold, and beside the tables, under "wide", those that are wider;
    null where a figure is hidden. Neither what was hidden nor what lies within a band
    is kept anywhere. `names` says what courses and institutions were called.
    """

    week = models.CharField(_("week"), max_length=8, unique=True)
    as_of = models.DateTimeField(_("as of"))
    made_at = models.DateTimeField()
    threshold = models.PositiveSmallIntegerField()
    public_threshold = models.PositiveSmallIntegerField()
    names = models.JSONField()
    figures = models.JSONField()
    public_figures = models.JSONField()

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release of figures")
        verbose_name_plural = _("releases of figures")
        constraints = [
            models.CheckConstraint(
                condition=Q(made_at__gte=F("as_of")),
                name="releases_are_made_after_the_day_they_tell_of",
            ),
            models.CheckConstraint(
                condition=Q(public_threshold__gte=F("threshold")),
                name="everybody_is_shown_no_more_than_the_secretariat",
            ),
        ]

    def __str__(self):
        return self.week
