"""What editors write of a branching case, and what keeps it from being published."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import TranslatableField

from courses import page_context
from courses.cases.blocks import CaseBlocks
from courses.cases.document import document_of
from courses.cases.editing import CaseForm
from courses.cases.faults import faults
from courses.cases.rules import Part, reached_by, steps_of
from courses.cases.words import sentence_of
from courses.checks.findings import Finding
from courses.editing import PageCopyForm
from courses.models.fields import TracksField
from courses.models.pages import synchronized
from courses.models.places import Placed
from courses.models.reviews import Reviewer
from courses.models.served import FramedPreview
from courses.models.whole import Whole
from courses.reading import minutes_of_case


class CasePage(Placed, Whole, FramedPreview, Page):
    """A branching case: steps in which a role decides, and what follows."""

    summary = models.TextField(_("summary"), max_length=400)
    content_note = models.TextField(
        _("content note"),
        blank=True,
        help_text=_("What in this case may distress, said before it begins."),
    )
    required_for = TracksField(_("required for"))
    other_role = models.CharField(
        _("role of who works in another institution"),
        max_length=60,
        help_text=_("For example: labour inspector."),
    )
    review_by = models.CharField(
        _("to be reviewed by"),
        max_length=30,
        choices=Reviewer,
        default=Reviewer.ANTI_TRAFFICKING,
    )
    body = StreamField(CaseBlocks(), verbose_name=_("steps and debrief"))
    minutes = models.PositiveSmallIntegerField(default=1, editable=False)

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("content_note"),
        MultiFieldPanel(
            [FieldPanel("required_for"), FieldPanel("other_role")], heading=_("Roles")
        ),
        FieldPanel("body"),
        FieldPanel("review_by"),
    ]
    override_translatable_fields = [
        TranslatableField("summary"),
        *synchronized("required_for", "review_by"),
    ]
    base_form_class = CaseForm
    copy_form_class = PageCopyForm
    parent_page_types = ["courses.CoursePage"]
    subpage_types = []
    template = "courses/cases/case_page.html"

    class Meta:
        verbose_name = _("case page")
        verbose_name_plural = _("case pages")

    @property
    def reviewer(self) -> str:
        """Who has to review the text."""
        return self.get_review_by_display()

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context |= page_context.case(self, viewer=request.user)
        if viewer := getattr(request, "seen_as", None):
            context |= page_context.case_told(
                self, self._document(), viewer=viewer, on=timezone.localdate()
            )
        return context

    def faults(self) -> list[str]:
        """Return where the case cannot be walked, in sentences."""
        return [sentence_of(fault) for fault in faults(self._document())]

    def findings(self) -> list[Finding]:
        """Return what is not finished, and where the case cannot be walked."""
        steps = {
            block.value["number"]: block.id
            for block in self.body
            if block.block_type == "step"
        }
        return [
            *super().findings(),
            *(
                Finding(sentence_of(fault), "body", steps.get(fault.step, ""))
                for fault in faults(self._document())
            ),
        ]

    def minutes_for(self, track: str) -> int:
        """Return the whole minutes that the case takes somebody of this track."""
        steps = steps_of(self._document())
        return minutes_of_case(
            self.body, steps=reached_by(steps, next(iter(steps)), track)
        )

    def _document(self) -> Part:
        return document_of({self.locale.language_code: self})

    def save(self, *args, **kwargs):
        """Keep the minutes in step with the text."""
        self.minutes = minutes_of_case(self.body)
        return super().save(*args, **kwargs)
