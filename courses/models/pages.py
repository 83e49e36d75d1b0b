"""What editors write: catalogue, course, module, lesson and quiz pages.

Pages only answer GET. What a learner does on them posts to a view, and what a learner
earns points at `Activity`, which has the page's `translation_key` as its key.
"""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from courses import page_context
from courses.blocks import LessonBlocks, PointsBlock
from courses.drawings import Drawing
from courses.editing import PageCopyForm, PageForm
from courses.models.drawing import DrawnByLines
from courses.models.fields import TracksField
from courses.models.places import Placed
from courses.models.reviews import Reviewer
from courses.models.served import FramedPreview, WayDown
from courses.models.whole import Whole
from courses.models.worded import Worded
from courses.reading import minutes_to_read
from courses.searchable import folded_lesson
from courses.timing import LEAST_MINUTES, MOST_MINUTES

# First parts of our own addresses: a course with such a slug could not be reached.
RESERVED_SLUGS = {
    "account",
    "attempts",
    "certificates",
    "cases",
    "country-notes",
    "glossary",
    "help",
    "learn",
    "my-learning",
    "pause",
    "people",
    "privacy",
    "accessibility",
    "region",
    "reports",
    "search",
    "sources",
    "support",
    "team",
    "theme",
}


def synchronized(*names: str) -> list[SynchronizedField]:
    """Fields that every language takes from the source language."""
    return [SynchronizedField(name, overridable=False) for name in names]


class CataloguePage(Worded, FramedPreview, Page):
    """The home page of a language: what Campus is, and every course."""

    intro = models.TextField(_("introduction"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel(
            "intro", help_text=_("What Campus is, in the first lines of the catalogue.")
        ),
    ]
    subpage_types = ["courses.CoursePage"]
    base_form_class = PageForm
    template = "courses/catalogue_page.html"

    class Meta:
        verbose_name = _("catalogue")
        verbose_name_plural = _("catalogues")

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | page_context.catalogue(
            self, viewer=request.user, query=request.GET
        )


class CoursePage(Placed, Whole, WayDown, FramedPreview, Page):
    """A course as it is presented, and the rules of its next edition."""

    is_course = True
    code = models.CharField(_("code"), max_length=20)
    summary = models.TextField(_("summary"), max_length=400)
    audience = models.CharField(_("who it is for"), max_length=255)
    drawing = models.CharField(
        _("drawing"), max_length=20, choices=Drawing, blank=True, default=""
    )
    outcomes = StreamField(PointsBlock(), verbose_name=_("learning outcomes"))
    issuer = models.CharField(_("issued by"), max_length=160)
    authors = models.CharField(_("written by"), max_length=255, blank=True)
    norms_on = models.DateField(_("norms in force on"))
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark (percent)"),
        default=80,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts at the final test"), default=3, validators=[MinValueValidator(1)]
    )
    wait_days = models.PositiveSmallIntegerField(
        _("days until a new set of attempts"), default=7
    )
    validity_months = models.PositiveSmallIntegerField(
        _("certificate is valid for (months)"),
        default=24,
        validators=[MinValueValidator(1)],
    )
    draw = models.PositiveSmallIntegerField(
        _("questions in the final test"),
        default=0,
        help_text=_("0 asks every question of the modules that the track requires."),
    )
    final_minutes = models.PositiveSmallIntegerField(
        _("minutes for the final test"),
        null=True,
        blank=True,
        validators=[MinValueValidator(LEAST_MINUTES), MaxValueValidator(MOST_MINUTES)],
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("code"),
        FieldPanel("summary"),
        FieldPanel("audience"),
        FieldPanel("drawing"),
        FieldPanel("outcomes"),
        MultiFieldPanel(
            [
                FieldPanel("pass_mark"),
                FieldPanel("attempts_allowed"),
                FieldPanel("wait_days"),
                FieldPanel("draw"),
                FieldPanel("final_minutes"),
            ],
            heading=_("Assessment"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("issuer"),
                FieldPanel("authors"),
                FieldPanel("validity_months"),
                FieldPanel("norms_on"),
            ],
            heading=_("Certificate"),
        ),
    ]
    override_translatable_fields = synchronized(
        "code",
        "drawing",
        "norms_on",
        "pass_mark",
        "attempts_allowed",
        "wait_days",
        "validity_months",
        "draw",
        "final_minutes",
    )
    search_fields = [*Page.search_fields, index.SearchField("summary")]
    admin_default_ordering = "path"  # as learners read it
    parent_page_types = ["courses.CataloguePage"]
    subpage_types = ["courses.ModulePage", "courses.CasePage", "courses.QuizPage"]
    base_form_class = PageForm
    copy_form_class = PageCopyForm
    template = "courses/course_page.html"

    class Meta:
        verbose_name = _("course page")
        verbose_name_plural = _("course pages")

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | page_context.course(
            self, viewer=request.user, query=request.GET
        )

    def clean(self):
        """Refuse a slug that one of our own addresses already begins with."""
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError(
                {"slug": _("This address is taken by a screen of the platform.")}
            )


