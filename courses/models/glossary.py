"""Which words the courses use, what each means, and what is said in its place."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.editions import in_language


class GlossaryTerm(models.Model):
    """A word of the courses in every language; `key` is where pages link to it."""

    key = models.SlugField(
        _("key"),
        max_length=60,
        unique=True,
        help_text=_("The end of its address; links lead there, so it stays."),
    )
    names = models.JSONField(_("term"))
    words = models.JSONField(_("words in lessons"))
    definitions = models.JSONField(_("definition"))
    sources = models.JSONField(_("source"))
    avoid = models.JSONField(_("instead of"))
    whys = models.JSONField(_("because"))

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary")
        ordering = ("key",)

    def __str__(self):
        return self.name("es")

    def name(self, language: str) -> str:
        return in_language(self.names, language)
