"""Which pages are in the bin: deleted by an editor, and for some days not for good.

A page in the bin keeps its place in the tree, so that it comes back to where it was
with all that stands below it; what was live in it is taken down meanwhile.
"""

from django.db import models
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Binned(models.Model):
    """A page in the bin; who put it there, Wagtail's log says."""

    page = models.OneToOneField(Page, models.CASCADE, related_name="binned")
    at = models.DateTimeField(db_index=True)
    # Which of it was live, and with which text: key of the page → its revision.
    revisions = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("page in the bin")
        verbose_name_plural = _("pages in the bin")

    def __str__(self):
        return str(self.page)


def out_of_the_bin(pages: QuerySet) -> QuerySet:
    """Keep the pages that are not in the bin, nor below one that is.

    By their keys: what is searched can be narrowed by no other condition on rows.
    """
    return pages.exclude(pk__in=in_the_bin(Page.objects.all()).values("pk"))


def in_the_bin(pages: QuerySet) -> QuerySet:
    return pages.filter(_in_the_bin())


def binned_above(page: Page) -> Binned | None:
    """Return what puts a page into the bin: itself, or what it stands in."""
    steps = range(page.steplen, len(page.path) + 1, page.steplen)
    above = [page.path[:step] for step in steps]
    rows = Binned.objects.filter(page__path__in=above).select_related("page")
    return rows.order_by("page__path").first()


def _in_the_bin() -> Exists:
    asked = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    rows = Binned.objects.annotate(asked=asked)
    return Exists(rows.filter(asked__startswith=F("page__path")))