class ModulePage(Placed, WayDown, FramedPreview, Page):
    """A part of a course, and the tracks that must do it."""

    summary = models.TextField(_("summary"), max_length=400)
    required_for = TracksField(_("required for"))
    recommended_for = TracksField(_("recommended for"))

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldPanel("required_for"), FieldPanel("recommended_for")],
            heading=_("Tracks"),
        ),
    ]
    override_translatable_fields = synchronized("required_for", "recommended_for")
    admin_default_ordering = "path"  # as learners read it
    parent_page_types = ["courses.CoursePage"]
    subpage_types = ["courses.LessonPage", "courses.QuizPage"]
    base_form_class = PageForm
    copy_form_class = PageCopyForm
    template = "courses/module_page.html"

    class Meta:
        verbose_name = _("module page")
        verbose_name_plural = _("module pages")

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | page_context.module(
            self, viewer=request.user
        )


class LessonPage(Placed, Whole, FramedPreview, Page):
    """One thing to learn, in fifteen minutes at most."""

    summary = models.CharField(_("summary"), max_length=255)
    content_note = models.TextField(
        _("content note"),
        blank=True,
        help_text=_("What in this lesson may distress, said before it begins."),
    )
    review_by = models.CharField(
        _("to be reviewed by"),
        max_length=30,
        choices=Reviewer,
        default=Reviewer.ANTI_TRAFFICKING,
    )
    objectives = StreamField(PointsBlock(), verbose_name=_("objectives"))
    body = StreamField(LessonBlocks(), verbose_name=_("text"))
    minutes = models.PositiveSmallIntegerField(default=1, editable=False)

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("content_note"),
        FieldPanel("objectives"),
        FieldPanel("body"),
        FieldPanel("review_by"),
    ]
    override_translatable_fields = [
        TranslatableField("summary"),
        *synchronized("review_by"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        index.AutocompleteField("folded"),
    ]
    parent_page_types = ["courses.ModulePage"]
    subpage_types = []
    base_form_class = PageForm
    copy_form_class = PageCopyForm
    template = "courses/lesson_page.html"

    class Meta:
        verbose_name = _("lesson page")
        verbose_name_plural = _("lesson pages")

    @property
    def key(self) -> UUID:
        """The key of its activity, under which the lesson view knows it too."""
        return self.translation_key

    @property
    def reviewer(self) -> str:
        """Who has to review the text."""
        return self.get_review_by_display()

    def get_context(self, request, *args, **kwargs):
        """Show a draft, or a lesson that not everybody may read."""
        return super().get_context(request, *args, **kwargs) | page_context.lesson(
            self, viewer=request.user, on=timezone.localdate()
        )

    def folded(self) -> str:
        """Return what readers find the lesson by."""
        return folded_lesson(self)

    def save(self, *args, **kwargs):
        """Keep the reading time in step with the text."""
        self.minutes = minutes_to_read(self.body)
        super().save(*args, **kwargs)


class QuizPage(Placed, DrawnByLines, FramedPreview, Page):
    """Where a quiz stands in a course; its questions are kept apart."""

    class Purpose(models.TextChoices):
        PRETEST = "pretest", _("Pre-test")
        PRACTICE = "practice", _("Practice check")
        FINAL = "final", _("Final test")

    summary = models.TextField(_("summary"), max_length=400)
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose)

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("purpose"),
        FieldPanel("draws"),
    ]
    override_translatable_fields = synchronized("purpose", "draws")
    parent_page_types = ["courses.CoursePage", "courses.ModulePage"]
    subpage_types = []
    base_form_class = PageForm
    copy_form_class = PageCopyForm
    template = "courses/quiz_page.html"

    class Meta:
        verbose_name = _("quiz page")
        verbose_name_plural = _("quiz pages")

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | page_context.quiz(
            self, viewer=request.user, at=timezone.now()
        )
