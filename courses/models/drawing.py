"""A quiz page that says, line by line, which questions it draws."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.fields import StreamField
from wagtail.models import Page

from courses.checks.findings import Finding
from courses.lines.blocks import DrawBlocks
from courses.lines.facts import items_in, lines_of
from courses.lines.rules import Line, found_by
from courses.models.whole import Whole
from courses.quizzes import questions_below

PRETEST = "pretest"


class DrawnByLines(Whole, models.Model):
    """Refused when published while a line draws more than there is for it."""

    draws = StreamField(
        DrawBlocks(), verbose_name=gettext_lazy("draw"), null=True, blank=True
    )

    class Meta:
        abstract = True

    @property
    def lines(self) -> list[Line]:
        """What is drawn; empty: the course says how many, of all there are."""
        return lines_of(self.draws)

    def clean(self):
        super().clean()
        if self.is_draft is False and (found := list(self._short())):
            raise ValidationError({"draws": [one.sentence for one in found]})

    def findings(self) -> list[Finding]:
        return super().findings() or list(self._short())

    def _short(self) -> Iterator[Finding]:
        """Yield which lines cannot be drawn."""
        lines, parent = self.lines, self._stands_below
        if not lines or parent is None:
            return
        if self.purpose == PRETEST:
            yield Finding(
                _(
                    "A pre-test asks the questions that are also asked before the "
                    "course. Take its lines away."
                ),
                "draws",
            )
            return
        items = items_in(questions_below(parent, self.purpose))
        for number, (line, found) in enumerate(
            zip(lines, found_by(lines, items), strict=True), start=1
        ):
            if found < line.count:
                yield Finding(_short_line(number, line.count, found), "draws")

    @cached_property
    def _stands_below(self) -> Page | None:
        parent = self.get_parent() if self.path else self.meant_for
        return parent and parent.specific


def _short_line(number: int, asked: int, found: int) -> str:
    return _(
        "Line %(number)d draws %(asked)d, and there are %(found)d for it. Draw fewer, "
        "or let the questions have less in common."
    ) % {"number": number, "asked": asked, "found": found}
