"""Which wordings texts should avoid, what is said in their place, and why."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.glossary import GlossaryTerm
from courses.words.patterns import LONGEST, fault_of
from lms.people.choices import Language

FAULTS = {
    "too-long": _("A pattern has 200 characters at most. Make two of it."),
    "unreadable": _("This is no regular expression."),
    "empty": _("This pattern is found in every text, also where nothing is said."),
    "endless": _(
        "This pattern could take for ever: only \\s may be followed by * or +; say how "
        "often the rest may be repeated, as in {0,5}, and do not refer back."
    ),
    "too-slow": _(
        "This pattern can be tried in too many ways. Make it shorter, or two of it."
    ),
}


def check_pattern(pattern: str) -> None:
    """Raise `ValidationError` if a pattern cannot be asked of any text quickly."""
    if fault := fault_of(pattern):
        raise ValidationError(FAULTS[fault], code=fault)


class Wording(models.Model):
    """A wording to avoid in one language; `key` is what files know it by."""

    class Severity(models.TextChoices):
        ERROR = "error", _("Error: nothing is published with it")
        ADVICE = "advice", _("Advice: whoever writes is told")

    key = models.SlugField(
        _("key"),
        max_length=60,
        unique=True,
        help_text=_("A short name that it keeps, whatever becomes of its pattern."),
    )
    language = models.CharField(_("language"), max_length=2, choices=Language)
    # What the pattern was made of; empty where somebody wrote the pattern itself.
    plain = models.TextField(
        _("words to avoid"),
        max_length=LONGEST,
        blank=True,
        default="",
        db_default="",
        help_text=_(
            "One wording on a line, in plain words: prostituta infantil. An asterisk "
            "stands for any ending: menor* is menor, menores, menorcito."
        ),
    )
    pattern = models.CharField(
        _("pattern"),
        max_length=LONGEST,
        validators=[check_pattern],
        help_text=_(
            "A regular expression. Large and small letters are the same to it, and "
            "every space of a text is a single one."
        ),
    )
    term = models.ForeignKey(
        GlossaryTerm,
        models.PROTECT,
        related_name="wordings",
        verbose_name=_("use instead"),
    )
    reasons = models.JSONField(_("because"))
    exceptions = models.JSONField(_("exception"), default=dict)
    severity = models.CharField(
        _("severity"), max_length=6, choices=Severity, default=Severity.ERROR
    )
    discussed = models.BooleanField(
        _("term under discussion"),
        default=False,
        help_text=_("Lessons speak about this term; they may write it in italics."),
    )

    class Meta:
        verbose_name = _("wording to avoid")
        verbose_name_plural = _("wordings to avoid")
        ordering = ("language", "key")
        constraints = [
            models.UniqueConstraint(
                fields=["language", "pattern"],
                name="a_pattern_stands_once_in_a_language",
            ),
            models.CheckConstraint(
                condition=Q(severity__in=["error", "advice"]),
                name="wordings_are_errors_or_advice",
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values),
                name="wordings_are_of_a_language_of_campus",
            ),
        ]

    def __str__(self):
        return self.key

    @property
    def said(self) -> str:
        """What is to be avoided, as whoever keeps the list wrote it."""
        return ", ".join(self.plain.splitlines()) if self.plain else self.pattern
